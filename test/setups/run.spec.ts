import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { repositoryRoot } from "../support/environment";
import { processesWith } from "./support/traces";

describe("a run of the tests that is ended", function () {
  this.timeout(180_000);

  let temporary: string;
  beforeEach(async () => {
    temporary = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-run-"));
  });
  afterEach(() => fs.rm(temporary, { recursive: true, force: true }));

  const run = (...args: string[]) =>
    spawn(process.execPath, ["--import", "tsx", "test/run.ts", "--no-parallel", ...args], {
      cwd: repositoryRoot,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ["ignore", "pipe", "inherit"],
    });

  /** Ends a run while the engine is at work. */
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const child = run("test/setups/fixtures/waiting.spec.ts");
    await says(child, /waiting/);
    assert.notDeepEqual(await processesWith(temporary), []);
    child.kill(signal);
    const [code] = await once(child, "exit");
    return code;
  }

  /** What is there beside the cache of the TypeScript loader. */
  const folders = async () => (await fs.readdir(temporary)).filter((name) => !name.startsWith("tsx-"));

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`by ${signal} leaves no process and no folder`, async () => {
      assert.equal(await end(signal), 128 + os.constants.signals[signal]);
      assert.deepEqual(await processesWith(temporary), []);
      assert.deepEqual(await folders(), []);
    });
  }

  it("without notice leaves what ends by itself, and a folder that the next run removes", async () => {
    await end("SIGKILL");
    assert.equal((await folders()).length, 1);
    const [code] = await once(run("test/unit/tags.spec.ts"), "exit");
    assert.equal(code, 0);
    assert.deepEqual(await folders(), []);
  });
});

function says(child: ChildProcess, words: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (text: string) => words.test(String(text)) && resolve());
    child.on("exit", (code) => reject(new Error(`It ended with ${code} and did not say ${words}.`)));
  });
}
