import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/**
 * Runs the tests in a session and a folder of their own, so that nothing is left of them however they end.
 *
 *     node --import tsx test/run.ts [--all] [--own-processes] [what mocha takes]
 *
 * `--all` adds the tests that install something. `--own-processes` has the engine start a provider process for each
 * operation, as it does for users, where one that runs already would serve (support/providerHost.ts).
 */

/** Those that take longest come first, so that none runs alone in the end. */
const USUAL = ["packaging", "engine", "emulator", "simulation", "unit"];
const INSTALLING = ["setups"];

const MOCHA = require.resolve("mocha/bin/mocha.js");
const PRELOADED = path.join(__dirname, "support/endWithParent.cjs");

const FOLDER = "connect-evaluations-tests-";

async function main(): Promise<void> {
  const { whileInterruptible } = await import("../scripts/engine/interruption.mjs");
  removeFoldersOfTheDead();
  process.exitCode = await whileInterruptible(run);
}

async function run(signal: AbortSignal): Promise<number> {
  const { endSession } = await import("../scripts/engine/session.mjs");
  const { all, ownProcesses, rest } = parse(process.argv.slice(2));
  const folder = path.join(os.tmpdir(), `${FOLDER}${process.pid}`);
  fs.mkdirSync(folder);
  // What tsx compiled before is worth keeping.
  const compiled = `tsx-${process.getuid?.() ?? os.userInfo().username}`;
  fs.mkdirSync(path.join(os.tmpdir(), compiled), { recursive: true });
  fs.symlinkSync(path.join(os.tmpdir(), compiled), path.join(folder, compiled), "dir");
  const mocha = spawn(process.execPath, ["--require", PRELOADED, MOCHA, ...rest, ...specs(all, rest)], {
    detached: true,
    // The notice about coming Node.js versions is for those who run the SDK, not its tests.
    env: {
      ...process.env,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      TMPDIR: folder,
      ...(ownProcesses && { TEST_OWN_PROCESSES: "true" }),
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  signal.addEventListener("abort", () => mocha.kill("SIGKILL"));
  try {
    const [code] = await once(mocha, "exit");
    signal.throwIfAborted();
    return code ?? 1;
  } finally {
    if (mocha.pid !== undefined) await endSession(mocha.pid);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function parse(args: readonly string[]) {
  const rest = args.filter((arg) => arg !== "--all" && arg !== "--own-processes");
  return { all: args.includes("--all"), ownProcesses: args.includes("--own-processes"), rest };
}

function specs(all: boolean, rest: readonly string[]): string[] {
  if (rest.some((arg) => arg.endsWith(".spec.ts"))) return [];
  return [...(all ? INSTALLING : []), ...USUAL].map((kind) => `test/${kind}/**/*.spec.ts`);
}

/** A run that was killed without notice left its folder behind. */
function removeFoldersOfTheDead(): void {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = name.startsWith(FOLDER) ? Number(name.slice(FOLDER.length)) : undefined;
    if (pid === undefined || isAlive(pid)) continue;
    fs.rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

void main();
