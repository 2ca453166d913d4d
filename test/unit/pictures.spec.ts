import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { repositoryRoot } from "../support/environment";

const FOLDER = path.join(repositoryRoot, "docs/pictures");

/** The width of a page on the forge. */
const WIDEST_PX = 900;
const PX_PER_PT = 4 / 3;

describe("the pictures of the documentation", () => {
  const committed = readdirSync(FOLDER).filter((file) => file.endsWith(".svg"));
  const read = (file: string) => readFileSync(path.join(FOLDER, file), "utf8");

  it("are what their texts give: `npm run pictures`", async () => {
    const { pictures } = await import("../../scripts/pictures.mjs");
    const drawn = await pictures();
    assert.deepEqual(committed.map((file) => path.join(FOLDER, file)).sort(), [...drawn.keys()].sort());
    for (const [file, svg] of drawn)
      assert.equal(readFileSync(file, "utf8"), svg, `npm run pictures draws another ${file}`);
  });

  it("have every step of the demo", () => {
    const steps = readFileSync(path.join(FOLDER, "demo.txt"), "utf8").match(/^\d+\. .+$/gm) ?? [];
    assert.ok(steps.length > 5);
    for (const step of steps) assert.ok(read("demo.svg").includes(`>${step}</text>`), step);
  });

  it("fit a page, and are legible on a dark one", () => {
    assert.ok(committed.length > 0);
    for (const file of committed) {
      const [, width, unit] = /<svg width="(\d+)(pt)?"/.exec(read(file)) ?? [];
      const pixels = Number(width) * (unit === "pt" ? PX_PER_PT : 1);
      assert.ok(pixels <= WIDEST_PX, `${file} is ${pixels} pixels wide`);
      const ground = unit === "pt" ? '<polygon fill="white" stroke="none"' : `<rect width="${width}"`;
      assert.ok(read(file).includes(ground), `${file} has no ground of its own`);
    }
  });
});
