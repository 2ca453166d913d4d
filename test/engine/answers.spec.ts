import assert from "node:assert/strict";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { EVERY_KIND, EXPERT } from "../support/forms";
import { type World, worldForEach } from "../support/world";

/** The values of an evaluation's answers, by question. */
const valuesIn = (w: World) =>
  Object.fromEntries(Object.entries(w.only.answers).map(([question, { Value }]) => [question, Value]));

const operations = (w: World) => w.emulator.requests.map(({ operation }) => operation);

/** A program with one evaluation with the form that has every kind of question. */
function everyKind(w: World) {
  const { evaluationFormId } = w.emulator.addEvaluationForm(w.instanceId, { title: "Grading", items: EVERY_KIND });
  return (args: Partial<ContactEvaluationArgs>) => w.program("one", { evaluationFormId, ...args });
}

describe("declared answers and notes", () => {
  const world = worldForEach();

  it("are set in one call, changed, and deleted when they are left out", async () => {
    const w = world();
    const program = everyKind(w);
    const notes = { greeting: "Warm and short.", conversation: "A good start." };
    await w.stack.up({ program: program({ answers: EXPERT, notes }) });
    assert.deepEqual(valuesIn(w), {
      greeting: { StringValue: "Yes" },
      holds: { NumericValue: 2 },
      topics: { StringValues: ["Billing", "Refund"] },
      calledBack: { DateTimeValue: "2026-11-20T10:00:00Z" },
      advice: { StringValue: "Listen first." },
    });
    assert.deepEqual(w.only.notes, {
      greeting: { Value: "Warm and short." },
      conversation: { Value: "A good start." },
    });
    assert.deepEqual(operations(w), [
      "DescribeEvaluationForm",
      "DescribeContact",
      "StartContactEvaluation",
      "DescribeContactEvaluation",
      "UpdateContactEvaluation",
      "DescribeContactEvaluation",
    ]);
    w.emulator.clearRequests();
    await w.stack.up({ expectNoChanges: true });
    assert.deepEqual(operations(w), []);

    const next = { answers: { advice: { notApplicable: true }, holds: 3 }, notes: { conversation: "Good." } } as const;
    await w.stack.up({ program: program(next) });
    assert.deepEqual(valuesIn(w), { advice: { NotApplicable: true }, holds: { NumericValue: 3 } });
    assert.deepEqual(w.only.notes, { conversation: { Value: "Good." } });
    assert.equal(w.emulator.calls("UpdateContactEvaluation"), 1);
  });

  it("leave those of others alone", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: { q1: "Yes" } }) });
    w.emulator.someone.answers(w.only.arn, { q2: { NumericValue: 3 } });
    w.emulator.someone.notes(w.only.arn, { q1: "by a person" });
    await w.stack.refresh({ expectNoChanges: true });
    await w.stack.up({ program: w.program("one", { answers: { q1: "No" } }) });
    await w.stack.up({ program: w.program("one") });
    assert.deepEqual(valuesIn(w), { q2: { NumericValue: 3 } });
    assert.deepEqual(w.only.notes, { q1: { Value: "by a person" } });
  });

  it("show as drift when somebody changes or deletes them, and the next up heals", async () => {
    const w = world();
    await w.stack.up({
      program: w.program("one", { answers: { q1: "Yes", q2: 7 }, notes: { s1: "Good.", q1: "Ok." } }),
    });
    w.emulator.someone.answers(w.only.arn, { q1: { StringValue: "No" }, q2: undefined });
    w.emulator.someone.notes(w.only.arn, { s1: "Bad.", q1: undefined });
    assert.deepEqual((await w.stack.refresh()).changes, { update: 1 });
    const { inputs } = await w.stack.resource("one");
    assert.deepEqual([inputs?.answers, inputs?.notes], [{ q1: "No" }, { s1: "Bad." }]);
    assert.deepEqual((await w.stack.up()).changes, { update: 1 });
    assert.deepEqual(valuesIn(w), { q1: { StringValue: "Yes" }, q2: { NumericValue: 7 } });
    assert.deepEqual(w.only.notes, { s1: { Value: "Good." }, q1: { Value: "Ok." } });
  });

  it("stay the resource's own after a change that failed half way", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: { q1: "Yes", q2: 7 } }) });
    const fault = {
      operation: "UpdateContactEvaluation",
      fault: { error: "AccessDeniedException", status: 403 },
    } as const;
    w.emulator.faults.add(fault);
    const failed = await w.stack.upFails({ program: w.program("one", { answers: { q1: "No", q3: "Later." } }) });
    assert.match(failed.diagnostics.join("\n"), /could not grade evaluation arn:\S+\n {2}why: the caller's IAM policy/);
    await w.stack.up({ program: w.program("one", { answers: { q3: "Later." } }) });
    assert.deepEqual(valuesIn(w), { q3: { StringValue: "Later." } });
  });
});

