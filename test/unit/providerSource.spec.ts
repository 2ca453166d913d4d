import assert from "node:assert/strict";
import { PROVIDER_SOURCE } from "../../provider/src/providerSource";

describe("the __provider string", () => {
  it("is the same for ever, since it stands in every user's state", () => {
    assert.equal(
      PROVIDER_SOURCE,
      'const p="pulumi-connect-evaluations/provider";exports.handler=()=>{try{return require(p)}catch(e){if(e.code!=="MODULE_NOT_FOUND")throw e;return require.main.require(p)}};',
    );
    assert.ok(Buffer.byteLength(PROVIDER_SOURCE) <= 250);
  });

  it("loads the installed package's provider", () => {
    const exported: { handler?: () => unknown } = {};
    new Function("exports", "require", PROVIDER_SOURCE)(exported, require);
    assert.equal(exported.handler?.(), require("pulumi-connect-evaluations/provider"));
  });

  it("asks from the main module where the package is only a dependency of a dependency", () => {
    const asked: string[] = [];
    const notFound = Object.assign(new Error("not found"), { code: "MODULE_NOT_FOUND" });
    const require_ = Object.assign(
      () => {
        throw notFound;
      },
      { main: { require: (path: string) => asked.push(path) } },
    );
    const exported: { handler?: () => unknown } = {};
    new Function("exports", "require", PROVIDER_SOURCE)(exported, require_);
    exported.handler?.();
    assert.deepEqual(asked, ["pulumi-connect-evaluations/provider"]);
  });

  it("hides no other failure to load", () => {
    const broken = new Error("a syntax error");
    const require_ = () => {
      throw broken;
    };
    const exported: { handler?: () => unknown } = {};
    new Function("exports", "require", PROVIDER_SOURCE)(exported, require_);
    assert.throws(() => exported.handler?.(), broken);
  });
});
