import assert from "node:assert/strict";
import { PROVIDER_SOURCE } from "../../provider/src/dynamic/providerSource";

/** Runs the source as the engine's process does, whose modules look for others in `near`, and its main module in `far`. */
function run(load: (path: string) => unknown) {
  const exported: { handler?: () => unknown } = {};
  const module = { paths: ["near"] };
  const require_ = Object.assign(load, { main: { paths: ["far"] } });
  new Function("exports", "require", "module", PROVIDER_SOURCE)(exported, require_, module);
  return { handler: exported.handler, paths: module.paths };
}

describe("the __provider string", () => {
  it("is the same for ever, since it stands in every user's state", () => {
    assert.equal(
      PROVIDER_SOURCE,
      "module.paths.push(...require.main.paths);exports.handler=()=>require('pulumi-connect-evaluations/provider')",
    );
  });

  it("loads the installed package's provider", () => {
    const { handler } = run((path) => require(path));
    assert.equal(handler?.(), require("pulumi-connect-evaluations/provider"));
  });

  it("looks last from the main module, where the package is only a dependency of a dependency", () => {
    assert.deepEqual(run(require).paths, ["near", "far"]);
  });

  it("hides no failure to load", () => {
    const { handler } = run(() => {
      throw new Error("a syntax error");
    });
    assert.throws(() => handler?.(), /a syntax error/);
  });
});
