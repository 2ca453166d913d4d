import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { textsUnder } from "../support/texts";
import { type World, worldForEach } from "../support/world";

const ANSWERS = { q1: "Yes", q2: 7 };

/** Each story ends with the person's value in Connect, a state that is true, and a preview that says what happens. */
describe("what people change beside a program", () => {
  const world = worldForEach();

  const q1 = (w: World) => w.only.answers.q1?.Value?.StringValue;

  it("is left alone when the program adds something else, with ignoreChanges and without a refresh", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS }) });
    w.emulator.someone.answers(w.only.arn, { q1: { StringValue: "No" } });
    await w.stack.up({ program: w.program("one", { answers: ANSWERS, notes: { s1: "Good." } }) });
    assert.deepEqual([q1(w), w.only.notes.s1?.Value], ["No", "Good."]);
    const ignoring = w.program("one", { answers: ANSWERS, notes: { s1: "Better." } }, { ignoreChanges: ["answers"] });
    await w.stack.refresh();
    await w.stack.up({ program: ignoring });
    assert.deepEqual([q1(w), w.only.notes.s1?.Value], ["No", "Better."]);
    await w.stack.refresh({ expectNoChanges: true });
  });

  it("is not overwritten unseen: the refusal names the key, changes no tag, and a refresh leads on", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS, tags: { a: "1" } }) });
    w.emulator.someone.answers(w.only.arn, { q2: { NumericValue: 3 } });
    const changed = w.program("one", { answers: { q1: "Yes", q2: 9 }, tags: { a: "2" } });
    const { output } = await w.stack.upFails({ program: changed });
    assert.match(output, /could not change answers\.q2 of evaluation [\s\S]*nothing was changed[\s\S]*pulumi refresh/);
    assert.deepEqual([w.only.answers.q2?.Value, w.only.tags], [{ NumericValue: 3 }, { a: "1" }]);
    await w.stack.refresh();
    await w.stack.up();
    assert.deepEqual([w.only.answers.q2?.Value, w.only.tags], [{ NumericValue: 9 }, { a: "2" }]);
  });

  it("stays when the program lets go of the key, with a line", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS, notes: { s1: "Good." } }) });
    w.emulator.someone.answers(w.only.arn, { q1: { StringValue: "No" } });
    w.emulator.someone.notes(w.only.arn, { s1: "Not good." });
    const { output } = await w.stack.up({ program: w.program("one", { answers: { q2: 7 } }) });
    assert.match(output, /left answers\.q1 of arn:\S+ as somebody else wrote it/);
    assert.deepEqual([q1(w), w.only.notes.s1?.Value], ["No", "Not good."]);
    await w.stack.up({ expectNoChanges: true });
    w.emulator.someone.answers(w.only.arn, { q1: undefined });
    w.emulator.someone.notes(w.only.arn, { s1: undefined });
    await w.stack.destroy();
  });

  it("is not reverted after a review by an added note, nor by up --refresh", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS, submit: true }) });
    w.emulator.someone.startsReview(w.only.arn);
    w.emulator.someone.answers(w.only.arn, { q1: { StringValue: "No" } });
    w.emulator.someone.resolvesReview(w.only.arn);
    const noted = w.program("one", { answers: ANSWERS, notes: { s1: "x" }, submit: true });
    assert.match((await w.stack.upFails({ program: noted })).output, /it was reviewed[\s\S]*declare the verdict/);
    await w.stack.upFails({ program: w.program("one", { answers: ANSWERS, submit: true }), refresh: true });
    assert.deepEqual([q1(w), w.only.submissions], ["No", 1]);
    await w.stack.up({ program: w.program("one", { answers: { q1: "No", q2: 7 }, submit: true }) });
    assert.deepEqual([q1(w), w.only.submissions], ["No", 1]);
  });

  it("is not submitted unseen with a draft", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS }) });
    w.emulator.someone.answers(w.only.arn, { q3: { StringValue: "Mine." } });
    const { output } = await w.stack.upFails({ program: w.program("one", { answers: ANSWERS, submit: true }) });
    assert.match(output, /it holds what somebody else gave \(answers\.q3\)/);
    assert.equal(w.only.status, "DRAFT");
    await w.stack.up({ program: w.program("one", { answers: { ...ANSWERS, q3: "Mine." }, submit: true }) });
    assert.equal(w.only.submissions, 1);
  });

  it("is somebody's work where the resource's own submission was refused, also with the same answers", async () => {
    const w = world();
    w.emulator.faults.add({ operation: "SubmitContactEvaluation", fault: { error: "AccessDeniedException" } });
    await w.stack.upFails({ program: w.program("one", { answers: ANSWERS, submit: true }) });
    w.emulator.someone.answers(w.only.arn, { q1: { StringValue: "Yes" }, q2: { NumericValue: 7 } });
    w.emulator.someone.submits(w.only.arn);
    assert.match((await w.stack.destroyFails()).output, /somebody's work: it is SUBMITTED and it has 2 answers/);
    await w.stack.up();
    assert.match((await w.stack.destroyFails()).output, /somebody's work: it is SUBMITTED and it has 2 answers/);
  });

  it("is none where Connect's automation submits, with no person in it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { autoEvaluationConfiguration: { enabled: true } }) });
    w.emulator.someone.submitsAutomatically(w.only.arn);
    await w.stack.refresh();
    await w.stack.destroy();
    assert.deepEqual(w.evaluations(), []);
  });

  it("is not mistaken for a draft by a refresh while reads lag behind a submission", async () => {
    const w = world();
    // So far the list alone lags.
    w.emulator.behaviour.changeLagMs = { ListContactEvaluations: 600_000 };
    await w.stack.up({ program: w.program("one", { answers: ANSWERS, submit: true }) });
    w.emulator.behaviour.changeLagMs = 600_000;
    const { output } = await w.stack.refresh();
    assert.match(output, /kept arn:\S+ in the state: Amazon Connect still shows it as it was before/);
    await w.stack.up({ expectNoChanges: true });
    assert.equal(w.only.submissions, 1);
  });
});

