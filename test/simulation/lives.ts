import assert from "node:assert/strict";
import type { Connect } from "../../provider/src/connect/connect";
import { isLater, MARKER } from "../../provider/src/identity/marker";
import { UserError } from "../../provider/src/shared/errors";
import type { Inputs, State } from "../../provider/src/shared/model";
import type { Managed, Resource } from "../../provider/src/verbs/declarations";
import { Lifecycle } from "../../provider/src/verbs/lifecycle";
import { Session } from "../../provider/src/verbs/session";
import { Unfinished } from "../../provider/src/verbs/state";
import { Random } from "./random";
import { awsError, INSTANCE, type Operation, SimulatedConnect } from "./service";
import { BEHAVIOUR } from "./support";

/**
 * Random sequences of what can make two states have one evaluation: two stacks whose resources have one key, forced
 * replacements in either order, runs that are cut off, deletes in another process than the create, and a marker that
 * somebody removes, while reads of tags lag. The life cycle is the provider's; the engine's part is played here.
 */

const RESOURCE: Resource = { key: "key" };
const COMMANDS = [
  "up",
  "up",
  "replace",
  "replace",
  "replace, deleting first",
  "refresh",
  "edit",
  "killed replace",
  "killed up",
  "destroy",
  "untag",
  "work",
] as const;

/** What a stack's state has. */
interface Entry {
  managed: Managed;
  isUnfinished: boolean;
  /** Replaced, and not deleted yet. */
  isPendingDeletion: boolean;
}

interface Stack {
  name: string;
  round: number;
  entries: Entry[];
}

class Killed extends Error {}

/** What goes wrong in a process, which may end with one of its calls. */
interface Fate {
  /** The share of TagResource calls that fail, half of them after they were worked off. */
  failing?: number;
  killedAt?: { call: number; side: "before" | "after" };
}

/** The engine's Node.js process, and whether it has been killed. */
class Process {
  readonly lifecycle: Lifecycle;
  private calls = 0;
  isAlive = true;

  constructor(service: SimulatedConnect, random: Random, { killedAt, failing = 0 }: Fate) {
    const end = (side: string) => {
      if (killedAt?.side !== side || this.calls !== killedAt.call) return;
      this.isAlive = false;
    };
    const isLost = (operation: Operation) => operation === "TagResource" && random.happens(failing / 2);
    const before = (operation: Operation) => {
      this.calls += 1;
      end("before");
      if (!this.isAlive) throw new Killed();
      if (isLost(operation)) throw awsError("InternalServiceException");
    };
    const after = (operation: Operation) => {
      end("after");
      if (!this.isAlive) throw new Killed();
      if (isLost(operation)) throw awsError("InternalServiceException");
    };
    this.lifecycle = new Lifecycle(new SimulatedSession(service.calls(before, after) as unknown as Connect));
  }
}

class SimulatedSession extends Session {
  override readonly connectIn: () => Connect;

  constructor(connect: Connect) {
    super(
      () => undefined,
      () => undefined,
    );
    this.connectIn = () => connect;
  }
}

class LivesSequence {
  private readonly service: SimulatedConnect;
  private readonly stacks: [Stack, ...Stack[]];
  private readonly problems = new Set<string>();
  private readonly events: string[] = [];
  private isCutOff = false;
  /** Nothing goes wrong any more. */
  private isSettling = false;
  /** The stack that is being destroyed. */
  private destroyed: Stack | undefined;

  constructor(
    private readonly random: Random,
    private readonly mayUntag: boolean,
  ) {
    const tagLagMs = 1000 * random.pick([0, 0, 1, 3, 8]);
    this.service = new SimulatedConnect({ ...structuredClone(BEHAVIOUR), tagLagMs });
    const stack = (name: string): Stack => ({ name, round: 1, entries: [] });
    this.stacks = random.happens(0.5) ? [stack("p")] : [stack("p"), stack("q")];
    this.events.push(`tags lag by ${tagLagMs} ms`);
  }

  async play(): Promise<Set<string>> {
    for (let step = 0; step < 10; step += 1) {
      await this.command(this.random.pick(this.stacks), this.random.pick(COMMANDS));
      this.service.pass(1000 * this.random.pick([1, 1, 2, 20, 600]));
    }
    await this.settle();
    return this.problems;
  }

  get log(): string {
    const names = (entries: Entry[]) => entries.map((entry) => this.told(entry)).join(", ");
    return [...this.events, ...this.stacks.map(({ name, entries }) => `${name}: ${names(entries)}`)].join("\n  ");
  }

