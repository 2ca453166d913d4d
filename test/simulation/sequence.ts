import { isNotFound } from "../../provider/src/aws/awsError";
import { Holdings } from "../../provider/src/identity/holdings";
import { markerOf } from "../../provider/src/identity/marker";
import { find, findAfter, type Sought } from "../../provider/src/presence/find";
import { parseEvaluationArn } from "../../provider/src/shared/arns";
import { type StartCalls, start } from "../../provider/src/verbs/start";
import { Unfinished } from "../../provider/src/verbs/state";
import type { Random } from "./random";
import { awsError, type Behaviour, INSTANCE, type Operation, SimulatedConnect, type Stored } from "./service";

/**
 * A random sequence of what people and machines do to a stack with one or two resources: runs, interrupted runs,
 * destroys, colleagues' evaluations. The engine's part is played here; what starts evaluations is the provider's code.
 */

export interface Circumstances {
  behaviour: Behaviour;
  keys: readonly string[];
  /** A permission that the caller lacks throughout. */
  denied?: Operation | undefined;
  /** The author's own, of the first resource. */
  clientToken?: string | undefined;
}

/** What a resource has in the state. */
interface Managed {
  arn: string;
  contactId: string;
  /** When it was created or, unfinished, recorded. */
  since: Date;
  isUnfinished: boolean;
}

class Killed extends Error {}

interface Fate {
  /** The number of the call before or after which the process ends. */
  killedAt?: { call: number; side: "before" | "after" };
  /** The share of reads that fail internally. */
  failing?: number;
  /** A permission that the caller lacks for this run. */
  denied?: Operation | undefined;
}

const FORM = "f";
const READS: readonly Operation[] = [
  "DescribeContactEvaluation",
  "ListContactEvaluations",
  "DescribeContact",
  "ListTagsForResource",
];

const EVENTS = [
  "up",
  "up",
  "killed",
  "killed",
  "destroy",
  "replace",
  "killed replace",
  "move",
  "colleague starts",
  "colleague deletes",
  "somebody answers",
  "fails",
  "denied",
  "state delete",
  "wait",
] as const;

export class Sequence {
  readonly events: string[] = [];
  readonly connect: SimulatedConnect;
  private readonly state = new Map<string, Managed>();
  private readonly contacts: Map<string, string>;
  /** A creation did not end well: a destroy now would let go of what it started, as the documentation says. */
  private isInterrupted = false;
  private readonly isTraced = process.env.TRACE !== undefined;
  /** The last refresh could not tell whether an evaluation is gone. */
  private isUncertain = false;

  constructor(
    private readonly random: Random,
    private readonly circumstances: Circumstances,
  ) {
    this.connect = new SimulatedConnect(circumstances.behaviour);
    this.contacts = new Map(circumstances.keys.map((key) => [key, "c1"]));
  }

  /** One random thing happens, and some time passes. */
  async step(): Promise<void> {
    const { random } = this;
    const what = random.pick(EVENTS);
    this.events.push(`${this.seconds} ${what}`);
    await this.do(what);
    this.connect.pass(1000 * (what === "wait" ? random.pick([60, 3600, 20_000]) : random.pick([1, 1, 3, 30, 200])));
  }

  private async do(what: (typeof EVENTS)[number]): Promise<void> {
    const { random } = this;
    switch (what) {
      case "up":
        await this.up({});
        return;
      case "killed":
        await this.up(this.killed());
        return;
      case "fails":
        await this.up({ failing: 0.2 });
        return;
      case "denied":
        await this.up({ denied: random.pick(["DescribeContact", "DescribeContactEvaluation", "ListTagsForResource"]) });
        return;
      case "replace":
      case "killed replace":
        await this.up(what === "replace" ? {} : this.killed(), this.someKey());
        return;
      case "move": {
        const key = this.someKey();
        // What an interrupted start or the state let go of on another contact is nobody's to find.
        if (!this.state.has(key)) return;
        this.contacts.set(key, this.contacts.get(key) === "c1" ? "c2" : "c1");
        await this.up({}, key);
        return;
      }
      case "destroy":
        if (!this.isInterrupted) await this.destroy();
        return;
      case "state delete": {
        const key = this.someKey();
        // On a contact that the program has left, nobody looks for it.
        if (this.state.get(key)?.contactId === this.contacts.get(key)) this.state.delete(key);
        return;
      }
      case "somebody answers": {
        const mine = this.connect.alive.filter((evaluation) => this.isOurs(evaluation)).at(-1);
        if (mine !== undefined) mine.answeredByPerson = true;
        return;
      }
      case "colleague starts":
        try {
          this.connect.start(this.inputsOf(random.pick(["c1", "c1", "c2"])), `colleague ${random.next()}`, {
            by: "colleague",
          });
        } catch {
          // Refused as a second evaluation.
        }
        return;
      case "colleague deletes": {
        const theirs = this.connect.alive.find((evaluation) => !this.isOurs(evaluation));
        if (theirs !== undefined) this.connect.delete(theirs.arn);
        return;
      }
    }
  }

