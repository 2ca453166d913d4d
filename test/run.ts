import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs the tests; scripts/traceless.mjs runs it, so that nothing is left of them however they end.
 *
 *     node scripts/traceless.mjs --import tsx test/run.ts [--checks] [--all] [--own-processes] [what mocha takes]
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

async function main(): Promise<void> {
  const options = parse(process.argv.slice(2));
  const codes = await Promise.all([test(options), options.checks ? check() : 0]);
  process.exitCode = Math.max(...codes);
}

function test(options: Options): Promise<number> {
  const mocha = spawn(process.execPath, [MOCHA, ...options.rest, ...specs(options)], {
    // The notice about coming Node.js versions is for those who run the SDK, not its tests.
    env: {
      ...process.env,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...(options.ownProcesses && { TEST_OWN_PROCESSES: "true" }),
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return ended(mocha);
}

/** What they say is of use only if they fail. Then the tests end, too, since all that this process started ends with it. */
async function check(): Promise<number> {
  const checks = spawn(CHECKS, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [checks.stdout, checks.stderr]) stream.on("data", (text: Buffer) => (said += text));
  const code = await ended(checks);
  if (code !== 0) {
    process.stderr.write(said);
    process.exit(code);
  }
  return code;
}

/** The exit code of a process that has said all it has to say. */
async function ended(child: ChildProcess): Promise<number> {
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
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

void main();
