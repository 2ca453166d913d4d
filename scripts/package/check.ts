import * as fs from "node:fs";
import * as path from "node:path";
import { ReleaseError, run } from "./command";
import type { PackedPackage, Workspace } from "./pack";

/** Answers with what is wrong with a package that was packed from the repository at `root`, each in a text. */
export const problemsOf = (root: string, packed: PackedPackage): string[] => [
  ...misfits(root, packed),
  ...complaints(root, packed),
];

const DOCUMENTS = ["package.json", "README.md", "LICENSE"];

/** What the compiler makes of a source file. */
const BUILT = { ".ts": [".js", ".js.map", ".d.ts", ".d.ts.map"], ".json": [".json"] };

function misfits(root: string, { workspace, files }: PackedPackage): string[] {
  const folder = path.join(root, workspace, "src");
  const sources = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  const expected = [...DOCUMENTS, ...sources.map((file) => file.replaceAll(path.sep, "/")).flatMap(filesOf)];
  return [
    ...expected.filter((file) => !files.includes(file)).map((file) => `${file} is missing.`),
    ...files.filter((file) => !expected.includes(file)).map((file) => `${file} does not belong in the package.`),
  ];
}

/** The files of a package that a source is behind, itself included. */
function filesOf(source: string): string[] {
  const { dir, name, ext } = path.posix.parse(source);
  const built = Object.entries(BUILT).find(([kind]) => kind === ext)?.[1] ?? [];
  return built.length === 0 ? [] : [`src/${source}`, ...built.map((kind) => path.posix.join("dist", dir, name + kind))];
}

// Only the engine loads `provider`, by Node.js's own rules, so that the oldest ones of TypeScript do not matter.
const ATTW_FLAGS: Record<Workspace, string[]> = { provider: ["--exclude-entrypoints", "provider"], emulator: [] };

/** Tools that look at a package as those do who install it. */
function complaints(root: string, { workspace, tarball }: PackedPackage): string[] {
  const tools = [
    ["publint", "--strict"],
    ["attw", "--no-emoji", ...ATTW_FLAGS[workspace], "--"],
  ];
  return tools.flatMap(([tool = "", ...flags]) => {
    try {
      run(root, path.join(root, "node_modules/.bin", tool), ...flags, tarball);
      return [];
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error;
      return [error.message];
    }
  });
}
