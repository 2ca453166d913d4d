import os from "node:os";
import { processInfo } from "./processTable.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const LOOK_MS = 500;
const ORPHANED = 1;

/** As it was when this process started: a look that comes later may come too late. */
const STARTERS = starters();

/**
 * Runs a task that is to tidy up when the user interrupts it, and then ends the process.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function whileInterruptible(task) {
  const controller = new AbortController();
  let exitCode = ORPHANED;
  /** @param {number} code */
  const interrupt = (code) => {
    if (!controller.signal.aborted) exitCode = code;
    controller.abort(new Error("Interrupted."));
  };
  /** @param {NodeJS.Signals} name */
  const onSignal = (name) => interrupt(128 + os.constants.signals[name]);
  for (const name of SIGNALS) {
    process.on(name, onSignal);
  }
  const looks = setInterval(() => starters() !== STARTERS && interrupt(ORPHANED), LOOK_MS);
  try {
    return await task(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) {
      process.exit(exitCode);
    }
    throw error;
  } finally {
    clearInterval(looks);
    for (const name of SIGNALS) {
      process.off(name, onSignal);
    }
  }
}

/**
 * Who waits for what npm runs: its shell, and npm. npm hands a SIGTERM to the shell, which dies of it without a word; of an
 * npm that is killed the shell takes no notice. Either way, what they run would go on, and nobody would wait for it.
 * Without npm, who started this process may end before it, as with `nohup`.
 */
function starters() {
  if (process.env.npm_lifecycle_event === undefined) return "";
  const shell = processInfo(process.ppid);
  return /^\w*sh$/.test(shell.name) ? `${process.ppid} ${shell.parent}` : `${process.ppid}`;
}