  private told({ managed: { id, state }, isPendingDeletion, isUnfinished }: Entry): string {
    const marks = `${isPendingDeletion ? "†" : ""}${isUnfinished ? "?" : ""}`;
    return `${id.split("/").at(-1)}${marks} ${state.marker} found ${state.foundMarker}`;
  }

  private async command(stack: Stack, what: (typeof COMMANDS)[number]): Promise<void> {
    const { random } = this;
    const stored = random.pick([undefined, ...this.service.alive]);
    this.events.push(`${this.service.clock.now().toISOString().slice(11, 19)} ${stack.name}: ${what}`);
    const killed = (): Fate => ({
      killedAt: { call: 1 + Math.floor(8 * random.next()), side: random.pick(["before", "after"]) },
    });
    if (what === "up") await this.up(stack);
    if (what === "killed up") await this.up(stack, killed());
    if (what === "replace") await this.replace(stack);
    if (what === "killed replace") await this.replace(stack, killed());
    if (what === "replace, deleting first") await this.replaceDeletingFirst(stack);
    if (what === "refresh") await this.refresh(stack);
    if (what === "edit") {
      stack.round += 1;
      await this.up(stack);
    }
    if (what === "destroy" && random.happens(0.3)) await this.destroy(stack);
    if (what === "untag" && this.mayUntag && random.happens(0.3) && stored) this.service.untag(stored.arn, [MARKER]);
    if (what === "work" && random.happens(0.2) && stored) stored.answeredByPerson = true;
  }

  /** What a stack has must stay its own. */
  private async settle(): Promise<void> {
    this.isSettling = true;
    let before = "";
    for (let round = 0; round < 8; round += 1) {
      for (const stack of this.stacks) {
        this.service.pass(100_000);
        await this.refresh(stack);
        await this.up(stack);
      }
      const now = this.stacks.map(({ entries }) => entries.map(({ managed }) => managed.id).join()).join(" ");
      if (round > 4 && now !== before) this.problems.add("changes hands for ever");
      before = now;
    }
    const held = this.stacks.flatMap(({ entries }) => entries.map(({ managed }) => managed.id));
    if (new Set(held).size < held.length) this.problems.add("two states have it for good");
    const left = this.service.alive.filter(({ arn, answeredByPerson }) => !held.includes(arn) && !answeredByPerson);
    if (left.length > 0) this.problems.add(this.isCutOff ? "left alive after a run that was cut off" : "left alive");
  }

  // What the engine does.

  private inputsOf({ round }: Stack): Inputs {
    return {
      instanceId: INSTANCE,
      contactId: "c",
      evaluationFormId: "f",
      region: "us-east-1",
      tags: { round: `${round}` },
    };
  }

  private async up(stack: Stack, fate: Fate = {}): Promise<void> {
    const process = this.process(fate);
    const inputs = this.inputsOf(stack);
    const current = stack.entries.find(({ isPendingDeletion }) => !isPendingDeletion);
    const isDone = await this.attempt(process, async () => {
      await process.lifecycle.check(RESOURCE, { ...inputs }, current === undefined);
      if (current === undefined) return this.create(process, stack);
      const { replace, update } = await process.lifecycle.diff(RESOURCE, current.managed, inputs);
      if (replace.length > 0) {
        await this.delete(process, stack, current);
        return this.create(process, stack);
      }
      if (update.length === 0 && !current.isUnfinished) return;
      await this.saving(process, current, () => process.lifecycle.update(RESOURCE, current.managed, inputs));
    });
    if (isDone) await this.deletePending(process, stack);
  }

  /** A forced replacement whose program has the engine create first. */
  private async replace(stack: Stack, fate: Fate = {}): Promise<void> {
    const current = stack.entries.find(({ isPendingDeletion }) => !isPendingDeletion);
    if (current === undefined || current.isUnfinished) return;
    const process = this.process(fate);
    const isCreated = await this.attempt(process, async () => {
      await process.lifecycle.check(RESOURCE, { ...this.inputsOf(stack) }, true);
      await this.create(process, stack, () => {
        current.isPendingDeletion = true;
      });
    });
    if (isCreated) await this.deletePending(process, stack);
  }

  private async replaceDeletingFirst(stack: Stack): Promise<void> {
    const current = stack.entries.find(({ isPendingDeletion }) => !isPendingDeletion);
    if (current === undefined) return;
    const process = this.process({});
    await this.attempt(process, async () => {
      await process.lifecycle.check(RESOURCE, { ...this.inputsOf(stack) }, true);
      await this.delete(process, stack, current);
      await this.create(process, stack);
    });
  }

