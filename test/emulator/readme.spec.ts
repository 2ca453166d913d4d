import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { switches } from "../../emulator/src";
import { defaultBehaviour } from "../../emulator/src/behaviour";
import { model } from "../../emulator/src/connect/model";
import { controls } from "../../emulator/src/control/controls";
import { operationNames } from "../../emulator/src/requests";
import { model as stsModel } from "../../emulator/src/sts/model";

const readme = readFileSync(join(__dirname, "../../emulator/README.md"), "utf8");

/** The names in code in the column of a table whose first head is that word. */
function column(head: string, index: number): string[] {
  const [, table = ""] = readme.split(new RegExp(`^\\| ${head} .*\\n\\|[- |]+\\n`, "m"));
  const [rows = ""] = table.split("\n\n");
  const cells = rows.split("\n").map((row) => row.split("|")[index + 1] ?? "");
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
}

describe("the emulator's README", () => {
  it("names every operation, which are those of the models", () => {
    assert.deepEqual(column("service", 1).sort(), [...operationNames].sort());
    const modelled = [model, stsModel].flatMap(({ operations }) => Object.keys(operations));
    assert.deepEqual([...operationNames], modelled);
  });

  it("names every switch and its positions, in their order", () => {
    assert.deepEqual(column("switch", 0), Object.keys(switches));
    assert.deepEqual(
      column("switch", 2),
      Object.values(switches).flatMap(({ positions }): readonly string[] => positions),
    );
  });

  it("names everything else that can be set", () => {
    const others = Object.keys(defaultBehaviour()).filter((name) => !Object.hasOwn(switches, name));
    assert.deepEqual(column("member of `behaviour`", 0).sort(), others.sort());
  });

  it("names every error of a start with its status", () => {
    const told = column("error of `StartContactEvaluation`", 0);
    assert.deepEqual(told.sort(), [...model.operations.StartContactEvaluation.errors].sort());
    for (const name of told) assert.ok(readme.includes(`| \`${name}\` (${model.errors[name]})`), name);
  });

  it("names everything that can be done over HTTP", () => {
    const told = column("request", 0);
    assert.deepEqual(
      told,
      controls.map(({ method, path }) => `${method} /_emulator${path}`),
    );
  });
});
