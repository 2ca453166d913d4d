import * as fs from "node:fs/promises";
import * as path from "node:path";
import { run } from "../../test/packaging/support/commands";
import { writeFolder } from "../../test/packaging/support/folders";
import { repositoryRoot } from "../../test/support/environment";

/** Programs that are tried, each in a folder of its own: neither this repository nor the user gets them. */

/** Warm from run to run, and nobody else's. */
export const CACHE = path.join(repositoryRoot, "node_modules/.cache/compatibility");

/** An npm package with a program in it. */
export interface Tool {
  readonly package: string;
  readonly version: string;
  /** The program's path in the package. */
  readonly file: string;
}

const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

const fetched = new Map<string, Promise<string>>();

/** Answers with the path of a program, which is fetched with npm where it is missing. */
export function fetchTool({ package: name, version, file }: Tool): Promise<string> {
  const folder = path.join(CACHE, "tools", `${name.replace("/", "+")}@${version}`);
  const installed = fetched.get(folder) ?? fetch(folder, name, version);
  fetched.set(folder, installed);
  return installed.then(() => path.join(folder, "node_modules", name, file));
}

/** Answers with the folder of a Node.js, which has no other program in it. */
export async function fetchNode(version: string): Promise<string> {
  return path.dirname(await fetchTool({ package: NODE_PACKAGE, version, file: "bin/node" }));
}

async function fetch(folder: string, name: string, version: string): Promise<string> {
  const manifest = path.join(folder, "node_modules", name, "package.json");
  if (!(await fs.stat(manifest).catch(() => undefined))) {
    await writeFolder(folder, { "package.json": { private: true, dependencies: { [name]: version } } });
    await run("npm", ["install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], folder);
  }
  return folder;
}