  private async refresh({ entries }: Stack): Promise<void> {
    const { lifecycle } = this.process({});
    for (const entry of [...entries].filter(({ isPendingDeletion }) => !isPendingDeletion)) {
      const found = await lifecycle.read(entry.managed);
      if (found === undefined) entries.splice(entries.indexOf(entry), 1);
      else entry.managed = { ...entry.managed, state: saved(found.state) };
    }
  }

  private async destroy(stack: Stack): Promise<void> {
    this.destroyed = stack;
    const process = this.process({});
    for (const entry of [...stack.entries]) await this.attempt(process, () => this.delete(process, stack, entry));
    this.destroyed = undefined;
  }

  /** In half of the runs, the deletes are another process's: the one that the state names. */
  private async deletePending(process: Process, stack: Stack): Promise<void> {
    if (!process.isAlive) return;
    const deleting = this.random.happens(0.5) ? process : this.process({});
    for (const entry of stack.entries.filter(({ isPendingDeletion }) => isPendingDeletion)) {
      await this.attempt(deleting, () => this.delete(deleting, stack, entry));
    }
  }

  private process(fate: Fate): Process {
    return new Process(this.service, this.random, { failing: this.isSettling ? 0 : 0.05, ...fate });
  }

  private async create(process: Process, stack: Stack, onSaved = () => {}): Promise<void> {
    const inputs = this.inputsOf(stack);
    const entry: Partial<Entry> = { isPendingDeletion: false };
    const save = () => {
      onSaved();
      stack.entries.push(entry as Entry);
    };
    try {
      await this.saving(process, entry, () => process.lifecycle.create(RESOURCE, inputs));
    } catch (error) {
      if (error instanceof Killed) this.isCutOff = true;
      if (error instanceof Unfinished) save();
      throw error;
    }
    save();
  }

  private async saving(process: Process, entry: Partial<Entry>, act: () => Promise<State>): Promise<void> {
    const save = (state: State, isUnfinished: boolean) => {
      entry.managed = { id: state.evaluationArn, state: saved(state), recorded: RESOURCE };
      entry.isUnfinished = isUnfinished;
    };
    try {
      const state = await act();
      if (!process.isAlive) throw new Killed();
      save(state, false);
    } catch (error) {
      if (!process.isAlive) throw new Killed();
      if (error instanceof Unfinished) save(error.state, true);
      throw error;
    }
  }

  private async delete(process: Process, stack: Stack, entry: Entry): Promise<void> {
    const { id, state } = entry.managed;
    const wasAlive = this.service.alive.some(({ arn }) => arn === id);
    await process.lifecycle.delete(entry.managed);
    stack.entries.splice(stack.entries.indexOf(entry), 1);
    const isAlive = this.service.alive.some(({ arn }) => arn === id);
    if (!wasAlive || isAlive) return;
    this.events.push(`  deleted ${id.split("/").at(-1)} of ${state.marker}`);
    const others = this.stacks.flatMap((one) => (one === this.destroyed ? [] : one.entries));
    const isLaters = ({ managed: other, isPendingDeletion }: Entry) =>
      other.id === id && !isPendingDeletion && isLater(other.state.marker ?? "", state.marker ?? "");
    const later = others.find(isLaters);
    if (later === undefined) return;
    this.problems.add(
      later.isUnfinished ? "deleted before its take-over was finished" : "the evaluation of a later life deleted",
    );
  }

  /** Whether it went well. What people are told does not end the sequence; a mistake of the package's does. */
  private async attempt(process: Process, act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      const cause = error instanceof Unfinished ? error.cause : error;
      if (process.isAlive) assert.ok(cause instanceof UserError, String(cause));
      this.events.push(`  ${process.isAlive ? String(cause).split("\n").slice(0, 2).join(" ") : "killed"}`);
      return false;
    }
  }
}

const saved = (state: State): State => JSON.parse(JSON.stringify(state)) as State;

interface LivesOptions {
  sequences: number;
  firstSeed?: number;
  /** Whether somebody may remove markers. */
  untagging?: boolean;
  /** Gets the story of each sequence that ends badly. */
  onBad?: (problem: string, seed: number, log: string) => void;
}

/** How often each problem came up, by its name; nothing when all went well. */
export async function simulateLives({
  sequences,
  firstSeed = 0,
  untagging = false,
  onBad,
}: LivesOptions): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let seed = firstSeed; seed < firstSeed + sequences; seed += 1) {
    const sequence = new LivesSequence(new Random(seed), untagging);
    for (const problem of await sequence.play()) {
      counts[problem] = (counts[problem] ?? 0) + 1;
      onBad?.(problem, seed, sequence.log);
    }
  }
  return counts;
}
