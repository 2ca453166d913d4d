import * as path from "node:path";
import { ReleaseError, run } from "./command";

/** What `npm pack` made. */
export interface PackedPackage {
  /** The path of the tarball. */
  readonly tarball: string;
  /** Its size in bytes. */
  readonly size: number;
  /** The files in it, as paths in the package. */
  readonly files: readonly string[];
}

/** Builds and packs the provider of the repository at `root` into a folder. */
export function pack(root: string, target: string): PackedPackage {
  const told = run(root, "npm", "pack", "--workspace", "provider", "--json", "--pack-destination", target);
  const [packed] = JSON.parse(told) as { filename: string; size: number; files: { path: string }[] }[];
  if (packed === undefined) throw new ReleaseError(`npm packed nothing: ${told}`);
  const { filename, size, files } = packed;
  return { tarball: path.join(target, filename), size, files: files.map((file) => file.path) };
}
