import { setTimeout as delay } from "node:timers/promises";
import type { LoggedRequest, RequestPredicate } from "./log";

/** What goes wrong. */
export type Fault =
  /** Answers an error; with `processed`, after the work is done. */
  | { error: string; message?: string; status?: number; processed?: boolean }
  /** Closes the connection without an answer, before or after the work is done. */
  | { drop: "before" | "after" }
  /** Never answers; the connection stays open until the emulator closes. */
  | { silence: "before" | "after" }
  /** Waits before the work is done and answered as usual. */
  | { delayMs: number }
  /** Answers a proxy's HTML page with this status. @default `processed` false */
  | { html: number; processed?: boolean }
  /** Answers a gateway's JSON with this status and without an error type. @default `processed` false */
  | { json: number; processed?: boolean }
  /** Answers status 200 with half a JSON document. @default `processed` true */
  | { garbage: true; processed?: boolean };

/** A fault and the requests that it applies to. */
export interface FaultRule<Name extends string> {
  /** @default every operation */
  operation?: Name | Name[];
  when?: RequestPredicate<Name>;
  /** How many matching requests pass first. @default 0 */
  skip?: number;
  /** How many requests it applies to; may be Infinity. @default 1 */
  times?: number;
  fault: Fault;
}

/** A fault that was added. */
export interface FaultHandle {
  /** How many requests it applied to so far. */
  readonly hits: number;
  /** Resolves when it has applied n times (default 1): after the work, if the work is done first. */
  hit(times?: number): Promise<void>;
  remove(): void;
}

/** What a fault can do with a request. */
export interface Course<Answer> {
  work: () => Answer;
  answer: (fault: { error: string; message: string; status?: number }) => Answer;
  raw: (status: number, contentType: string, body: string) => Answer;
  closing: AbortSignal;
}

/** The end of a request: an answer, a closed connection, or nothing at all. */
export type Outcome<Answer> = Answer | "drop" | "silence";

/** The faults of a running emulator. */
export class Faults<Name extends string> {
  private rules: ActiveFault<Name>[] = [];

  /** Adds a fault. If several match a request, the oldest applies. */
  add(rule: FaultRule<Name>): FaultHandle {
    const active = new ActiveFault<Name>(rule, (removed) => {
      this.rules = this.rules.filter((other) => other !== removed);
    });
    this.rules.push(active);
    return active;
  }

  clear(): void {
    this.rules = [];
  }

  /** The faults, oldest first, with how many requests each applied to. */
  all(): (FaultRule<Name> & { hits: number })[] {
    return this.rules.map(({ rule, hits }) => ({ ...rule, hits }));
  }

  /** The fault that applies to this request, if any. */
  meet(request: LoggedRequest<Name>): ActiveFault<Name> | undefined {
    return this.rules.find((rule) => rule.meets(request));
  }
}

class ActiveFault<Name extends string> implements FaultHandle {
  hits = 0;
  private passed = 0;
  private met = 0;
  private waiting: { times: number; resolve: () => void }[] = [];

  constructor(
    readonly rule: FaultRule<Name>,
    private readonly removed: (fault: ActiveFault<Name>) => void,
  ) {}

  remove(): void {
    this.removed(this);
  }

  hit(times = 1): Promise<void> {
    if (this.hits >= times) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ times, resolve }));
  }

  meets(request: LoggedRequest<Name>): boolean {
    const { operation, when, skip = 0, times = 1 } = this.rule;
    if (operation !== undefined && !([operation].flat() as unknown[]).includes(request.operation)) return false;
    if (when !== undefined && !when(request)) return false;
    if (this.passed < skip) {
      this.passed += 1;
      return false;
    }
    if (this.met >= times) return false;
    this.met += 1;
    return true;
  }

  async play<Answer>(course: Course<Answer>): Promise<Outcome<Answer>> {
    const { fault } = this.rule;
    if (workIsDone(fault)) course.work();
    this.countHit();
    if ("error" in fault) return course.answer({ message: `${fault.error} by arrangement`, ...fault });
    if ("drop" in fault) return "drop";
    if ("silence" in fault) return "silence";
    if ("html" in fault) return course.raw(fault.html, "text/html", htmlPage(fault.html));
    if ("json" in fault) return course.raw(fault.json, "application/json", '{"message":"No answer of the service"}');
    if ("garbage" in fault) return course.raw(200, "application/json", '{"Half": ');
    const elapsed = await delay(fault.delayMs, "elapsed", { signal: course.closing }).catch(() => "closed");
    return elapsed === "elapsed" ? course.work() : "drop";
  }

  private countHit(): void {
    this.hits += 1;
    const ready = this.waiting.filter(({ times }) => this.hits >= times);
    this.waiting = this.waiting.filter((waiter) => !ready.includes(waiter));
    for (const { resolve } of ready) resolve();
  }
}

function workIsDone(fault: Fault): boolean {
  if ("drop" in fault) return fault.drop === "after";
  if ("silence" in fault) return fault.silence === "after";
  if ("garbage" in fault) return fault.processed ?? true;
  return "processed" in fault && fault.processed === true;
}

function htmlPage(status: number): string {
  return `<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>proxy</body></html>`;
}
