const pollMs = 500;

const parent = process.ppid;

/**
 * Calls back once the parent is gone, in a process that a package manager started. Its shell dies from a signal without
 * passing it on, and the server would keep the port. Any other process may outlive its parent: that is how shells start
 * one in the background.
 */
export function onParentGone(callBack: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callBack();
  }, pollMs);
  timer.unref();
}
