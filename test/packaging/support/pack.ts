import * as path from "node:path";
import { type PackedPackage, pack, type Workspace } from "../../../scripts/package/pack";
import { cloneRepository } from "./clone";

/** Packs a package in a fresh clone, since other tests run on this repository's build at the same time. */
export async function packInClone(workspace: Workspace, target: string): Promise<PackedPackage & { clone: string }> {
  const clone = await cloneRepository(path.join(target, "clone"));
  return { clone, ...pack(clone, workspace, target) };
}
