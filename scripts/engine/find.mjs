import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { run } from "./run.mjs";
import { isAtLeast, MINIMUM_VERSION, PROGRAMS, versionFolder, versionIn } from "./versions.mjs";

/**
 * Looks for an engine on PATH, and says why one that is there cannot be used.
 * @returns {Promise<{ bin?: string, problem?: string }>}
 */
export async function findOnPath() {
  const bin = folderOnPath("pulumi");
  if (bin === undefined) {
    return { problem: "There is no `pulumi` on PATH." };
  }
  const version = await versionOf(path.join(bin, "pulumi"));
  if (version === undefined || !isAtLeast(version, MINIMUM_VERSION)) {
    return {
      problem: `The \`pulumi\` on PATH is ${version ?? "of an unknown version"}, and ${MINIMUM_VERSION} is needed.`,
    };
  }
  const real = path.dirname(fs.realpathSync(path.join(bin, "pulumi")));
  const missing = PROGRAMS.filter((name) => !isProgram(path.join(real, name)) && folderOnPath(name) === undefined);
  return missing.length === 0
    ? { bin }
    : { problem: `Beside the \`pulumi\` on PATH there is no ${missing.join(" and no ")}.` };
}

/**
 * Looks for the pinned engine in the folder where it is installed.
 * @returns {string | undefined}
 */
export function findInstalled() {
  return isComplete(versionFolder()) ? path.join(versionFolder(), "bin") : undefined;
}

/**
 * Tells whether a version's folder holds all programs.
 * @param {string} folder
 */
export function isComplete(folder) {
  return PROGRAMS.every((name) => isProgram(path.join(folder, "bin", name)));
}

/**
 * Finds the folder on PATH that holds a program.
 * @param {string} name
 */
export function folderOnPath(name) {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return folders.find((folder) => isProgram(path.join(folder, name)));
}

/**
 * Asks in a home of its own: even `pulumi version` writes a log into the user's.
 * @param {string} pulumi
 */
async function versionOf(pulumi) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "connect-evaluations-version-"));
  try {
    return versionIn(await run(pulumi, ["version"], { env: { PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" } }));
  } catch {
    // One that does not even tell its version is of no use; the caller says so.
    return undefined;
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

/**
 * Tells whether a file is there and can be run.
 * @param {string} file
 */
export function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
