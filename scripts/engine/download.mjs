import fs from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isComplete } from "./find.mjs";
import { run } from "./run.mjs";
import { makeScratch } from "./staging.mjs";
import { PINNED_VERSION } from "./versions.mjs";

/** A download that stands still for this long is given up. */
const PATIENCE_SECONDS = 10;

const INSTALLER = fileURLToPath(new URL("installer.mjs", import.meta.url));

/**
 * Downloads the engine with Pulumi's own installer.
 * @param {string} staging
 * @param {AbortSignal} signal
 */
export async function download(staging, signal) {
  const stalled = new AbortController();
  const watch = watchGrowth(staging, () =>
    stalled.abort(new Error(`Nothing arrived for ${PATIENCE_SECONDS} seconds.`)),
  );
  try {
    const env = { TMPDIR: await makeScratch(staging) };
    await run(process.execPath, [INSTALLER, staging, PINNED_VERSION], {
      env,
      signal: AbortSignal.any([signal, stalled.signal]),
    });
  } finally {
    clearInterval(watch);
  }
  if (!isComplete(staging)) {
    throw new Error("The download is incomplete.");
  }
}

/**
 * @param {string} folder
 * @param {() => void} onStall
 */
function watchGrowth(folder, onStall) {
  let size = -1;
  let grown = Date.now();
  return setInterval(async () => {
    const now = await sizeOf(folder);
    if (now > size) {
      size = now;
      grown = Date.now();
    } else if (Date.now() - grown >= PATIENCE_SECONDS * 1000) {
      onStall();
    }
  }, 500);
}

/** @param {string} folder */
async function sizeOf(folder) {
  let total = 0;
  for (const entry of await fs.readdir(folder, { recursive: true }).catch(() => [])) {
    total += await fs.stat(path.join(folder, entry)).then(
      (stat) => stat.size,
      () => 0,
    );
  }
  return total;
}
