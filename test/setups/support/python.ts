import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { PACKAGING_CACHE } from "../../packaging/support/commands";
import { type CommandResult, finished, start } from "../../support/command";

/** The folder of an environment's commands, or why there is none. */
export type Python = { readonly bin: string } | { readonly missing: string };

/**
 * An environment with what a requirements file names, kept for later runs. What this machine lacks for it is a reason
 * to do without.
 */
export async function pythonWith(requirements: string): Promise<Python> {
  const version = await tried("python3", ["--version"]);
  if (typeof version === "string") return { missing: version };
  const wanted = version.stdout + (await fs.readFile(requirements, "utf8"));
  const key = createHash("sha256").update(wanted).digest("hex").slice(0, 16);
  const folder = path.join(PACKAGING_CACHE, `python-${key}`);
  const bin = path.join(folder, "bin");
  const done = path.join(folder, "complete");
  if (await exists(done)) return { bin };
  for (const [command, args] of [
    ["python3", ["-m", "venv", "--clear", folder]],
    [path.join(bin, "python"), ["-m", "pip", "install", "--quiet", "--requirement", requirements]],
  ] as const) {
    const result = await tried(command, args);
    if (typeof result === "string") return { missing: result };
  }
  await fs.writeFile(done, "");
  return { bin };
}

/** What a command did, or why it could not. */
async function tried(command: string, args: readonly string[]): Promise<CommandResult | string> {
  const what = `${path.basename(command)} ${args.join(" ")}`;
  const result = await finished(start(command, args, path.dirname(__dirname), {})).catch((error: Error) => error);
  if (result instanceof Error) return `${what}: ${result.message}`;
  return result.code === 0 ? result : `${what}: ${(result.stderr || result.stdout).trim()}`;
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
