import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../package/command";
import { PROGRAM } from "./bundle";

/** The plugin together with the Node.js that runs this script, as one executable: Node's own "single executable application". */

/** The mark in Node.js that says that something was added to it, as its documentation has it. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** The names of systems and processors as Pulumi's downloads have them. */
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin", win32: "windows" };
const PROCESSORS: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64" };

/** Makes the executable of this system in the folder that has the bundle, and answers with its path. */
export function executable(bundled: string, folder: string): string {
  const isWindows = process.platform === "win32";
  const target = path.join(folder, isWindows ? `${PROGRAM}.exe` : PROGRAM);
  const [config, blob] = [path.join(folder, "sea.json"), path.join(folder, "sea.blob")];
  const settings = { main: bundled, output: blob, disableExperimentalSEAWarning: true, useCodeCache: true };
  fs.writeFileSync(config, JSON.stringify(settings));
  run(folder, process.execPath, "--experimental-sea-config", config);
  fs.copyFileSync(process.execPath, target);
  fs.chmodSync(target, 0o755);
  const isMac = process.platform === "darwin";
  if (isMac) run(folder, "codesign", "--remove-signature", target);
  const postject = require.resolve("postject/dist/cli.js");
  const segment = isMac ? ["--macho-segment-name", "NODE_SEA"] : [];
  run(folder, process.execPath, postject, target, "NODE_SEA_BLOB", blob, "--sentinel-fuse", FUSE, ...segment);
  if (isMac) run(folder, "codesign", "--sign", "-", target);
  fs.rmSync(config);
  fs.rmSync(blob);
  return target;
}

/** Packs an executable under the name by which `pulumi plugin install` finds it, and answers with its path. */
export function archive(program: string, version: string, folder: string): string {
  const [system, processor] = [SYSTEMS[process.platform], PROCESSORS[process.arch]];
  if (system === undefined || processor === undefined) {
    throw new Error(`Pulumi has no downloads for ${process.platform} on ${process.arch}.`);
  }
  const target = path.join(folder, `${PROGRAM}-v${version}-${system}-${processor}.tar.gz`);
  run(path.dirname(program), "tar", "-czf", target, path.basename(program));
  return target;
}