  /** People repeat the command until it succeeds. Returns what is wrong in the end. */
  async end(): Promise<string | undefined> {
    this.events.push(`${this.seconds} end`);
    let isDone = false;
    for (let n = 0; n < 30 && !isDone; n += 1) {
      isDone = await this.up({});
      // A read that lags behind a deletion may have misled that run.
      if (isDone) this.connect.pass(300_000);
      if (isDone) isDone = await this.up({});
      if (!isDone) this.connect.pass(300_000);
      // Without the contact's record nothing proves that somebody deleted an evaluation: the failure names the permission.
      if (n === 5 && this.circumstances.denied === "DescribeContact") this.circumstances.denied = undefined;
      if (n === 5 && this.circumstances.behaviour.secondEvaluation === "conflict") this.removeOthers();
    }
    const known = [...this.state.values()].map(({ arn }) => arn);
    if (new Set(known).size < known.length) return "shared";
    const ours = this.connect.alive.filter(
      (one) => this.isOurs(one) && !one.answeredByPerson && !this.isOld(one.createdAt),
    );
    if (new Set(ours.map(({ tags }) => tags.owner)).size < ours.length) return "doubled";
    if (!isDone) return "never ends well";
    if (ours.some(({ arn }) => !known.includes(arn))) return "orphaned";
    const alive = this.connect.alive.map(({ arn }) => arn);
    return known.every((arn) => alive.includes(arn)) ? undefined : "the state has a deleted one";
  }

  /** Runs without any misfortune that failed although nothing lagged. */
  failedUps = 0;

  get log(): string {
    const alive = this.connect.evaluations.map(
      ({ arn, tags, deletedAt, createdAt }) =>
        `${arn.split("/").at(-1)}${JSON.stringify(tags)}@${(createdAt - Date.UTC(2026, 0, 1)) / 1000}${deletedAt === Number.POSITIVE_INFINITY ? "" : "†"}`,
    );
    const state = [...this.state].map(([key, { arn }]) => `${key}: ${arn.split("/").at(-1)}`);
    return `${JSON.stringify(this.circumstances)}\n  ${this.events.join("\n  ")}\n  alive ${alive.join(" ")}; state ${state.join(" ")}`;
  }

  private get seconds(): string {
    return ((this.connect.clock.now().getTime() - Date.UTC(2026, 0, 1)) / 1000).toFixed(1);
  }

  private someKey(): string {
    const [first = "", ...others] = this.circumstances.keys;
    return this.random.pick([first, ...others]);
  }

  private killed(): Fate {
    return { killedAt: { call: 1 + Math.floor(this.random.next() * 8), side: this.random.pick(["before", "after"]) } };
  }

  private inputsOf(contactId: string) {
    return { instanceId: INSTANCE, contactId, evaluationFormId: FORM, autoEvaluationConfiguration: { enabled: true } };
  }

  private isOurs({ tags }: Stored): boolean {
    return tags.owner !== undefined;
  }

  private isOld(createdAt: number): boolean {
    return this.connect.clock.now().getTime() - createdAt > 24 * 3600_000;
  }

  private removeOthers(): void {
    for (const evaluation of this.connect.alive) {
      const isKnown = [...this.state.values()].some(({ arn }) => arn === evaluation.arn);
      if (!isKnown && (!this.isOurs(evaluation) || evaluation.answeredByPerson)) this.connect.delete(evaluation.arn);
    }
  }

  /** A process of the provider. */
  private process(fate: Fate): { calls: StartCalls; isAlive: () => boolean } {
    let count = 0;
    let isAlive = true;
    const dieAt = (side: "before" | "after", call: number) => {
      if (fate.killedAt?.call === call && fate.killedAt.side === side) {
        isAlive = false;
        this.events.push(`${this.seconds}   killed ${side} call ${call}`);
      }
      if (!isAlive) throw new Killed();
    };
    const before = (operation: Operation) => {
      count += 1;
      if (this.isTraced) this.events.push(`${this.seconds}     ${operation}`);
      dieAt("before", count);
      if (this.circumstances.denied === operation || fate.denied === operation) throw awsError("AccessDeniedException");
      if (READS.includes(operation) && this.random.happens(fate.failing ?? 0))
        throw awsError("InternalServiceException");
    };
    const after = (operation: Operation) => {
      dieAt("after", count);
      if (operation === "StartContactEvaluation" && this.random.happens(fate.failing ?? 0)) {
        throw awsError("InternalServiceException");
      }
    };
    return { calls: this.connect.calls(before, after), isAlive: () => isAlive };
  }

