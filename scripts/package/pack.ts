import * as path from "node:path";
import { ReleaseError, run } from "./command";

/** The folders of the packages that this repository publishes, always together and in one version. */
export const PUBLISHED = ["provider", "emulator", "plugin"] as const;

/** The folder of a package. */
export type Workspace = (typeof PUBLISHED)[number];

/** What `npm pack` made. */
export interface PackedPackage {
  readonly workspace: Workspace;
  /** The path of the tarball. */
  readonly tarball: string;
  /** Its size in bytes. */
  readonly size: number;
  /** The files in it, as paths in the package. */
  readonly files: readonly string[];
}

/**
 * Builds and packs a package of the repository at `root` into a folder.
 * @param flags for `npm pack`, such as `--ignore-scripts`, which leaves the build out.
 */
export function pack(root: string, workspace: Workspace, target: string, flags: readonly string[] = []): PackedPackage {
  const told = run(root, "npm", "pack", "--workspace", workspace, "--json", "--pack-destination", target, ...flags);
  const [packed] = JSON.parse(told) as { filename: string; size: number; files: { path: string }[] }[];
  if (packed === undefined) throw new ReleaseError(`npm packed nothing: ${told}`);
  const { filename, size, files } = packed;
  return { workspace, tarball: path.join(target, filename), size, files: files.map((file) => file.path) };
}
