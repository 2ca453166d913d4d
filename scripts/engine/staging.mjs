import fs from "node:fs/promises";
import path from "node:path";
import { isComplete } from "./find.mjs";
import { versionFolder } from "./versions.mjs";

/**
 * Fills a folder beside the engine's own and renames it at the end, so that there is never half an engine, whoever is
 * interrupted and however many do it at once.
 * @param {(staging: string) => Promise<void>} fill
 */
export async function installThroughStaging(fill) {
  await throughStaging(fill, (staging) => moveIntoPlace(staging, versionFolder()));
}

/**
 * Adds a program to the engine's folder in the same way.
 * @param {string} name
 * @param {(staging: string) => Promise<void>} fill
 */
export async function addThroughStaging(name, fill) {
  await throughStaging(fill, async (staging) => {
    const bin = path.join(versionFolder(), "bin");
    await fs.mkdir(bin, { recursive: true });
    await fs.rename(path.join(staging, "bin", name), path.join(bin, name));
  });
}

/**
 * @param {(staging: string) => Promise<void>} fill
 * @param {(staging: string) => Promise<void>} settle
 */
async function throughStaging(fill, settle) {
  const staging = stagingOf(process.pid);
  await fs.mkdir(path.join(staging, "bin"), { recursive: true });
  try {
    await removeAbandoned();
    await fill(staging);
    await fs.rm(scratchFolder(staging), { recursive: true, force: true });
    await settle(staging);
  } finally {
    // What a killed process was still writing may be in the way for a moment.
    await fs.rm(staging, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Makes the folder for whatever is in the way only while the engine is made.
 * @param {string} staging
 */
export async function makeScratch(staging) {
  await fs.mkdir(scratchFolder(staging), { recursive: true });
  return scratchFolder(staging);
}

/** @param {string} staging */
function scratchFolder(staging) {
  return path.join(staging, "tmp");
}

/** @param {number} pid */
function stagingOf(pid) {
  return path.join(path.dirname(versionFolder()), `.${path.basename(versionFolder())}.${pid}`);
}

/**
 * @param {string} staging
 * @param {string} target
 */
async function moveIntoPlace(staging, target) {
  if (isComplete(target)) {
    return; // Another run was faster.
  }
  try {
    await fs.rename(staging, target);
  } catch (error) {
    if (isComplete(target)) {
      return;
    }
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") {
      throw error;
    }
    // Half an engine that something else has left there.
    await fs.rm(target, { recursive: true });
    await fs.rename(staging, target);
  }
}

/** Removes what runs have left that were killed the hard way. */
async function removeAbandoned() {
  const parent = path.dirname(versionFolder());
  const prefix = `.${path.basename(versionFolder())}.`;
  for (const name of await fs.readdir(parent)) {
    const pid = Number(name.slice(prefix.length));
    if (name.startsWith(prefix) && pid > 0 && !isRunning(pid)) {
      await fs.rm(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
