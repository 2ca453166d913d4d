import assert from "node:assert/strict";
import { type ConnectEmulator, type Fault, startConnectEmulator } from "../../emulator/src";
import type { Inputs } from "../../provider/src/shared/model";
import type { Managed } from "../../provider/src/verbs/declarations";
import { lifecycleOf, REGION } from "../support/lifecycle";
import { UNKNOWN } from "./values";

const ALWAYS = Number.POSITIVE_INFINITY;
const resource = { key: "key" };

describe("a replacement, verb by verb", () => {
  let emulator: ConnectEmulator;
  beforeEach(async () => {
    emulator = await startConnectEmulator({ region: REGION });
  });
  afterEach(() => emulator.close());

  async function started(more: Partial<Inputs> = {}) {
    const { instanceId } = emulator.addInstance();
    const { contactId } = emulator.addContact(instanceId);
    const { contactId: otherContact } = emulator.addContact(instanceId);
    const form = emulator.addEvaluationForm(instanceId);
    const inputs: Inputs = { instanceId, contactId, evaluationFormId: form.evaluationFormId, ...more };
    const state = await lifecycleOf(emulator).create(resource, inputs);
    const managed: Managed = { id: state.evaluationArn, state, recorded: resource };
    return { inputs, managed, otherContact, form };
  }

  /** What the engine asks in an `up` up to the delete. */
  async function replace(managed: Managed, inputs: Inputs): Promise<void> {
    const lifecycle = lifecycleOf(emulator);
    await lifecycle.check(resource, { ...inputs }, false);
    const { replace } = await lifecycle.diff(resource, managed, inputs);
    assert.ok(replace.length > 0);
    const { faults } = await lifecycle.check(resource, { ...inputs }, true);
    assert.deepEqual(faults, []);
    await lifecycle.delete(managed);
  }

  const unknown: [what: string, inputs: (known: Inputs) => Partial<Inputs>][] = [
    ["contact", () => ({ contactId: UNKNOWN })],
    ["form", () => ({ evaluationFormId: UNKNOWN })],
    ["instance", () => ({ instanceId: UNKNOWN })],
    ["Region", () => ({ region: UNKNOWN })],
    ["version", () => ({ evaluationFormVersion: UNKNOWN as unknown as number })],
    ["trigger", () => ({ triggers: UNKNOWN as unknown as unknown[] })],
    ["part of a trigger", () => ({ triggers: [{ items: [UNKNOWN, "b"] }] })],
  ];
  for (const [what, change] of unknown) {
    it(`that an unknown ${what} may not need warns of somebody's work and of answers that do not fit`, async () => {
      const { inputs, managed, form } = await started({
        answers: { q1: "Yes" },
        triggers: [{ items: ["a", "b"] }],
        evaluationFormVersion: 1,
      });
      emulator.someone.notes(managed.id, { q1: "Warm." });
      const said: string[] = [];
      const preview = lifecycleOf(emulator, {}, (line) => said.push(line));
      // The evaluation has version 1; with version 2 the answers would not fit.
      const items = [{ Question: { Title: "New?", RefId: "new", QuestionType: "TEXT" } }] as const;
      emulator.someone.publishes(form.arn, { Items: [{ Section: { Title: "S", RefId: "s", Items: [...items] } }] });
      const declared = { ...inputs, ...change(inputs) };
      const { replace } = await preview.diff(resource, managed, declared);
      assert.equal(replace.length, 1);
      assert.match(said.join("\n"), /not known yet. If this changes, the run fails: [\s\S]*it has 1 note/);
      const { faults } = await preview.check(resource, declared, true);
      assert.deepEqual(faults, []);
      // In the run all is known: here, as it was.
      assert.deepEqual(await lifecycleOf(emulator).diff(resource, managed, inputs), { replace: [], update: [] });
    });
  }

  it("that something else needs for certain is refused beside what is not known yet", async () => {
    const { inputs, managed, otherContact } = await started({ triggers: ["a", "b"] });
    emulator.someone.notes(managed.id, { q1: "Warm." });
    const certain: Partial<Inputs>[] = [
      { contactId: otherContact, evaluationFormId: UNKNOWN },
      { triggers: [UNKNOWN, "c"] },
      { triggers: [UNKNOWN] },
    ];
    for (const change of certain) {
      const diff = lifecycleOf(emulator).diff(resource, managed, { ...inputs, ...change });
      await assert.rejects(diff, /could not replace evaluation[\s\S]*it has 1 note/);
    }
  });

  const failures: Readonly<Record<string, Fault>> = {
    failing: { error: "InternalServiceException" },
    "cut off": { drop: "before" },
  };
  for (const [how, fault] of Object.entries(failures)) {
    it(`deletes nothing while the look at what it needs is ${how}, and goes on afterwards`, async () => {
      const { inputs, managed } = await started({ answers: { q1: "Yes" }, triggers: ["a"] });
      const next = { ...inputs, triggers: ["b"] };
      for (const operation of ["DescribeEvaluationForm", "ListEvaluationFormVersions", "DescribeContact"] as const) {
        const handle = emulator.faults.add({ operation, fault, times: ALWAYS });
        await assert.rejects(
          replace(managed, next),
          /could not replace evaluation \S+; nothing was deleted/,
          operation,
        );
        handle.remove();
        assert.equal(emulator.evaluations().length, 1);
      }
      await replace(managed, next);
      assert.equal(emulator.evaluations().length, 0);
    });
  }

  it("goes on where the look at what it needs is denied", async () => {
    const { inputs, managed } = await started({ answers: { q1: "Yes" }, triggers: ["a"] });
    emulator.behaviour.denied = ["DescribeEvaluationForm", "ListEvaluationFormVersions", "DescribeContact"];
    await replace(managed, { ...inputs, triggers: ["b"] });
    assert.equal(emulator.evaluations().length, 0);
  });

  it("looks at the form once for all that have the same triggers, and again for other ones", async () => {
    const { inputs, managed, form } = await started({ answers: { q1: "Yes" }, triggers: ["a"] });
    const lifecycle = lifecycleOf(emulator);
    emulator.clearRequests();
    for (const key of ["one", "two"]) await lifecycle.check({ key }, { ...inputs }, true);
    assert.equal(emulator.calls("DescribeEvaluationForm"), 1);
    // The form changes in this deployment, and with it the triggers.
    const items = [{ Question: { Title: "New?", RefId: "new", QuestionType: "TEXT" } }] as const;
    emulator.someone.publishes(form.arn, { Items: [{ Section: { Title: "S", RefId: "s", Items: [...items] } }] });
    const next = { ...inputs, triggers: ["b"] };
    await lifecycle.check(resource, { ...next }, false);
    await lifecycle.diff(resource, managed, next);
    await assert.rejects(lifecycle.delete(managed), /nothing was deleted[\s\S]*answers\["q1"\] is not a question/);
    assert.equal(emulator.evaluations().length, 1);
  });
});
