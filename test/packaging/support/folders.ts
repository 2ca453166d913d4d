import * as fs from "node:fs/promises";
import * as path from "node:path";

/** The files of a folder, each a text, or JSON for anything else. */
export type Files = Readonly<Record<string, string | object>>;

/** Writes files into a folder, which is made where it is missing. */
export async function writeFolder(folder: string, files: Files): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}
