import fs from "node:fs/promises";

/**
 * Ends every process of a session but this one, by the id of the process that leads it: one that was started `detached`. The
 * engine puts its plugins into process groups of their own and, when it is interrupted at the wrong moment, leaves them behind;
 * their session stays.
 * @param {number} leader
 */
export async function endSession(leader) {
  for (const pid of await processesOf(leader)) kill(pid);
  // Elsewhere than on Linux, a session cannot be looked up: the leader's group is what can be ended.
  if (leader !== process.pid) kill(-leader);
}

/**
 * @param {number} leader
 * @returns {Promise<number[]>}
 */
async function processesOf(leader) {
  const pids = (await fs.readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const sessions = await Promise.all(pids.map(sessionOf));
  return pids
    .filter((_, at) => sessions[at] === leader)
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/** @param {string} pid */
async function sessionOf(pid) {
  // The name, in parentheses, may hold anything: state, parent, group, and session follow it.
  const stat = await fs.readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3]);
}

/** @param {number} pid */
function kill(pid) {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (error.code !== "ESRCH") throw error;
  }
}
