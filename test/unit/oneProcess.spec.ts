import assert from "node:assert/strict";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import type { Inputs } from "../../provider/src/shared/model";
import type { Managed, Resource } from "../../provider/src/verbs/declarations";
import type { Lifecycle } from "../../provider/src/verbs/lifecycle";
import { lifecycleOf, REGION } from "../support/lifecycle";

const resource: Resource = { key: "key" };

describe("the verbs that one process is asked for", () => {
  let emulator: ConnectEmulator;
  let lifecycle: Lifecycle;
  let inputs: Inputs;
  let otherContact: string;

  beforeEach(async () => {
    emulator = await startConnectEmulator({ region: REGION });
    lifecycle = lifecycleOf(emulator);
    const { instanceId } = emulator.addInstance();
    const { contactId } = emulator.addContact(instanceId);
    otherContact = emulator.addContact(instanceId).contactId;
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    inputs = { instanceId, contactId, evaluationFormId };
  });

  afterEach(() => emulator.close());

  const arns = () => emulator.evaluations().map(({ arn }) => arn);

  async function created(of: Lifecycle = lifecycle): Promise<Managed> {
    await of.check(resource, { ...inputs }, true);
    const state = await of.create(resource, inputs);
    return { id: state.evaluationArn, state, recorded: resource };
  }

  it("delete what an earlier one of them started", async () => {
    await lifecycle.delete(await created());
    assert.deepEqual(arns(), []);
  });

  it("delete what an earlier one of them took over, once a run has seen it in the state", async () => {
    const { id } = await created(lifecycleOf(emulator));
    const managed = await created();
    assert.equal(managed.id, id);
    await lifecycle.check(resource, { ...inputs }, false);
    await lifecycle.diff(resource, managed, inputs);
    await lifecycle.delete(managed);
    assert.deepEqual(arns(), []);
  });

  it("keep what a forced replacement finds for itself before it deletes, and delete it in its new life", async () => {
    const managed = await created(lifecycleOf(emulator));
    await lifecycle.check(resource, { ...inputs }, true);
    const state = await lifecycle.create(resource, inputs);
    assert.equal(state.evaluationArn, managed.id);
    await lifecycle.delete(managed);
    assert.deepEqual(arns(), [managed.id]);
    await lifecycle.delete({ ...managed, state });
    assert.deepEqual(arns(), []);
  });

  it("replace a resource that is renamed in the same run, as the program says now", async () => {
    const managed = await created(lifecycleOf(emulator));
    emulator.someone.notes(managed.id, { q1: "Warm." });
    const renamed = { key: "renamed" };
    const moved = { ...inputs, contactId: otherContact, forceDestroy: true };
    await lifecycle.check(renamed, { ...moved }, false);
    const { replace } = await lifecycle.diff(renamed, managed, moved);
    assert.deepEqual(replace, ["contactId"]);
    await lifecycle.delete(managed);
    const { evaluationArn } = await lifecycle.create(renamed, moved);
    assert.deepEqual(arns(), [evaluationArn]);
  });

  it("set the marker where the state has none, with whatever changes, and not without a change", async () => {
    const { id, state, recorded } = await created();
    emulator.someone.untags(id, ["pulumi-connect-evaluations"]);
    const unmarked = { id, state: { ...state }, recorded };
    delete unmarked.state.marker;
    assert.deepEqual(await lifecycle.diff(resource, unmarked, inputs), { replace: [], update: [] });
    const { marker } = await lifecycle.update(resource, unmarked, { ...inputs, forceDestroy: true });
    assert.match(marker ?? "", new RegExp(`^${state.marker}\\.\\d{10}\\.[0-9a-f]{8}$`));
    assert.equal(emulator.evaluation(id)?.tags["pulumi-connect-evaluations"], marker);
  });

  it("name the key of the marker where the policy denies a call that sends it", async () => {
    const managed = await created();
    const denied = { error: "AccessDeniedException" } as const;
    emulator.faults.add({ operation: ["StartContactEvaluation", "TagResource"], times: 9, fault: denied });
    const hint = /if a policy restricts tag keys \(aws:TagKeys\), the key pulumi-connect-evaluations/;
    await assert.rejects(lifecycle.create({ key: "other" }, { ...inputs, contactId: otherContact }), hint);
    await assert.rejects(lifecycle.update(resource, managed, { ...inputs, tags: { a: "1" } }), hint);
    emulator.someone.untags(managed.id, ["pulumi-connect-evaluations"]);
    await assert.rejects(lifecycleOf(emulator).create({ key: "other", adopts: managed.id }, inputs), hint);
  });
});
