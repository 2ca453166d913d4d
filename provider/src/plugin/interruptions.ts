import { type Cause, Failure } from "../shared/errors";
import { withSignal } from "../shared/interruption";

/** What ends a verb early: the resource's own customTimeouts, or the person at the terminal. */
export class Interruptions {
  private readonly running = new Map<AbortController, string>();

  /**
   * Runs a verb until its end, its deadline, or `cancel`.
   * @param verb its name in customTimeouts.
   * @param seconds until the deadline; 0 for none.
   */
  async run<T>(verb: string, seconds: number, act: () => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.running.set(controller, verb);
    const timer = seconds > 0 ? setTimeout(() => controller.abort(tooLate(verb, seconds)), inMs(seconds)) : undefined;
    try {
      return await withSignal(controller.signal, act);
    } finally {
      clearTimeout(timer);
      this.running.delete(controller);
    }
  }

  /** Ends the verbs that run. The engine asks for it at the end of every run, where there are none. */
  cancel(): void {
    for (const [controller, verb] of this.running) controller.abort(new Failure(`${verb} the evaluation`, CANCELLED));
  }
}

/** A timer takes no more. */
const LONGEST_MS = 2 ** 31 - 1;

const inMs = (seconds: number): number => Math.min(seconds * 1000, LONGEST_MS);

const CANCELLED: Cause = {
  why: "the command was interrupted",
  remedy: "run it again, which goes on with what was started",
};

const tooLate = (verb: string, seconds: number): Failure =>
  new Failure(`${verb} the evaluation in ${seconds} s`, {
    why: `the resource's customTimeouts.${verb} allows no more`,
    remedy: `run the command again, which goes on with what was started; or give customTimeouts.${verb} more time`,
  });
