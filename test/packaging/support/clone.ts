import * as fs from "node:fs/promises";
import * as path from "node:path";
import { repositoryRoot } from "../../support/environment";
import { run } from "./commands";

/** Copies this repository as a fresh clone has it, without a build, and with what is not committed yet. */
export async function cloneRepository(target: string): Promise<string> {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], repositoryRoot);
  const files = listed.stdout.split("\0").filter((file) => file !== "");
  // What git lists and is not there was deleted since the last commit.
  await Promise.all(files.map((file) => copy(path.join(repositoryRoot, file), path.join(target, file))));
  await fs.symlink(path.join(repositoryRoot, "node_modules"), path.join(target, "node_modules"), "dir");
  return target;
}

async function copy(from: string, to: string): Promise<void> {
  await fs.mkdir(path.dirname(to), { recursive: true });
  await fs.copyFile(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}
