import * as path from "node:path";
import { repositoryRoot } from "../../support/environment";
import { cloneRepository } from "./clone";
import { run } from "./commands";

export const providerFolder = path.join(repositoryRoot, "provider");

/** What `npm pack` made. */
export interface PackedPackage {
  /** The path of the tarball. */
  readonly tarball: string;
  /** The files in it, as paths in the package. */
  readonly files: readonly string[];
}

/** Packs the provider in a fresh clone, since other tests run on this repository's build at the same time. */
export async function packProvider(target: string): Promise<PackedPackage> {
  const clone = await cloneRepository(path.join(target, "clone"));
  const flags = ["--workspace", "provider", "--json", "--pack-destination", target];
  const { stdout } = await run("npm", ["pack", ...flags], clone);
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) {
    throw new Error(`npm pack packed nothing: ${stdout}`);
  }
  return { tarball: path.join(target, packed.filename), files: packed.files.map((file) => file.path) };
}
