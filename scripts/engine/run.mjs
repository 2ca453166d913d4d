import { spawn } from "node:child_process";

/**
 * Runs a command to its end and returns what it printed; throws with the last of it when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, signal?: AbortSignal }} [options]
 * @returns {Promise<string>}
 */
export function run(command, args, { cwd, env, signal } = {}) {
  return new Promise((resolve, reject) => {
    // In a group of its own, so that the processes it starts end with it.
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const stop = () => endGroup(child.pid);
    signal?.addEventListener("abort", stop);
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        printed += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", stop);
      if (signal?.aborted) {
        reject(signal.reason);
      } else if (code === 0) {
        resolve(printed);
      } else {
        reject(new Error(endOf(printed)));
      }
    });
  });
}

/** @param {number | undefined} pid */
function endGroup(pid) {
  try {
    if (pid !== undefined) {
      process.kill(-pid, "SIGKILL");
    }
  } catch {
    // It has ended by itself.
  }
}

/**
 * The last lines, without those that only tell of progress.
 * @param {string} printed
 */
function endOf(printed) {
  const lines = printed.trim().split("\n");
  return lines
    .filter((line) => !line.startsWith("go: downloading "))
    .slice(-12)
    .join("\n");
}
