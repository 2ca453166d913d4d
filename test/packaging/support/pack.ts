import * as path from "node:path";
import { repositoryRoot } from "../../support/environment";
import { run } from "./commands";

export const providerFolder = path.join(repositoryRoot, "provider");

/** What `npm pack` made. */
export interface PackedPackage {
  /** The path of the tarball. */
  readonly tarball: string;
  /** The files in it, as paths in the package. */
  readonly files: readonly string[];
}

/** Packs the provider as it is built, into a folder outside it. */
export async function packProvider(target: string): Promise<PackedPackage> {
  // Other tests run on this build at the same time, so nothing may build it anew.
  const flags = ["--ignore-scripts", "--json", "--pack-destination", target];
  const { stdout } = await run("npm", ["pack", ...flags], providerFolder);
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (packed === undefined) {
    throw new Error(`npm pack packed nothing: ${stdout}`);
  }
  return { tarball: path.join(target, packed.filename), files: packed.files.map((file) => file.path) };
}
