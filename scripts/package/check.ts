import * as fs from "node:fs";
import * as path from "node:path";
import { ReleaseError, run } from "./command";
import type { PackedPackage } from "./pack";

/** Answers with what is wrong with a package that was packed from the repository at `root`, each in a text. */
export const problemsOf = (root: string, packed: PackedPackage): string[] => [
  ...misfits(path.join(root, "provider/src"), packed),
  ...complaints(root, packed),
];

const DOCUMENTS = ["package.json", "README.md", "LICENSE"];

/** What the compiler makes of a source file. */
const BUILT = [".js", ".js.map", ".d.ts", ".d.ts.map"];

function misfits(sourceFolder: string, { files }: PackedPackage): string[] {
  const listed = fs.readdirSync(sourceFolder, { recursive: true, encoding: "utf8" });
  const sources = listed.filter((file) => file.endsWith(".ts")).map((file) => file.replaceAll(path.sep, "/"));
  const built = sources.flatMap((file) => BUILT.map((kind) => `dist/${file.slice(0, -".ts".length)}${kind}`));
  const expected = [...DOCUMENTS, ...sources.map((file) => `src/${file}`), ...built];
  return [
    ...expected.filter((file) => !files.includes(file)).map((file) => `${file} is missing.`),
    ...files.filter((file) => !expected.includes(file)).map((file) => `${file} does not belong in the package.`),
  ];
}

/** Tools that look at a package as those do who install it. */
const TOOLS = [
  ["publint", "--strict"],
  // Only the engine loads `provider`, by Node.js's own rules, so that the oldest ones of TypeScript do not matter.
  ["attw", "--no-emoji", "--exclude-entrypoints", "provider", "--"],
] as const;

function complaints(root: string, { tarball }: PackedPackage): string[] {
  return TOOLS.flatMap(([tool, ...flags]) => {
    try {
      run(root, path.join(root, "node_modules/.bin", tool), ...flags, tarball);
      return [];
    } catch (error) {
      if (!(error instanceof ReleaseError)) throw error;
      return [error.message];
    }
  });
}
