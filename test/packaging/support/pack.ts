import * as fs from "node:fs/promises";
import * as path from "node:path";
import { type PackedPackage, pack, type Workspace } from "../../../scripts/package/pack";
import { repositoryRoot } from "../../support/environment";
import { cloneRepository } from "./clone";
import { run } from "./commands";

/** A package, and the clone that it was packed in. */
export type PackedInClone = PackedPackage & { readonly clone: string };

/** Builds and packs a package in a fresh clone, since other tests run on this repository's build at the same time. */
export async function packInClone(workspace: Workspace, target: string): Promise<PackedInClone> {
  const clone = await cloneRepository(path.join(target, "clone"));
  return { clone, ...pack(clone, workspace, target) };
}

/** Packs this repository's build, on which the other tests run, too: a build takes ten seconds. */
export async function packBuilt(workspace: Workspace, target: string): Promise<PackedInClone> {
  const clone = await cloneRepository(path.join(target, "clone"));
  const dist = path.join(workspace, "dist");
  await fs.cp(path.join(repositoryRoot, dist), path.join(clone, dist), { recursive: true });
  await run("npm", ["run", "--silent", "documents", "--workspace", workspace], clone);
  return { clone, ...pack(clone, workspace, target, ["--ignore-scripts"]) };
}
