import os from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a task that is to tidy up when the user interrupts it, and then ends the process.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function whileInterruptible(task) {
  const controller = new AbortController();
  let exitCode = 1;
  /** @param {NodeJS.Signals} name */
  const interrupt = (name) => {
    exitCode = 128 + os.constants.signals[name];
    controller.abort(new Error("Interrupted."));
  };
  for (const name of SIGNALS) {
    process.on(name, interrupt);
  }
  try {
    return await task(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) {
      process.exit(exitCode);
    }
    throw error;
  } finally {
    for (const name of SIGNALS) {
      process.off(name, interrupt);
    }
  }
}
