import assert from "node:assert/strict";
import { type World, worldForEach } from "../support/world";

/** The values of an evaluation's answers, by question. */
const valuesIn = (w: World) =>
  Object.fromEntries(Object.entries(w.only.answers).map(([question, { Value }]) => [question, Value]));

const operations = (w: World) => w.emulator.requests.map(({ operation }) => operation);

describe("declared answers and notes", () => {
  const world = worldForEach();

  const grades = {
    answers: { q1: "Yes", q2: 7, q3: "Listen first." },
    notes: { q1: "Warm and short.", s1: "A good start." },
  };

  it("are set in one call, changed, and deleted when they are dropped", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", grades) });
    assert.deepEqual(valuesIn(w), {
      q1: { StringValue: "Yes" },
      q2: { NumericValue: 7 },
      q3: { StringValue: "Listen first." },
    });
    assert.deepEqual(w.only.notes, { q1: { Value: "Warm and short." }, s1: { Value: "A good start." } });
    assert.deepEqual(operations(w), [
      "DescribeEvaluationForm",
      "DescribeContact",
      "StartContactEvaluation",
      "DescribeContactEvaluation",
      "UpdateContactEvaluation",
      "DescribeContactEvaluation",
    ]);
    assert.deepEqual((await w.stack.up({ expectNoChanges: true })).changes, { same: 1 });
    assert.deepEqual((await w.stack.refresh({ expectNoChanges: true })).changes, { same: 1 });

    w.emulator.clearRequests();
    await w.stack.up({
      program: w.program("one", { answers: { q1: { notApplicable: true }, q2: 8 }, notes: { s1: "Good." } }),
    });
    assert.deepEqual(valuesIn(w), { q1: { NotApplicable: true }, q2: { NumericValue: 8 } });
    assert.deepEqual(w.only.notes, { s1: { Value: "Good." } });
    assert.equal(w.emulator.calls("UpdateContactEvaluation"), 1);
    await w.stack.destroy();
  });

  it("of others are never touched", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: { q1: "Yes" } }) });
    w.emulator.someone.answers(w.only.arn, { q2: { NumericValue: 3 } });
    w.emulator.someone.notes(w.only.arn, { q1: "by a person" });
    assert.deepEqual((await w.stack.refresh({ expectNoChanges: true })).changes, { same: 1 });
    await w.stack.up({ program: w.program("one", { answers: { q1: "No" } }) });
    await w.stack.up({ program: w.program("one") });
    assert.deepEqual(valuesIn(w), { q2: { NumericValue: 3 } });
    assert.deepEqual(w.only.notes, { q1: { Value: "by a person" } });
    const refused = await w.stack.destroyFails();
    assert.match(refused.diagnostics.join("\n"), /it has 1 answer and it has 1 note/);
    w.unmanaged.add(w.only.arn);
    w.gone.add(w.only.arn);
  });
});
