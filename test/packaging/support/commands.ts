import * as path from "node:path";
import { type CommandResult, expectExit, finished, start } from "../../support/command";
import { type Environment, repositoryRoot } from "../../support/environment";

/** Runs a command to its end, which has to be a success. */
export async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Environment = {},
): Promise<CommandResult> {
  return expectExit(await finished(start(command, args, cwd, env)), `${command} ${args.join(" ")}`);
}

/**
 * Installs what the folder's package.json asks for with npm, as a user does, from the user's own cache where it is warm.
 * There is no lock file: everything but the versions under test is what a user gets today.
 */
export async function npmInstall(folder: string, more: readonly string[] = []): Promise<CommandResult> {
  const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"];
  return run("npm", ["install", ...flags, ...more], folder);
}

const PNPM = path.join(repositoryRoot, "node_modules/pnpm/bin/pnpm.cjs");

/**
 * Places of other package managers in this repository's node_modules: warm from run to run like the user's own, and
 * neither the user's home nor the root of another file system gets a store that nobody asked for.
 */
export const PACKAGING_CACHE = path.join(repositoryRoot, "node_modules/.cache/packaging-tests");

/** Installs what the folder's package.json asks for with pnpm in its strict layout. */
export async function pnpmInstall(folder: string, more: readonly string[] = []): Promise<void> {
  const places = [
    `--store-dir=${path.join(PACKAGING_CACHE, "store")}`,
    `--config.cache-dir=${path.join(PACKAGING_CACHE, "cache")}`,
    `--config.state-dir=${path.join(PACKAGING_CACHE, "state")}`,
  ];
  const flags = ["--prefer-offline", "--ignore-scripts", "--no-lockfile", "--config.node-linker=isolated"];
  // In CI, pnpm leaves its global store alone, and wants a lock file.
  await run(process.execPath, [PNPM, "install", ...flags, ...places, ...more], folder, { CI: "false" });
}

/** Runs a script in a Node.js process of its own and returns the JSON that it prints. */
export async function evaluate(folder: string, script: string, type: "commonjs" | "module"): Promise<unknown> {
  const { stdout } = await run(process.execPath, [`--input-type=${type}`, "--eval", script], folder);
  return JSON.parse(stdout);
}
