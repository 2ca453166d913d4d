import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/**
 * Runs the tests in a session and a folder of their own, so that nothing is left of them however they end.
 *
 *     node --import tsx test/run.ts [--checks] [--all] [--own-processes] [what mocha takes]
 *
 * `--checks` runs lint and types beside the tests, which end if those fail. `--all` adds the tests that install something.
 * `--own-processes` has the engine start a provider process for each operation, as it does for users, where one that runs
 * already would serve (support/providerHost.ts).
 */

/** Those that take longest come first, so that none runs alone in the end. */
const USUAL = ["packaging", "engine", "emulator", "simulation", "unit"];
const INSTALLING = ["setups"];

const CHECKS = "npm run --silent lint && npm run --silent types";
const MOCHA = require.resolve("mocha/bin/mocha.js");
const PRELOADED = path.join(__dirname, "support/endWithParent.cjs");

const FOLDER = "connect-evaluations-tests-";

async function main(): Promise<void> {
  const { whileInterruptible } = await import("../scripts/engine/interruption.mjs");
  removeFoldersOfTheDead();
  process.exitCode = await whileInterruptible(run);
}

async function run(interrupted: AbortSignal): Promise<number> {
  const options = parse(process.argv.slice(2));
  const failed = new AbortController();
  const signal = AbortSignal.any([interrupted, failed.signal]);
  const checked = options.checks ? check(signal) : Promise.resolve(0);
  void checked.then((code) => code !== 0 && failed.abort());
  const codes = await Promise.all([test(options, signal), checked]);
  interrupted.throwIfAborted();
  return Math.max(...codes);
}

async function test(options: Options, signal: AbortSignal): Promise<number> {
  const folder = path.join(os.tmpdir(), `${FOLDER}${process.pid}`);
  fs.mkdirSync(folder);
  // What tsx compiled before is worth keeping.
  const compiled = `tsx-${process.getuid?.() ?? os.userInfo().username}`;
  fs.mkdirSync(path.join(os.tmpdir(), compiled), { recursive: true });
  fs.symlinkSync(path.join(os.tmpdir(), compiled), path.join(folder, compiled), "dir");
  const mocha = spawn(process.execPath, ["--require", PRELOADED, MOCHA, ...options.rest, ...specs(options)], {
    detached: true,
    // The notice about coming Node.js versions is for those who run the SDK, not its tests.
    env: {
      ...process.env,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      TMPDIR: folder,
      ...(options.ownProcesses && { TEST_OWN_PROCESSES: "true" }),
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  try {
    return await ended(mocha, signal);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What they say is of use only if they fail. */
async function check(signal: AbortSignal): Promise<number> {
  const checks = spawn(CHECKS, { shell: true, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [checks.stdout, checks.stderr]) stream.on("data", (text: Buffer) => (said += text));
  const closed = once(checks, "close");
  const code = await ended(checks, signal);
  await closed;
  if (code !== 0 && !signal.aborted) process.stderr.write(said);
  return code;
}

/** The exit code of a process that leads a session. Nothing is left of the session then. */
async function ended(leader: ChildProcess, signal: AbortSignal): Promise<number> {
  const { endSession } = await import("../scripts/engine/session.mjs");
  const kill = () => leader.kill("SIGKILL");
  signal.addEventListener("abort", kill);
  if (signal.aborted) kill();
  try {
    const [code] = (await once(leader, "exit")) as [number | null];
    return code ?? 1;
  } finally {
    signal.removeEventListener("abort", kill);
    if (leader.pid !== undefined) await endSession(leader.pid);
  }
}

interface Options {
  readonly checks: boolean;
  readonly all: boolean;
  readonly ownProcesses: boolean;
  readonly rest: readonly string[];
}

function parse(args: readonly string[]): Options {
  const own = ["--checks", "--all", "--own-processes"];
  const rest = args.filter((arg) => !own.includes(arg));
  const [checks = false, all = false, ownProcesses = false] = own.map((arg) => args.includes(arg));
  return { checks, all, ownProcesses, rest };
}

function specs({ all, rest }: Options): string[] {
  if (rest.some((arg) => arg.endsWith(".ts"))) return [];
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
