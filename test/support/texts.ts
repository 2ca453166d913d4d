import * as fs from "node:fs/promises";
import * as path from "node:path";

/** All that the files under a folder say, for tests that look for a secret in it. */
export async function textsUnder(folder: string): Promise<string> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => fs.readFile(file, "utf8")))).join("\n");
}