describe("an answer that is equal in meaning", () => {
  const world = worldForEach();

  const asRead = [
    { optionSpelling: "text" },
    { optionSpelling: "ref id" },
    { textAnswers: "trimmed" },
    { dateTimeSpelling: "UTC" },
    { dateTimeSpelling: "seconds" },
  ] as const;
  const spelled = {
    greeting: "g1",
    holds: 3.0,
    topics: ["t2", "Billing"],
    calledBack: { dateTime: "2026-11-20T12:00:00+02:00" },
    advice: "  Listen first. ",
  };

  it("is no drift, in whichever spelling the service reads it back", async () => {
    const w = world();
    await w.stack.up({ program: everyKind(w)({ answers: spelled, submit: true }) });
    for (const position of asRead) {
      Object.assign(w.emulator.behaviour, position);
      await w.stack.refresh({ expectNoChanges: true });
      await w.stack.up({ expectNoChanges: true });
    }
    assert.equal(w.only.submissions, 1);
  });

  it("is not sent again when only the program spells it in another way", async () => {
    const w = world();
    const program = everyKind(w);
    await w.stack.up({ program: program({ answers: spelled, submit: true }) });
    await w.stack.up({ program: program({ answers: EXPERT_AS_SPELLED, submit: true }) });
    assert.equal(w.only.submissions, 1);
    await w.stack.up({ expectNoChanges: true });
  });
  const EXPERT_AS_SPELLED = { ...EXPERT, holds: 3, topics: ["Billing", "t2"] };

  it("reaches a service that takes only one spelling of options", async () => {
    const w = world();
    const program = everyKind(w);
    for (const accepted of ["text", "ref id"] as const) {
      w.emulator.behaviour.optionsAccepted = accepted;
      await w.stack.up({ program: program({ answers: spelled, submit: true, contactId: w.contactB }) });
      assert.equal(w.only.submissions, 1);
      await w.stack.destroy();
    }
  });

  it("is sent and kept as Connect has it, whatever its Unicode form, and an empty list is none", async () => {
    const w = world();
    const options = [
      { RefId: "o1", Text: "Caf\u00e9" },
      { RefId: "o2", Text: "Bar" },
    ];
    const question = (RefId: string, QuestionType: "SINGLESELECT" | "MULTISELECT") => ({
      Question: {
        Title: `${RefId}?`,
        RefId,
        QuestionType,
        QuestionTypeProperties:
          QuestionType === "SINGLESELECT"
            ? { SingleSelect: { Options: options } }
            : { MultiSelect: { Options: options } },
      },
    });
    const Items = [question("one", "SINGLESELECT"), question("many", "MULTISELECT"), question("none", "MULTISELECT")];
    const { evaluationFormId } = w.emulator.addEvaluationForm(w.instanceId, {
      items: [{ Section: { Title: "S", RefId: "s", Items } }],
    });
    const answers = { one: "Cafe\u0301", many: ["Bar", "Cafe\u0301"], none: [] };
    const notes = { one: "Cafe\u0301" };
    await w.stack.up({ program: w.program("one", { evaluationFormId, answers, notes }) });
    assert.deepEqual(valuesIn(w), { one: { StringValue: "Caf\u00e9" }, many: { StringValues: ["Bar", "Caf\u00e9"] } });
    await w.stack.refresh({ expectNoChanges: true });
    w.emulator.someone.notes(w.only.arn, { one: "Caf\u00e9" });
    await w.stack.refresh({ expectNoChanges: true });
    await w.stack.up({ program: w.program("one", { evaluationFormId, answers: { many: [] }, notes }) });
    assert.deepEqual(valuesIn(w), {});
    await w.stack.refresh({ expectNoChanges: true });
    await w.stack.up({ expectNoChanges: true });
  });

  it("is not judged without the permission to see the form: nothing flaps, and changes are sent", async () => {
    const w = world();
    const program = everyKind(w);
    w.emulator.behaviour.denied = ["DescribeEvaluationForm"];
    await w.stack.up({ program: program({ answers: { greeting: "g1", holds: 2 }, submit: true }) });
    w.emulator.behaviour.optionSpelling = "text";
    await w.stack.refresh({ expectNoChanges: true });
    await w.stack.up({ expectNoChanges: true });
    await w.stack.up({ program: program({ answers: { greeting: "g1", holds: 4 }, submit: true }) });
    const changed = program({ answers: { greeting: "g2", holds: 4 }, submit: true });
    const refused = await w.stack.upFails({ program: changed });
    assert.match(refused.output, /could not change answers\.greeting[\s\S]*allow connect:DescribeEvaluationForm/);
    w.emulator.behaviour.optionSpelling = "as written";
    await w.stack.up();
    assert.equal(w.only.submissions, 3);
    assert.deepEqual(valuesIn(w), { greeting: { StringValue: "g2" }, holds: { NumericValue: 4 } });
  });
});