describe("what the state has after a failed update", () => {
  const world = worldForEach();
  const CANARY = "canary-77ab31";

  it("is nothing of what the program dropped but names, and no fingerprint in plain text", async () => {
    const w = world();
    const hidden = (text: string) => pulumi.secret(`${CANARY} ${text}`);
    const isHidden = async () => {
      assert.doesNotMatch(await textsUnder(w.stack.folders.backend), new RegExp(CANARY));
      const { outputs } = await w.stack.resource("one");
      assert.equal(typeof outputs?.__written, "object", "__written is encrypted");
    };
    const secrets = {
      answers: { q1: "Yes", q3: hidden("answer") },
      notes: { s1: hidden("note") },
      tags: { a: "1", b: hidden("tag") },
      triggers: [hidden("trigger")],
      clientToken: hidden("token"),
    };
    await w.stack.up({ program: w.program("one", secrets) });
    await isHidden();
    const dropped = w.program("one", { answers: { q1: "No" }, tags: { a: "2" } });
    for (const operation of ["UpdateContactEvaluation", "TagResource"] as const) {
      w.emulator.faults.add({ operation, fault: { error: "AccessDeniedException" } });
      await w.stack.upFails({ program: dropped });
      await isHidden();
    }
    await w.stack.up();
    assert.deepEqual([w.only.answers.q3, w.only.notes, w.only.tags], [undefined, {}, { a: "2" }]);
    await isHidden();
    await w.stack.refresh({ expectNoChanges: true });
    await isHidden();
    w.emulator.faults.add({ operation: "UpdateContactEvaluation", fault: { error: "AccessDeniedException" } });
    await w.stack.upFails({ program: w.program("two", secrets) });
    assert.equal(typeof (await w.stack.resource("two")).outputs?.__written, "object");
  });
});
