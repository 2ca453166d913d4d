import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { repositoryRoot } from "../support/environment";
import { processesWith } from "./support/traces";
import { watched } from "./support/watched";

const RUN = [process.execPath, "scripts/traceless.mjs", "--import", "tsx", "test/run.ts"] as const;
const NPM = ["npm", "test", "--silent", "--"] as const;

describe("a run of the tests that is ended", function () {
  this.timeout(180_000);

  let temporary: string;
  beforeEach(async () => {
    temporary = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-run-"));
  });
  afterEach(() => fs.rm(temporary, { recursive: true, force: true }));

  const run = ([command, ...args]: typeof RUN | typeof NPM, file: string) =>
    watched(
      spawn(command, [...args, "--no-parallel", file], {
        cwd: repositoryRoot,
        env: { ...process.env, TMPDIR: temporary },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );

  /** Ends, while the engine is at work, the process that was started and no other. Nothing of the run may stay. */
  async function end(started: typeof RUN | typeof NPM, signal: NodeJS.Signals): Promise<number | null> {
    const { child, ended, shows } = run(started, "test/setups/fixtures/waiting.ts");
    await shows("waiting");
    assert.notDeepEqual(await processesWith(temporary), []);
    child.kill(signal);
    const { code, output } = await ended;
    assert.doesNotMatch(output, /passing|failing/, "It went on to its end.");
    assert.deepEqual(await processesWith(temporary), []);
    return code;
  }

  /** What is there beside the cache of the TypeScript loader. */
  const folders = async () => (await fs.readdir(temporary)).filter((name) => !name.startsWith("tsx-"));

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`by ${signal} leaves no process and no folder`, async () => {
      assert.equal(await end(RUN, signal), 128 + os.constants.signals[signal]);
      assert.deepEqual(await folders(), []);
    });
  }

  it("by SIGKILL leaves no process and no folder", async () => {
    await end(RUN, "SIGKILL");
    assert.deepEqual(await folders(), []);
  });

  for (const signal of ["SIGTERM", "SIGHUP", "SIGKILL"] as const) {
    it(`with ${signal} to its npm alone leaves no process and no folder`, async () => {
      await end(NPM, signal);
      assert.deepEqual(await folders(), []);
    });
  }
});
