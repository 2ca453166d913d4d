import * as path from "node:path";
import { type PackedPackage, pack } from "../../../scripts/package/pack";
import { cloneRepository } from "./clone";

/** Packs the provider in a fresh clone, since other tests run on this repository's build at the same time. */
export async function packProvider(target: string): Promise<PackedPackage & { clone: string }> {
  const clone = await cloneRepository(path.join(target, "clone"));
  return { clone, ...pack(clone, target) };
}
