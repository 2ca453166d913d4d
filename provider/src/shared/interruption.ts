import { AsyncLocalStorage } from "node:async_hooks";

/** What ends a verb early: a deadline, or the person at the terminal. */

const signals = new AsyncLocalStorage<AbortSignal>();

/** Runs a verb that ends, with the signal's reason, soon after the signal was given. */
export const withSignal = <T>(signal: AbortSignal, verb: () => Promise<T>): Promise<T> => signals.run(signal, verb);

export const currentSignal = (): AbortSignal | undefined => signals.getStore();
