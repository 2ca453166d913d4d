import { AwsError } from "../aws/awsError";
import { THROTTLED } from "../aws/causes";
import { Progress, type Queue } from "./progress";

/**
 * Connect allows a few calls a second per account and Region, and everyone there shares them. A pacer lets calls
 * through unhindered until the first one is throttled; from then on it is a token bucket that learns its rate.
 * It sits inside the SDK's retry loop: in front of it, its own retries would starve (DESIGN.md has the figures).
 */

interface Quota {
  /** Calls a second. */
  rate: number;
  burst: number;
}

/** https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html */
const QUOTAS: readonly { commands: RegExp; quota: Quota }[] = [
  { commands: /(ContactEvaluation|EvaluationForm)/, quota: { rate: 3, burst: 5 } },
  { commands: /^DescribeContactCommand$/, quota: { rate: 10, burst: 15 } },
  { commands: /./, quota: { rate: 2, burst: 5 } },
];

/**
 * How the rate moves: up with every answer while calls wait, down with a throttle, at most once a second. Until the
 * second cut it climbs fast, since an account's quota may be far above the documented one that it starts from; what it
 * climbed too high, a cut takes back, to a little above what was really answered.
 */
const FASTER = 1.02;
const FASTER_AT_FIRST = 1.1;
const SLOWER = 0.8;
const ABOVE_ANSWERED = 1.05;
const SLOWEST_SHARE_OF_QUOTA = 1 / 4;
const CUT_INTERVAL_S = 1;
/** Nothing but throttles for so long: somebody else takes the whole quota. */
const GIVE_UP_AFTER_S = 300;

/** The time, in seconds; tests bring their own. */
export interface Timer {
  now(): number;
  after(seconds: number, act: () => void): void;
}

const REAL: Timer = {
  now: () => performance.now() / 1000,
  after: (seconds, act) => void setTimeout(act, Math.ceil(seconds * 1000)),
};

class Pacer {
  private rate = Number.POSITIVE_INFINITY;
  private tokens: number;
  private refilledAt = 0;
  private cutAt = Number.NEGATIVE_INFINITY;
  private answersSinceCut = 0;
  private cuts = 0;
  private throttledSince: number | undefined;
  private willLetThrough = false;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly quota: Quota,
    private readonly timer: Timer,
  ) {
    this.tokens = quota.burst;
  }

  /** Resolves when the call may go out; one that must go first, because work hangs on it, does. */
  turn(first: boolean): Promise<void> {
    return new Promise((go) => {
      if (first) this.waiting.unshift(go);
      else this.waiting.push(go);
      this.letThrough();
    });
  }

  /** Takes note of an answer that is no throttle; errors are answers too, or early ones would stop the queue. */
  answered(): void {
    this.throttledSince = undefined;
    this.answersSinceCut += 1;
    const calls = this.waiting.length > 0;
    if (this.isOpen) this.tokens += calls ? 2 : 1;
    else if (calls) this.rate *= this.cuts > 1 ? FASTER : FASTER_AT_FIRST;
    this.letThrough();
  }

  /** Takes note of a throttle; true when it is time to give up. */
  throttled(): boolean {
    const now = this.timer.now();
    this.throttledSince ??= now;
    this.refill(now);
    this.tokens = Math.min(this.tokens, 0);
    if (this.isOpen) this.slowDownTo(this.quota.rate, now);
    // A total stop says nothing about the rate: without an answer in between, the rate stays.
    else if (this.answersSinceCut > 0 && now - this.cutAt >= CUT_INTERVAL_S) {
      const answered = this.answersSinceCut / (now - this.cutAt);
      const slower = Math.min(this.rate * SLOWER, answered * ABOVE_ANSWERED);
      this.slowDownTo(Math.max(this.quota.rate * SLOWEST_SHARE_OF_QUOTA, slower), now);
    }
    this.letThrough();
    return now - this.throttledSince > GIVE_UP_AFTER_S;
  }

  get queue(): Queue {
    const waiting = this.isOpen ? 0 : this.waiting.length;
    return { waiting, seconds: waiting / this.rate };
  }

  private get isOpen(): boolean {
    return this.rate === Number.POSITIVE_INFINITY;
  }

  private slowDownTo(rate: number, now: number): void {
    this.rate = rate;
    this.cutAt = now;
    this.cuts += 1;
    this.answersSinceCut = 0;
  }

  private refill(now: number): void {
    if (!this.isOpen) {
      this.tokens = Math.min(this.quota.burst, this.tokens + (now - this.refilledAt) * this.rate);
    }
    this.refilledAt = now;
  }

  private letThrough(): void {
    this.refill(this.timer.now());
    while (this.tokens >= 1) {
      const go = this.waiting.shift();
      if (go === undefined) return;
      this.tokens -= 1;
      go();
    }
    if (this.waiting.length === 0 || this.isOpen || this.willLetThrough) return;
    this.willLetThrough = true;
    this.timer.after((1 - this.tokens) / this.rate, () => {
      this.willLetThrough = false;
      this.letThrough();
    });
  }
}

const FINISHES = /^(Describe|Update|Submit)/;

/** The pacers of one account and Region. */
export class Pacing {
  private readonly pacers: readonly { commands: RegExp; pacer: Pacer }[];
  private readonly progress: Progress;

  /** @param say prints a line under the stack. */
  constructor(
    private readonly isThrottle: (error: unknown) => boolean,
    say: (line: string) => void,
    private readonly timer = REAL,
  ) {
    this.progress = new Progress(say);
    this.pacers = QUOTAS.map(({ commands, quota }) => ({ commands, pacer: new Pacer(quota, timer) }));
  }

  /** Makes one attempt of a command, and repeats it for as long as it is throttled. */
  async run<T>(commandName: string, attempt: () => Promise<T>): Promise<T> {
    const pacer = this.pacers.find(({ commands }) => commands.test(commandName))?.pacer;
    if (pacer === undefined) return attempt();
    // What was begun is finished first: a started evaluation is described and graded before the next one starts.
    for (let first = FINISHES.test(commandName); ; first = true) {
      await pacer.turn(first);
      try {
        const result = await attempt();
        this.answered(pacer);
        return result;
      } catch (error) {
        if (!this.isThrottle(error)) {
          this.answered(pacer);
          throw error;
        }
        if (pacer.throttled()) throw gaveUp();
        this.progress.note(pacer.queue, this.timer.now(), true);
      }
    }
  }

  private answered(pacer: Pacer): void {
    pacer.answered();
    this.progress.note(pacer.queue, this.timer.now(), false);
  }
}

/** Not an error that the SDK would retry. */
const gaveUp = () => new AwsError({ name: "ThrottlingException", message: THROTTLED.gaveUp(GIVE_UP_AFTER_S) });
