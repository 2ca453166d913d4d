import * as fs from "node:fs";
import * as path from "node:path";
import { PROGRAM } from "../plugin/bundle";
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

/** What is missing in a package, and what does not belong there. */
export function misfits(root: string, { workspace, files }: PackedPackage): string[] {
  const expected = [...DOCUMENTS, ...(workspace === "plugin" ? BUNDLED : builtFrom(path.join(root, workspace, "src")))];
  return [
    ...expected.filter((file) => !files.includes(file)).map((file) => `${file} is missing.`),
    ...files.filter((file) => !expected.includes(file)).map((file) => `${file} does not belong in the package.`),
  ];
}

/** What the bundled plugin is. */
const BUNDLED = [PROGRAM, `${PROGRAM}.cmd`, "schema.json", "THIRD-PARTY.txt"];

/** The sources of the plugin are in its bundle, which is another package. */
function builtFrom(folder: string): string[] {
  const sources = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return sources
    .map((file) => file.replaceAll(path.sep, "/"))
    .filter((file) => !file.startsWith("plugin/"))
    .flatMap(filesOf);
}

/** The files of a package that a source is behind, itself included. */
function filesOf(source: string): string[] {
  const { dir, name, ext } = path.posix.parse(source);
  const built = Object.entries(BUILT).find(([kind]) => kind === ext)?.[1] ?? [];
  return built.length === 0 ? [] : [`src/${source}`, ...built.map((kind) => path.posix.join("dist", dir, name + kind))];
}

const PUBLINT = ["publint", "--strict"];
const ATTW = ["attw", "--no-emoji"];

/** Tools that look at a package as those do who install it. The plugin has nothing to import. */
const TOOLS: Record<Workspace, string[][]> = {
  // Only the engine loads `provider`, by Node.js's own rules, so that the oldest ones of TypeScript do not matter.
  provider: [PUBLINT, [...ATTW, "--exclude-entrypoints", "provider", "--"]],
  emulator: [PUBLINT, [...ATTW, "--"]],
  plugin: [PUBLINT],
};

function complaints(root: string, { workspace, tarball }: PackedPackage): string[] {
  return TOOLS[workspace].flatMap(([tool = "", ...flags]) => {
    try {
      run(root, path.join(root, "node_modules/.bin", tool), ...flags, tarball);
      return [];
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error;
      return [error.message];
    }
  });
}
