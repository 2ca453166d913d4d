import assert from "node:assert/strict";
import { type ConnectEmulator, type Evaluation, startConnectEmulator } from "../../emulator/src";
import type { Inputs } from "../../provider/src/shared/model";
import { REGION } from "../support/lifecycle";
import { GradedStack } from "./gradedStack";

/** A Connect with one contact and one form, and an empty stack that works with it. */
export class Scene {
  readonly stack: GradedStack;
  /** What every program declares. */
  readonly base: Inputs;

  constructor(readonly emulator: ConnectEmulator) {
    emulator.reset();
    const { instanceId } = emulator.addInstance();
    const { contactId } = emulator.addContact(instanceId);
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    this.base = { instanceId, contactId, evaluationFormId, region: REGION };
    this.stack = new GradedStack(emulator);
  }

  /** The one evaluation that the service holds. */
  only(): Evaluation {
    const [evaluation, ...others] = this.emulator.evaluations();
    assert.ok(evaluation);
    assert.deepEqual(others, []);
    return evaluation;
  }
}

/** Gives a suite an emulator, and makes a scene of it whenever it is asked to. */
export function scenes(): () => Scene {
  let emulator: ConnectEmulator;
  before(async () => {
    emulator = await startConnectEmulator({ region: REGION });
  });
  after(() => emulator.close());
  return () => new Scene(emulator);
}

/** Asserts that a command of a stack does not fail. */
export const goesWell = async (command: Promise<string | undefined>, when?: string): Promise<void> =>
  assert.equal(await command, undefined, when);
