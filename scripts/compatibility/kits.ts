import * as path from "node:path";
import { run } from "../../test/packaging/support/commands";
import { writeFolder } from "../../test/packaging/support/folders";
import { calibrationKit } from "../../test/packaging/support/programs";
import type { Ingredients } from "./layouts";

const PACKAGE = { "pulumi-connect-evaluations": "*" };
const SDK = { "@pulumi/pulumi": "^3" };

/** Packs component libraries as a registry has them. */
export async function packKits(root: string): Promise<Ingredients["kits"]> {
  return {
    owning: await packKit(path.join(root, "owning"), { dependencies: PACKAGE, peerDependencies: SDK }),
    asking: await packKit(path.join(root, "asking"), { peerDependencies: { ...PACKAGE, ...SDK } }),
  };
}

async function packKit(folder: string, manifest: object): Promise<string> {
  await writeFolder(folder, {
    ...calibrationKit,
    "package.json": { name: "calibration-kit", version: "1.0.0", ...manifest },
  });
  await run("npm", ["pack"], folder);
  return `file:${path.join(folder, "calibration-kit-1.0.0.tgz")}`;
}
