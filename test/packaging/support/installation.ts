import type { PackedPackage } from "../../../scripts/package/pack";
import { npmInstall } from "./commands";
import { writeFolder } from "./folders";

/** The name of the package of the resource. */
export const PACKAGE = "pulumi-connect-evaluations";

/** Installs the packed package beside an SDK of that version with npm, in a folder outside this repository. */
export async function installPackage({ tarball }: PackedPackage, folder: string, sdk: string): Promise<string> {
  const dependencies = { "@pulumi/pulumi": sdk, [PACKAGE]: `file:${tarball}` };
  await writeFolder(folder, { "package.json": { private: true, dependencies } });
  await npmInstall(folder);
  return folder;
}
