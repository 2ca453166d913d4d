import { AsyncLocalStorage } from "node:async_hooks";

/**
 * A verb that has to end before its work does: its time is over, or somebody pressed Ctrl-C. Every call and every wait
 * of the verb hears of it here, so that no function between them has to hand a signal on.
 */

const signals = new AsyncLocalStorage<AbortSignal | undefined>();

/**
 * Runs a verb, or what belongs to it, under a signal.
 * @param signal its reason is the error with which the verb fails; `undefined` for what outlives the verb.
 */
export const withSignal = <T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> =>
  signals.run(signal, run);

export const currentSignal = (): AbortSignal | undefined => signals.getStore();

/**
 * What the work comes to, or the reason of the interruption, whichever is first. After it, nothing is begun.
 * @throws the signal's reason.
 */
export async function orInterrupted<T>(work: () => Promise<T>): Promise<T> {
  const signal = currentSignal();
  if (signal === undefined) return work();
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const interrupt = () => reject(signal.reason);
    signal.addEventListener("abort", interrupt);
    void work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", interrupt));
  });
}
