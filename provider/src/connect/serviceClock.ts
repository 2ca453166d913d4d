import { setTimeout as wait } from "node:timers/promises";
import { currentSignal, orInterrupted } from "../shared/interruption";
import { defined } from "../shared/plain";

/** Amazon Connect's clock, as its answers show it. The service's times are compared with this, never with ours. */
export class ServiceClock {
  private seen = { time: Date.now(), at: performance.now() };

  /** Takes note of the `Date` header of an answer, which has whole seconds. */
  note(date: string | undefined): void {
    const time = Date.parse(date ?? "");
    if (!Number.isNaN(time)) this.seen = { time, at: performance.now() };
  }

  now(): Date {
    return new Date(this.seen.time + performance.now() - this.seen.at);
  }

  async wait(milliseconds: number): Promise<void> {
    await orInterrupted(() => wait(milliseconds, undefined, defined({ signal: currentSignal() })));
  }
}
