import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";

/** Writes a page of Markdown; sections that are undefined are left out. */
export async function writePage(file: string, sections: readonly (string | undefined)[]): Promise<void> {
  await writeFile(file, `${sections.filter((section) => section !== undefined).join("\n\n")}\n`);
  // In the form in which the linter wants it.
  const root = path.join(__dirname, "..");
  const biome = require.resolve("@biomejs/biome/bin/biome");
  await promisify(execFile)(process.execPath, [biome, "format", "--write", "--vcs-enabled=false", file], { cwd: root });
}

/** A table from its head and its rows. */
export function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
