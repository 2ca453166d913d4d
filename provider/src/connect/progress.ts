import { THROTTLED } from "../aws/causes";

/** Says on the terminal why a run takes long: a line when that is clear, and then at most one every half minute. */

/** A wait that is worth a line, in seconds. */
const LONG_WAIT_S = 15;
const INTERVAL_S = 30;
/** A queue that was empty for so long is another one. */
const PAUSE_S = 5;

/** The calls that wait for their turn. */
export interface Queue {
  waiting: number;
  /** How long the last of them will wait, in seconds. */
  seconds: number;
}

export class Progress {
  private waitingSince = 0;
  private lastWaiting = Number.NEGATIVE_INFINITY;
  private saidAt: number | undefined;
  private answered = 0;

  constructor(private readonly say: (line: string) => void) {}

  /** Takes note of an answer, a throttle included. */
  note({ waiting, seconds }: Queue, now: number, isThrottle: boolean): void {
    if (!isThrottle) this.answered += 1;
    if (waiting === 0) return;
    if (now - this.lastWaiting > PAUSE_S) this.waitingSince = now;
    this.lastWaiting = now;
    const isLong = seconds >= LONG_WAIT_S || now - this.waitingSince >= LONG_WAIT_S;
    if (!isLong || now - (this.saidAt ?? Number.NEGATIVE_INFINITY) < INTERVAL_S) return;
    this.say(`${this.reason(now)} ${THROTTLED.waiting(waiting, Math.round(seconds))}`);
    this.saidAt = now;
    this.answered = 0;
  }

  private reason(now: number): string {
    if (this.saidAt === undefined) return THROTTLED.begins;
    return THROTTLED.goesOn(this.answered, Math.round(now - this.saidAt));
  }
}
