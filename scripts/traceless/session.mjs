import { allProcesses, processInfo } from "../engine/processTable.mjs";

/**
 * Ends every process of a session but this one, by the id of the process that leads it: one that was started `detached`. The
 * engine puts its plugins into process groups of their own and, when it is interrupted at the wrong moment, leaves them behind;
 * their session stays.
 * @param {number} leader
 */
export function endSession(leader) {
  const done = new Set([process.pid]);
  const others = () => allProcesses().filter((pid) => !done.has(pid) && processInfo(pid).session === leader);
  // Until there is none: one may have started another before its own end.
  for (let found = others(); found.length > 0; found = others()) {
    for (const pid of found) {
      kill(pid);
      done.add(pid);
    }
  }
  // Elsewhere than on Linux, a session cannot be looked up: the leader's group is what can be ended.
  if (leader !== process.pid) kill(-leader);
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