describe("answers and notes that do not fit the form", () => {
  const world = worldForEach();

  it("fail in preview, all at once, with one look at the form", async () => {
    const w = world();
    const program = everyKind(w)({
      answers: { greting: "Yes", greeting: "Maybe", holds: 21, calledBack: { dateTime: "2026-11-20" } },
      notes: { afterward: "x" },
      evaluationFormVersion: 3,
      evaluator: "Maria",
    });
    const failed = await w.stack.previewFails({ program });
    const said = failed.diagnostics.join("\n");
    for (const words of [
      'answers["greting"] is not a question of the form "Grading", version 1',
      'answers["greeting"] ("Did the agent greet the customer?") must be one of its options: Yes (g1), No (g2)',
      'answers["holds"] ("How often was the customer on hold?") must be a number from 0 to 20',
      'answers["calledBack"] ("When was the customer called back?") must be { dateTime: "2026-11-20T10:00:00Z" }; got an object',
      "evaluator must be the ARN of a Connect user",
      'notes["afterward"] is not a question or section of the form "Grading", version 1',
      "evaluationFormVersion must be 1, which is the active version of the form; got 3",
    ]) {
      assert.ok(said.includes(words), said);
    }
    assert.doesNotMatch(said, /Maybe/);
    assert.equal(said.split('answers["calledBack"]').length, 2, "told once");
    // One look, and one more to be sure that the form is still so.
    assert.deepEqual(operations(w), ["DescribeEvaluationForm", "DescribeEvaluationForm"]);
  });

  it("fail against the version that an existing evaluation pinned", async () => {
    const w = world();
    const { evaluationFormId, arn } = w.emulator.addEvaluationForm(w.instanceId, { items: EVERY_KIND });
    const program = (answers: Record<string, string>) => w.program("one", { evaluationFormId, answers });
    await w.stack.up({ program: program({ greeting: "Yes" }) });
    w.emulator.someone.publishes(arn, {
      Items: [
        {
          Section: {
            Title: "New",
            RefId: "new",
            Items: [{ Question: { Title: "New?", RefId: "q", QuestionType: "TEXT" } }],
          },
        },
      ],
    });
    await w.stack.preview({ program: program({ greeting: "No" }) });
    const failed = await w.stack.previewFails({ program: program({ q: "text" }) });
    assert.match(
      failed.diagnostics.join("\n"),
      /answers\["q"\] is not a question of the form "Evaluation form", version 1/,
    );
  });
});
