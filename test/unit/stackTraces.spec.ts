import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";

/** Runs the program in a process of its own: mocks, and what formats stack traces, are set for a whole process. */
async function construct(env: Record<string, string> = {}) {
  const program = path.join(__dirname, "fixtures/countedStackTraces.ts");
  const options = { env: { ...process.env, ...env } };
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program], options);
  return JSON.parse(stdout) as { traces: number; limit: number; limitBefore: number; thrown: string };
}

describe("the stack traces that the construction of a resource takes", () => {
  let usual: Awaited<ReturnType<typeof construct>>;
  before(async () => {
    usual = await construct();
  });

  it("are one or two, however many properties it has, not four for each", () => {
    const { traces, limit, limitBefore } = usual;
    assert.ok(traces >= 1 && traces <= 2, `${traces} traces`);
    assert.equal(limit, limitBefore);
  });

  it("still say where the resource is declared that cannot be constructed", () => {
    assert.match(usual.thrown, /Missing resource name.*\n\s+at .*countedStackTraces\.ts/);
  });

  it("are all there for those who debug leaked promises", async () => {
    assert.ok((await construct({ PULUMI_DEBUG_PROMISE_LEAKS: "true" })).traces > 50);
  });
});
