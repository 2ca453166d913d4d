import assert from "node:assert/strict";
import { DECLARED_SOURCE, PROVIDER_SOURCE } from "../../provider/src/dynamic/providerSource";

/** Runs the source as the engine's process does, whose modules look for others in `near`, and its main module in `far`. */
function run(load: (path: string) => unknown, source = PROVIDER_SOURCE) {
  const exported: { handler?: () => unknown } = {};
  const module = { paths: ["near"] };
  const require_ = Object.assign(load, { main: { paths: ["far"] } });
  new Function("exports", "require", "module", source)(exported, require_, module);
  return { handler: exported.handler, paths: module.paths };
}

describe("the __provider string", () => {
  it("is the same for ever, since it stands in every user's state, in a short form among the inputs", () => {
    assert.equal(
      DECLARED_SOURCE,
      "module.paths.push(...require.main.paths,...module.paths.map(d=>d+'/.pnpm/node_modules'));exports.handler=()=>require('pulumi-connect-evaluations/provider')",
    );
    assert.equal(
      PROVIDER_SOURCE,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source.
      "let p='pulumi-connect-evaluations';module.paths.push(...require.main.paths,...module.paths.map(d=>d+'/.pnpm/node_modules'));exports.handler=()=>{try{return require(p+'/provider')}catch(e){e.stack='';e.message=`Install ${p} in ${process.cwd()} and keep it while the stack has evaluations:${/ .*/.exec(e)}`;throw e}}",
    );
  });

  for (const [where, source] of Object.entries({ inputs: DECLARED_SOURCE, outputs: PROVIDER_SOURCE })) {
    it(`among the ${where} loads the installed package's provider`, () => {
      const { handler } = run((path) => require(path), source);
      assert.equal(handler?.(), require("pulumi-connect-evaluations/provider"));
    });

    it(`among the ${where} looks last where package managers keep what is only a dependency of a dependency`, () => {
      assert.deepEqual(run(require, source).paths, ["near", "far", "near/.pnpm/node_modules"]);
    });
  }

  it("says in one sentence what to install where, how long to keep it, and why it cannot be loaded", () => {
    const told = { syntax: new SyntaxError("Unexpected token '??='"), absent: missing("pulumi-connect-nothing") };
    for (const [error, why] of [
      [told.syntax, "Unexpected token '??='"],
      [told.absent, "Cannot find module 'pulumi-connect-nothing'"],
    ] as const) {
      const { handler } = run(() => {
        throw error;
      });
      assert.throws(() => handler?.(), {
        message: `Install pulumi-connect-evaluations in ${process.cwd()} and keep it while the stack has evaluations: ${why}`,
        stack: "",
      });
    }
  });
});

/** Node.js's error for a module that is not there, whose message has a line for each module on the way to it. */
function missing(name: string): unknown {
  try {
    return require(name);
  } catch (error) {
    return error;
  }
}
