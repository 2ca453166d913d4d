import assert from "node:assert/strict";
import type { ConnectEmulator } from "../../emulator/src";
import { UserError } from "../../provider/src/shared/errors";
import type { Inputs, State } from "../../provider/src/shared/model";
import type { Managed } from "../../provider/src/verbs/declarations";
import type { Lifecycle } from "../../provider/src/verbs/lifecycle";
import { Unfinished } from "../../provider/src/verbs/state";
import { lifecycleOf } from "../support/lifecycle";

const RESOURCE = { key: "key" };

/** A stack with one evaluation, driven as the engine drives it: what is saved is JSON, and each command is a new process. */
export class GradedStack {
  /** What the state has. */
  managed: Managed | undefined;
  /** The inputs in the state, which stand in for those that a program ignores. */
  inputs: Inputs | undefined;
  /** A create that failed and left nothing in the state; the same program has to be run again, or it is forgotten. */
  isCreatePending = false;
  private isUnfinished = false;
  private declared: Inputs | undefined;

  constructor(private readonly emulator: ConnectEmulator) {}

  /** What a process does that is killed, with all that it did not save. */
  async killed(command: () => Promise<unknown>): Promise<void> {
    const { managed, inputs, isUnfinished } = this;
    await command();
    Object.assign(this, { managed, inputs, isUnfinished, isCreatePending: managed === undefined });
  }

  /** @returns why it failed, in words for people. */
  async up(declared: Inputs): Promise<string | undefined> {
    const lifecycle = this.process();
    return this.failureOf(async () => {
      const inputs = await this.checked(lifecycle, declared, this.managed === undefined);
      if (this.managed === undefined) return this.create(lifecycle, inputs);
      const { replace, update } = await lifecycle.diff(RESOURCE, this.managed, inputs);
      if (replace.length > 0) return this.replace(lifecycle, this.managed, inputs);
      if (update.length > 0 || this.isUnfinished) this.save(await lifecycle.update(RESOURCE, this.managed, inputs));
    });
  }

  /** `up --replace`, which asks no diff, and checks as for a new resource. @returns why it failed, in words for people. */
  async replaced(declared: Inputs): Promise<string | undefined> {
    const lifecycle = this.process();
    return this.failureOf(async () => {
      assert.ok(this.managed);
      await this.replace(lifecycle, this.managed, await this.checked(lifecycle, declared, true));
    });
  }

  refresh(): Promise<string | undefined> {
    return this.failureOf(async () => {
      if (this.managed === undefined) return;
      const found = await this.process().read(this.managed);
      if (found === undefined) this.managed = undefined;
      else {
        this.managed = { ...this.managed, state: saved(found.state) };
        this.inputs = saved(found.inputs);
      }
    });
  }

  destroy(): Promise<string | undefined> {
    return this.failureOf(async () => {
      if (this.managed !== undefined) await this.process().delete(this.managed);
      this.managed = undefined;
    });
  }

  /** What `pulumi preview` would show. */
  async changes(declared: Inputs): Promise<string[]> {
    assert.ok(this.managed);
    const lifecycle = this.process();
    const { inputs } = await lifecycle.check(RESOURCE, { ...declared }, false);
    const { replace, update } = await lifecycle.diff(RESOURCE, this.managed, inputs);
    return [...replace, ...update];
  }

  private async checked(lifecycle: Lifecycle, declared: Inputs, isNew: boolean): Promise<Inputs> {
    const { inputs, faults } = await lifecycle.check(RESOURCE, { ...declared }, isNew);
    assert.deepEqual(faults, []);
    this.declared = inputs;
    return inputs;
  }

  private async create(lifecycle: Lifecycle, inputs: Inputs): Promise<void> {
    this.isCreatePending = true;
    this.save(await lifecycle.create(RESOURCE, inputs));
  }

  private async replace(lifecycle: Lifecycle, managed: Managed, inputs: Inputs): Promise<void> {
    await lifecycle.delete(managed);
    this.managed = undefined;
    await this.create(lifecycle, inputs);
  }

  /** Looks again in simulated time. */
  private process() {
    return lifecycleOf(this.emulator);
  }

  private save(state: State): void {
    this.inputs = this.declared && saved(this.declared);
    this.managed = { id: state.evaluationArn, state: saved(state), recorded: RESOURCE };
    this.isCreatePending = false;
    this.isUnfinished = false;
  }

  private async failureOf(command: () => Promise<void>): Promise<string | undefined> {
    try {
      await command();
      return undefined;
    } catch (error) {
      const cause = error instanceof Unfinished ? error.cause : error;
      if (!(cause instanceof UserError)) throw cause;
      if (error instanceof Unfinished) {
        this.save(error.state);
        this.isUnfinished = true;
      }
      return cause.message;
    }
  }
}

const saved = <T extends object>(properties: T): T => JSON.parse(JSON.stringify(properties)) as T;
