import assert from "node:assert/strict";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { type World, worldForEach } from "../support/world";

/** A form of its own, and a program with one evaluation with it. */
function withForm(w: World) {
  const { evaluationFormId, arn } = w.emulator.addEvaluationForm(w.instanceId);
  return {
    program: (args: Partial<ContactEvaluationArgs>) => w.program("one", { evaluationFormId, ...args }),
    publishes: (content = {}) => w.emulator.someone.publishes(arn, content),
  };
}

const replaceKeys = ({ steps }: { steps: readonly { replaceKeys: readonly string[] }[] }) =>
  steps.find((step) => step.replaceKeys.length > 0)?.replaceKeys;

describe("the form version that a program expects", () => {
  const world = worldForEach();

  it("may be declared and left out again without a change, and another one replaces", async () => {
    const w = world();
    const { program, publishes } = withForm(w);
    await w.stack.up({ program: program({ evaluationFormVersion: 1 }) });
    const { arn } = w.only;
    await w.stack.refresh({ expectNoChanges: true });
    await w.stack.up({ program: program({}), expectNoChanges: true });
    assert.equal((await w.stack.resource("one")).outputs?.evaluationFormVersion, 1);
    await w.stack.refresh({ expectNoChanges: true });
    await w.stack.up({ program: program({}), expectNoChanges: true });
    publishes();
    await w.stack.up({ program: program({ evaluationFormVersion: 1 }), expectNoChanges: true });
    assert.equal(w.only.arn, arn);
    assert.deepEqual(replaceKeys(await w.stack.up({ program: program({ evaluationFormVersion: 2 }) })), [
      "evaluationFormVersion",
    ]);
    assert.equal(w.only.evaluationFormVersion, 2);
  });

  it("fails the preview when another one is active, also where a later version is a draft", async () => {
    const w = world();
    const { program, publishes } = withForm(w);
    publishes();
    const failed = await w.stack.previewFails({ program: program({ evaluationFormVersion: 1 }) });
    assert.match(
      failed.diagnostics.join("\n"),
      /evaluationFormVersion must be 2, which is the active version of the form; got 1/,
    );
    await w.stack.preview({ program: program({ evaluationFormVersion: 2 }) });
  });

  it("undoes a start that pinned another one all the same", async () => {
    const w = world();
    const { program, publishes } = withForm(w);
    const start = w.emulator.waitForRequest(({ operation }) => operation === "DescribeContact");
    const failing = w.stack.upFails({ program: program({ evaluationFormVersion: 1 }) });
    await start;
    publishes();
    const failed = await failing;
    assert.match(
      failed.diagnostics.join("\n"),
      /could not start an evaluation with version 1 of evaluation form \S+\n {2}why: version 2 is active now; the evaluation that was started with it was deleted again\n {2}do: {2}set evaluationFormVersion: 2, or activate version 1/,
    );
    assert.deepEqual([w.emulator.started, w.emulator.evaluations().length], [1, 0]);
    assert.deepEqual(await w.managed(), []);
    await w.stack.up({ program: program({ evaluationFormVersion: 2 }) });
    assert.equal(w.only.evaluationFormVersion, 2);
  });

  it("keeps what it cannot undo in the state, and the next up replaces it", async () => {
    const w = world();
    const { program, publishes } = withForm(w);
    const fault = w.emulator.faults.add({
      operation: "DeleteContactEvaluation",
      fault: { error: "AccessDeniedException", status: 403 },
    });
    const start = w.emulator.waitForRequest(({ operation }) => operation === "DescribeContact");
    const failing = w.stack.upFails({ program: program({ evaluationFormVersion: 1 }) });
    await start;
    publishes();
    assert.match(
      (await failing).diagnostics.join("\n"),
      /could not delete evaluation \S+ again, which pinned version 2/,
    );
    assert.deepEqual([fault.hits, await w.managed()], [1, [w.only.arn]]);
    await w.stack.up({ program: program({ evaluationFormVersion: 2 }) });
    assert.equal(w.only.evaluationFormVersion, 2);
  });
});

describe("triggers", () => {
  const world = worldForEach();

  it("replace when one changes, and not when the first are declared or the last are left out", async () => {
    const w = world();
    const arns = new Set<string>();
    const up = async (triggers?: unknown[]) => {
      const result = await w.stack.up({ program: w.program("one", { ...(triggers && { triggers }) }) });
      arns.add(w.only.arn);
      return result;
    };
    await up();
    await up([{ items: [1, "a"] }]);
    await up([{ items: [1, "a"] }]);
    assert.equal(arns.size, 1);
    await w.stack.refresh({ expectNoChanges: true });
    assert.deepEqual(replaceKeys(await up([{ items: [1, "b"] }])), ["triggers"]);
    await up();
    assert.equal(arns.size, 2);
  });

  it("let a form change in the same deployment: what does not fit yet is a warning, and the look before the delete has the last word", async () => {
    const w = world();
    const { program, publishes } = withForm(w);
    await w.stack.up({ program: program({ answers: { q1: "Yes" }, submit: true, triggers: ["v1"] }) });
    const { arn } = w.only;
    const wrongVersion = program({ evaluationFormVersion: 2, triggers: ["v2"] });
    const { diagnostics: warned } = await w.stack.preview({ program: wrongVersion });
    assert.match(warned.join("\n"), /as the form is now, evaluationFormVersion must be 1/);
    const refused = await w.stack.upFails();
    assert.match(refused.diagnostics.join("\n"), /nothing was deleted\n {2}why: evaluationFormVersion must be 1/);
    const next = program({ answers: { new: "text" }, triggers: ["v2"] });
    const { diagnostics } = await w.stack.preview({ program: next });
    assert.match(diagnostics.join("\n"), /as the form is now, answers\["new"\] is not a question of the form/);
    const failed = await w.stack.upFails({ program: next });
    assert.match(
      failed.diagnostics.join("\n"),
      /could not replace evaluation \S+; nothing was deleted\n {2}why: answers\["new"\] is not/,
    );
    assert.deepEqual([w.only.arn, w.only.status], [arn, "SUBMITTED"]);
    publishes({
      Items: [
        {
          Section: {
            Title: "S",
            RefId: "s",
            Items: [{ Question: { Title: "New?", RefId: "new", QuestionType: "TEXT" } }],
          },
        },
      ],
    });
    await w.stack.up();
    assert.deepEqual(w.only.answers.new?.Value, { StringValue: "text" });
  });
});