  /** `pulumi up --refresh`, with a forced replacement of one resource. Returns whether everything is as declared. */
  private async up(fate: Fate, replaced?: string): Promise<boolean> {
    const { calls, isAlive } = this.process(fate);
    const holdings = new Holdings();
    const { keys } = this.circumstances;
    this.isUncertain = false;
    for (const key of keys) await this.attempt(isAlive, () => this.refresh(calls, key));
    for (const [key, { arn }] of this.state) holdings.claim(arn, key);
    if (replaced !== undefined && this.state.has(replaced)) {
      await this.attempt(isAlive, () => this.remove(calls, replaced, holdings));
    }
    const missing = keys.filter((key) => !this.state.has(key));
    const creations = missing.map((key) => () => this.attempt(isAlive, () => this.create(calls, key, holdings)));
    // The engine creates in parallel what does not depend on each other.
    if (this.random.happens(0.5)) await Promise.all(creations.map((create) => create()));
    else for (const create of creations) await create();
    this.isInterrupted = !isAlive() || keys.some((key) => !this.state.has(key));
    const isDone =
      !this.isUncertain &&
      keys.every((key) => this.state.has(key)) &&
      [...this.state.values()].every((one) => !one.isUnfinished);
    const isUndisturbed = fate.killedAt === undefined && fate.failing === undefined && fate.denied === undefined;
    if (isUndisturbed && !isDone && !this.isUncertain) {
      this.failedUps += 1;
      this.events.push("  failed undisturbed");
    }
    return isDone && isAlive();
  }

  private async destroy(): Promise<void> {
    const { calls, isAlive } = this.process({});
    for (const key of [...this.state.keys()])
      await this.attempt(isAlive, () => this.remove(calls, key, new Holdings()));
  }

  /** What one operation of the engine comes to; a killed process saves nothing. */
  private async attempt(isAlive: () => boolean, act: () => Promise<() => void>): Promise<void> {
    try {
      const save = await act();
      if (isAlive()) save();
    } catch (error) {
      if (isAlive()) this.events.push(`${this.seconds}   ${firstLines(error)}`);
    }
  }

  private async refresh(calls: StartCalls, key: string): Promise<() => void> {
    const managed = this.state.get(key);
    if (managed === undefined) return () => undefined;
    const sight = await find(soughtOf(calls, managed));
    if (sight === "gone") return () => this.state.delete(key);
    if (typeof sight === "string") {
      this.isUncertain = true;
      return () => undefined;
    }
    return () => this.state.set(key, { ...managed, since: new Date(sight.createdTime), isUnfinished: false });
  }

  private async remove(calls: StartCalls, key: string, holdings: Holdings): Promise<() => void> {
    const managed = this.state.get(key);
    if (managed === undefined) return () => undefined;
    try {
      await calls.deleteContactEvaluation(parseEvaluationArn(managed.arn));
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const sight = await findAfter(soughtOf(calls, managed), error);
      if (sight !== "gone") throw new Error("not visible yet");
    }
    return () => {
      holdings.noteDeleted(managed.arn, key);
      this.state.delete(key);
    };
  }

  private async create(calls: StartCalls, key: string, holdings: Holdings): Promise<() => void> {
    const contactId = this.contacts.get(key) ?? "c1";
    const { keys } = this.circumstances;
    const clientToken = key === keys[0] ? this.circumstances.clientToken : undefined;
    const inputs = {
      ...this.inputsOf(contactId),
      tags: { owner: key, edited: this.random.pick(["once", "twice"]) },
      ...(clientToken !== undefined && { clientToken }),
    };
    const session = { settings: { namespace: "" }, holdings, say: () => undefined, sayOnce: () => undefined };
    try {
      const { evaluation } = await start({ session, connect: calls, inputs, key, marker: markerOf("", key) });
      const { evaluationArn: arn, createdTime } = evaluation;
      return () => this.state.set(key, { arn, contactId, since: new Date(createdTime), isUnfinished: false });
    } catch (error) {
      if (!(error instanceof Unfinished)) throw error;
      const since = this.connect.clock.now();
      return () => {
        this.events.push(
          `${this.seconds}   unfinished ${error.state.evaluationArn.split("/").at(-1)}: ${firstLines(error.cause)}`,
        );
        this.state.set(key, { arn: error.state.evaluationArn, contactId, since, isUnfinished: true });
      };
    }
  }
}

const soughtOf = (connect: StartCalls, { arn, contactId, since }: Managed): Sought => ({
  connect,
  state: { evaluationArn: arn, contactId, createdTime: since.toISOString() },
});

const firstLines = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n").slice(0, 3).join(" / ");
