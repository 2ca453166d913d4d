/** Runs a task that is to tidy up when the user interrupts it, and then ends the process. */
export declare function whileInterruptible<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T>;
