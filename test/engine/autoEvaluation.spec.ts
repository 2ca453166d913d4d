import assert from "node:assert/strict";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { worldForEach } from "../support/world";

const WAITING: Partial<ContactEvaluationArgs> = {
  autoEvaluationConfiguration: { enabled: true },
  waitForAutoEvaluation: { timeoutSeconds: 60 },
};

describe("a program that waits for the automatic evaluation", () => {
  const world = worldForEach();

  for (const outcome of ["SUCCEEDED", "FAILED"] as const) {
    it(`gets its answers when it has ended as ${outcome}, and adds its own`, async () => {
      const w = world();
      Object.assign(w.emulator.behaviour, {
        automationMs: 1_500,
        automationOutcome: outcome,
        automatedAnswers: { q1: { StringValue: "Yes" }, q2: { NumericValue: 3 } },
      });
      await w.stack.up({ program: w.program("one", { ...WAITING, answers: { q2: 9 }, submit: true }) });
      const { outputs } = await w.stack.resource("one");
      assert.deepEqual([outputs?.autoEvaluationStatus, outputs?.status], [outcome, "SUBMITTED"]);
      assert.deepEqual(w.only.answers.q2?.Value, { NumericValue: 9 });
      await w.stack.up({ expectNoChanges: true });
    });
  }

  it("stays in the state after a timeout, and the next up waits on", async () => {
    const w = world();
    const waiting = { ...WAITING, waitForAutoEvaluation: { timeoutSeconds: 1 } };
    const failed = await w.stack.upFails({ program: w.program("one", waiting) });
    assert.match(
      failed.diagnostics.join("\n"),
      /could not wait for the automatic evaluation of arn:\S+\n {2}why: Amazon Connect has not ended it after 1 s\n {2}do: {2}run `pulumi up` again, which waits on/,
    );
    assert.deepEqual(await w.managed(), [w.only.arn]);
    await w.stack.upFails();
    await w.stack.refresh();
    await w.stack.upFails();
    w.emulator.someone.setsAutoEvaluationStatus(w.only.arn, "SUCCEEDED");
    await w.stack.up();
    assert.equal((await w.stack.resource("one")).outputs?.autoEvaluationStatus, "SUCCEEDED");
    assert.equal(w.emulator.started, 1);
    await w.stack.up({ expectNoChanges: true });
  });

  for (const suggestionsIn of ["SuggestedAnswers", "Value"] as const) {
    it(`leaves suggestions alone that it does not declare, in ${suggestionsIn}, and they are nobody's work`, async () => {
      const w = world();
      Object.assign(w.emulator.behaviour, {
        automationMs: 0,
        suggestionsIn,
        automatedAnswers: { q1: { StringValue: "Yes" }, q2: { NumericValue: 3 } },
      });
      await w.stack.up({ program: w.program("one", { ...WAITING, answers: { q1: "Yes", q2: 4 } }) });
      await w.stack.up({ program: w.program("one", { ...WAITING, answers: { q2: 4 } }) });
      await w.stack.refresh({ expectNoChanges: true });
      assert.equal(w.only.answers.q1?.SystemSuggestedValue?.StringValue, "Yes");
      await w.stack.destroy();
    });
  }
});
