import { spawnSync } from "node:child_process";

/** What stops a release, in words for the person who makes it. */
export class ReleaseError extends Error {}

/** Runs a command to its end, which has to be a success, and answers with what it printed. */
export function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status === 0) return stdout;
  throw new ReleaseError(`\`${[command, ...args].join(" ")}\` failed.\n${error?.message ?? stdout + stderr}`);
}
