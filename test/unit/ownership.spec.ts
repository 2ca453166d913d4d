import assert from "node:assert/strict";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { MARKER, RELEASED } from "../../provider/src/identity/marker";
import type { Inputs, State } from "../../provider/src/shared/model";
import type { Managed, Resource } from "../../provider/src/verbs/declarations";
import type { Lifecycle } from "../../provider/src/verbs/lifecycle";
import { Unfinished } from "../../provider/src/verbs/state";
import { lifecycleOf, REGION } from "../support/lifecycle";

const resource: Resource = { key: "key" };
const DENIED = { error: "AccessDeniedException" } as const;

describe("who has an evaluation, from one process to the next", () => {
  let emulator: ConnectEmulator;
  let inputs: Inputs;
  let formArn: string;

  beforeEach(async () => {
    emulator = await startConnectEmulator({ region: REGION });
    const { instanceId } = emulator.addInstance();
    const { contactId } = emulator.addContact(instanceId);
    const { evaluationFormId, arn } = emulator.addEvaluationForm(instanceId);
    formArn = arn;
    inputs = { instanceId, contactId, evaluationFormId };
  });

  afterEach(() => emulator.close());

  const arns = () => emulator.evaluations().map(({ arn }) => arn);
  const marker = (id: string) => emulator.evaluation(id)?.tags[MARKER];
  const managed = (state: State, recorded = resource): Managed => ({ id: state.evaluationArn, state, recorded });
  /** Each in a process of its own. */
  const create = async (of = resource, lifecycle = lifecycleOf(emulator)) =>
    managed(await lifecycle.create(of, inputs), of);

  async function unfinished(act: Promise<State>): Promise<Unfinished> {
    const error: unknown = await act.then(
      () => undefined,
      (one: unknown) => one,
    );
    assert.ok(error instanceof Unfinished);
    return error;
  }

  async function diffAndUpdate(of: Resource, lost: Managed, lifecycle: Lifecycle) {
    const { update } = await lifecycle.diff(of, lost, inputs);
    assert.deepEqual(update, ["marker"]);
    return lifecycle.update(of, lost, inputs);
  }

  for (const forceDestroy of [false, true]) {
    it(`a renamed stack loses its evaluation to a new one under its old name, and deletes nothing of it${forceDestroy ? " with force" : ""}`, async () => {
      inputs.forceDestroy = forceDestroy;
      const old = await create();
      const taken = await create();
      assert.equal(taken.id, old.id);
      assert.deepEqual(await lifecycleOf(emulator).diff(resource, taken, inputs), { replace: [], update: [] });
      const renamed = { key: "renamed" };
      const { state, message } = await unfinished(diffAndUpdate(renamed, old, lifecycleOf(emulator)));
      assert.match(message, /another resource has it[\s\S]*starts another one/);
      const next = lifecycleOf(emulator);
      assert.deepEqual((await next.diff(renamed, managed(state), inputs)).replace, ["marker"]);
      await next.delete(managed(state));
      const own = await create(renamed, next);
      assert.deepEqual(arns(), [taken.id, own.id]);
      await lifecycleOf(emulator).delete(own);
      assert.deepEqual(arns(), [taken.id]);
    });
  }

  it("a renamed stack keeps its evaluation where it runs first", async () => {
    const old = await create();
    const renamed = { key: "renamed" };
    await diffAndUpdate(renamed, old, lifecycleOf(emulator));
    assert.notEqual((await create()).id, old.id);
  });

  it("an adoption marks the evaluation although the stack ignores the tag", async () => {
    const { id: evaluationArn } = await create({ key: "other" });
    emulator.someone.untags(evaluationArn, [MARKER]);
    const lifecycle = lifecycleOf(emulator, { "aws:ignoreTags": JSON.stringify({ keyPrefixes: ["pulumi"] }) });
    const state = await lifecycle.create({ ...resource, adopts: evaluationArn }, inputs);
    assert.equal(marker(evaluationArn), state.marker);
  });

  it("a take-over that may not set the tag is kept as unfinished in its new life, and finished by the next run", async () => {
    const old = await create();
    emulator.faults.add({ operation: "TagResource", times: 1, fault: DENIED });
    const { state, message } = await unfinished(lifecycleOf(emulator).create(resource, inputs));
    assert.match(message, /could not set the tag pulumi-connect-evaluations/);
    assert.equal(marker(old.id), old.state.marker);
    const updated = await lifecycleOf(emulator).update(resource, managed(state), inputs);
    assert.equal(updated.marker, state.marker);
    assert.equal(marker(old.id), state.marker);
    // What the state had before is an earlier life.
    await lifecycleOf(emulator).delete(old);
    assert.deepEqual(arns(), [old.id]);
  });

  it("a take-over that fails to grade has its tag set all the same, so that no earlier state deletes it", async () => {
    const old = await create();
    inputs.notes = { q1: "Warm." };
    emulator.faults.add({ operation: "UpdateContactEvaluation", times: Number.POSITIVE_INFINITY, fault: DENIED });
    const { state } = await unfinished(lifecycleOf(emulator).create(resource, inputs));
    assert.equal(marker(old.id), state.marker);
    await lifecycleOf(emulator).delete(old);
    assert.deepEqual(arns(), [old.id]);
  });

  it("an evaluation with another version of the form than the program expects is not taken over", async () => {
    const old = await create();
    emulator.someone.publishes(formArn, {});
    inputs.evaluationFormVersion = 2;
    const { id } = await create();
    assert.notEqual(id, old.id);
    assert.deepEqual(arns(), [old.id, id]);
  });

  it("a replacement that keeps the old evaluation releases it, so that no later start finds it", async () => {
    const retained = { ...resource, isRetained: true };
    inputs.triggers = [1];
    const old = await create(retained);
    inputs.triggers = [2];
    const lifecycle = lifecycleOf(emulator);
    assert.deepEqual((await lifecycle.diff(retained, old, inputs)).replace, ["triggers"]);
    const next = await create(retained, lifecycle);
    assert.equal(marker(old.id), RELEASED);
    await lifecycleOf(emulator).delete(next);
    assert.notEqual((await create()).id, old.id);
  });

  it("a replacement releases nothing of another's", async () => {
    const retained = { ...resource, isRetained: true };
    inputs.triggers = [1];
    const old = await create(retained);
    const taken = await create(retained);
    inputs.triggers = [2];
    const lifecycle = lifecycleOf(emulator);
    await lifecycle.diff(retained, old, inputs);
    await create(retained, lifecycle);
    assert.equal(marker(old.id), taken.state.marker);
  });

  it("a delete that may not read the tags fails, whatever allows to lose work", async () => {
    emulator.behaviour.describeTags = "omitted";
    inputs.forceDestroy = true;
    const { id, state } = await create();
    emulator.faults.add({ operation: "ListTagsForResource", times: 1, fault: DENIED });
    await assert.rejects(lifecycleOf(emulator).delete(managed(state)), /could not list the tags of evaluation/);
    assert.deepEqual(arns(), [id]);
  });
});
