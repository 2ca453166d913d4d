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

/** How the rate moves: up a little with every answer while calls wait, down with a throttle, at most once a second. */
const FASTER = 1.02;
const SLOWER = 0.8;
const SLOWEST_SHARE_OF_QUOTA = 1 / 4;
const CUT_INTERVAL_S = 1;
/** Nothing but throttles for so long: somebody else takes the whole quota. */
const GIVE_UP_AFTER_S = 300;
/** A wait that is worth a line on the terminal. */
const LONG_WAIT_S = 15;

const seconds = (): number => performance.now() / 1000;

export class Pacer {
  private rate = Number.POSITIVE_INFINITY;
  private tokens: number;
  private refilledAt = 0;
  private cutAt = Number.NEGATIVE_INFINITY;
  private answeredSinceCut = false;
  private throttledSince: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly quota: Quota) {
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
    this.answeredSinceCut = true;
    const calls = this.waiting.length > 0;
    if (this.isOpen) this.tokens += calls ? 2 : 1;
    else if (calls) this.rate *= FASTER;
    this.letThrough();
  }

  /** Takes note of a throttle; true when it is time to give up. */
  throttled(): boolean {
    const now = seconds();
    this.throttledSince ??= now;
    this.refill(now);
    this.tokens = Math.min(this.tokens, 0);
    if (this.isOpen) this.slowDownTo(this.quota.rate, now);
    // A total stop says nothing about the rate: without an answer in between, the rate stays.
    else if (this.answeredSinceCut && now - this.cutAt >= CUT_INTERVAL_S) {
      this.slowDownTo(Math.max(this.quota.rate * SLOWEST_SHARE_OF_QUOTA, this.rate * SLOWER), now);
    }
    this.letThrough();
    return now - this.throttledSince > GIVE_UP_AFTER_S;
  }

  /** How long the last call in the queue will wait, in seconds. */
  get wait(): number {
    return this.isOpen ? 0 : this.waiting.length / this.rate;
  }

  private get isOpen(): boolean {
    return this.rate === Number.POSITIVE_INFINITY;
  }

  private slowDownTo(rate: number, now: number): void {
    this.rate = rate;
    this.cutAt = now;
    this.answeredSinceCut = false;
  }

  private refill(now: number): void {
    if (!this.isOpen) {
      this.tokens = Math.min(this.quota.burst, this.tokens + (now - this.refilledAt) * this.rate);
    }
    this.refilledAt = now;
  }

  private letThrough(): void {
    this.refill(seconds());
    while (this.tokens >= 1) {
      const go = this.waiting.shift();
      if (go === undefined) return;
      this.tokens -= 1;
      go();
    }
    if (this.waiting.length === 0 || this.isOpen || this.timer !== undefined) return;
    const untilNextToken = Math.ceil(((1 - this.tokens) / this.rate) * 1000);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.letThrough();
    }, untilNextToken);
  }
}

/** The pacers of one account and Region. */
export class Pacing {
  private readonly pacers = QUOTAS.map(({ commands, quota }) => ({ commands, pacer: new Pacer(quota) }));
  private toldOfWait = false;

  constructor(
    private readonly isThrottle: (error: unknown) => boolean,
    private readonly tell: (line: string) => void,
  ) {}

  /** Makes one attempt of a command, and repeats it for as long as it is throttled. */
  async run<T>(commandName: string, attempt: () => Promise<T>): Promise<T> {
    const pacer = this.pacers.find(({ commands }) => commands.test(commandName))?.pacer;
    if (pacer === undefined) return attempt();
    // What was begun is finished first: a started evaluation is described before the next one starts.
    for (let first = commandName.startsWith("Describe"); ; first = true) {
      await pacer.turn(first);
      try {
        const result = await attempt();
        pacer.answered();
        return result;
      } catch (error) {
        if (!this.isThrottle(error)) {
          pacer.answered();
          throw error;
        }
        if (pacer.throttled()) throw new GaveUp(`throttled for ${GIVE_UP_AFTER_S} s without a break`, { cause: error });
        this.tellOfLongWait(pacer);
      }
    }
  }

  private tellOfLongWait({ wait }: Pacer): void {
    if (this.toldOfWait || wait < LONG_WAIT_S) return;
    this.toldOfWait = true;
    this.tell(
      `Amazon Connect throttles this account's calls in this Region: going on at its pace, about ${Math.round(wait)} s more.`,
    );
  }
}

/** Not an error that the SDK would retry. */
export class GaveUp extends Error {
  override readonly name = "ThrottlingGaveUp";
}
