import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import manifest from "../../provider/package.json";
import { cellsOf } from "../../scripts/compatibility/cells";
import { withTables } from "../../scripts/compatibility/page";
import { readResults } from "../../scripts/compatibility/results";
import { TABLES } from "../../scripts/compatibility/tables";
import { MINIMUM_SDK, USUAL } from "../../scripts/compatibility/versions";
import { repositoryRoot } from "../support/environment";

const REMEDY = "Run `npm run compatibility -- --missing`.";

describe("the page about compatibility", () => {
  const page = fs.readFileSync(path.join(repositoryRoot, "docs/compatibility.md"), "utf8");
  const tables = fs.readFileSync(path.join(repositoryRoot, "docs/compatibility-matrix.md"), "utf8");
  const results = readResults();
  const cells = TABLES.flatMap(cellsOf);

  it("has a result for everything that is tried, and nothing else", () => {
    assert.deepEqual(
      Object.keys(results),
      cells.map(({ id }) => id),
      REMEDY,
    );
  });

  it("tells of a failure where one is known, and nowhere else", () => {
    for (const { id, known } of cells) {
      const says = results[id]?.says;
      assert.equal(says === undefined, known === undefined, `${id}: ${says ?? "works"}`);
      assert.ok(known === undefined || says?.includes(known), `${id}: ${says}`);
    }
  });

  it("has the tables of the results", () => {
    assert.equal(tables, withTables(tables, results), "Run `npm run compatibility -- --report`.");
  });

  it("names the versions that the package asks for, and those that everything is tried with", async () => {
    const { MINIMUM_VERSION } = await import("../../scripts/engine/versions.mjs");
    for (const named of [
      `- Node.js ${manifest.engines.node.replace(">=", "")} or later`,
      `- \`@pulumi/pulumi\` ${MINIMUM_SDK} or later`,
      `- the Pulumi command line ${MINIMUM_VERSION} or later`,
    ]) {
      assert.ok(page.includes(named), named);
    }
    assert.ok(tables.includes(`the versions are Node.js ${USUAL.node} and \`@pulumi/pulumi\` ${USUAL.sdk}`));
  });
});
