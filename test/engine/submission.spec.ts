import assert from "node:assert/strict";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { assertNoneIsDestroyed, type Work } from "../support/works";
import { type World, worldForEach } from "../support/world";

const ANSWERS = { q1: "Yes", q2: 7 };
const SCORED = { answers: ANSWERS, submit: true };

async function scored(w: World, args: Partial<ContactEvaluationArgs> = {}): Promise<string> {
  await w.stack.up({ program: w.program("one", { ...SCORED, ...args }) });
  return w.only.arn;
}

/** A Connect user. */
const userIn = (evaluationArn: string) => evaluationArn.replace(/contact-evaluation\/.*/, "agent/expert");

const evaluationActions = (w: World) =>
  w.emulator.requests
    .map(({ operation = "" }) => operation)
    .filter((operation) => /ContactEvaluation$/.test(operation));

describe("a submission", () => {
  const world = worldForEach();

  it("goes out with the answers, once, and is repeated for changed answers alone", async () => {
    const w = world();
    const arn = await scored(w);
    assert.deepEqual(evaluationActions(w), [
      "StartContactEvaluation",
      "DescribeContactEvaluation",
      "SubmitContactEvaluation",
      "DescribeContactEvaluation",
    ]);
    const { outputs } = await w.stack.resource("one");
    assert.equal(outputs?.status, "SUBMITTED");
    assert.equal(typeof (outputs?.score as { percentage?: number } | undefined)?.percentage, "number");

    w.emulator.clearRequests();
    await w.stack.up({ expectNoChanges: true });
    assert.equal(w.emulator.calls(), 0);
    await w.stack.up({ program: w.program("one", { ...SCORED, tags: { a: "1" }, evaluator: userIn(arn) }) });
    assert.equal(w.only.submissions, 1);

    w.emulator.clearRequests();
    await w.stack.up({ program: w.program("one", { answers: { q1: "No" }, submit: true, evaluator: userIn(arn) }) });
    assert.equal(w.only.arn, arn);
    assert.equal(w.only.submissions, 2);
    assert.deepEqual(w.only.answers.q1?.Value, { StringValue: "No" });
    assert.equal(w.only.answers.q2, undefined);
    assert.equal(w.only.evaluatorArn, userIn(arn));
    assert.deepEqual(evaluationActions(w), [
      "DescribeContactEvaluation",
      "SubmitContactEvaluation",
      "DescribeContactEvaluation",
    ]);
    await w.stack.destroy();
  });

  it("follows when the program asks for it later, and cannot be taken back: that replaces", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS }) });
    const { arn } = w.only;
    await w.stack.up({ program: w.program("one", SCORED) });
    assert.deepEqual([w.only.arn, w.only.submissions], [arn, 1]);
    const { steps } = await w.stack.up({ program: w.program("one", { answers: ANSWERS, submit: false }) });
    assert.deepEqual(steps.find(({ replaceKeys }) => replaceKeys.length > 0)?.replaceKeys, ["submit"]);
    assert.notEqual(w.only.arn, arn);
    assert.equal(w.only.status, "DRAFT");
  });

  it("that the service refuses leaves the draft in the state, and the next up goes on", async () => {
    const w = world();
    w.emulator.behaviour.unansweredQuestions = "refused";
    const failed = await w.stack.upFails({ program: w.program("one", SCORED) });
    assert.match(failed.diagnostics.join("\n"), /could not grade evaluation arn:\S+\n[\s\S]*no answer to q3/);
    const { arn } = w.only;
    assert.equal((await w.stack.resource("one")).id, arn);
    await w.stack.up({ program: w.program("one", { answers: { ...ANSWERS, q3: "Listen." }, submit: true }) });
    assert.deepEqual([w.only.arn, w.only.submissions], [arn, 1]);
  });

  it("whose fate is not known and that is taken back meanwhile leads to a replacement", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS }) });
    const { arn } = w.only;
    const fault = { error: "InternalServiceException" };
    w.emulator.faults.add({ operation: "DescribeContactEvaluation", skip: 1, times: Number.POSITIVE_INFINITY, fault });
    await w.stack.upFails({ program: w.program("one", SCORED) });
    w.emulator.faults.clear();
    const draft = w.program("one", { answers: ANSWERS });
    const failed = await w.stack.upFails({ program: draft });
    assert.match(failed.diagnostics.join("\n"), /could not take back the submission of evaluation arn:/);
    await w.stack.up({ program: draft });
    assert.deepEqual([w.only.status, w.only.arn === arn], ["DRAFT", false]);
  });

  it("by somebody else is no drift where none is declared, and stops a changed answer", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS }) });
    w.emulator.someone.submits(w.only.arn);
    await w.stack.refresh({ expectNoChanges: true });
    await w.stack.up({ expectNoChanges: true });
    const refused = await w.stack.upFails({ program: w.program("one", { answers: { q1: "No" } }) });
    assert.match(
      refused.diagnostics.join("\n"),
      /why: it was submitted, by arn:\S+: its answers and notes can only be changed by submitting it again\n {2}do: {2}set submit: true/,
    );
    await w.stack.up({ program: w.program("one", { answers: { q1: "No" }, submit: true }) });
    assert.equal(w.only.submissions, 2);
  });

  it("never touches a review, although Connect may allow it", async () => {
    const w = world();
    w.emulator.behaviour.submitInReview = "allowed";
    const arn = await scored(w);
    w.emulator.someone.requestsReview(arn);
    const refused = await w.stack.upFails({ program: w.program("one", { answers: { q1: "No" }, submit: true }) });
    assert.match(
      refused.diagnostics.join("\n"),
      /it is REVIEW_REQUESTED, and an evaluation in review is changed by its/,
    );
    w.emulator.someone.startsReview(arn);
    await w.stack.upFails();
    assert.equal(w.only.submissions, 1);
    w.emulator.someone.resolvesReview(arn);
    const over = await w.stack.upFails();
    assert.match(over.output, /it was reviewed;[\s\S]*declare the verdict[\s\S]*ignoreChanges[\s\S]*forceDestroy/);
    assert.equal(w.only.submissions, 1);
    const forced = { answers: { q1: "No" }, submit: true, forceDestroy: true };
    await w.stack.up({ program: w.program("one", forced) });
    assert.equal(w.only.submissions, 2);
  });

  it("that Connect makes by itself at the start is one that declared answers submit again, or a reason to say so", async () => {
    const w = world();
    w.emulator.behaviour.automatedSubmission = "all";
    const failed = await w.stack.upFails({ program: w.program("one", { answers: ANSWERS }) });
    assert.match(failed.diagnostics.join("\n"), /it was submitted, by arn:[\s\S]*set submit: true/);
    await w.stack.up({ program: w.program("one", SCORED) });
    assert.deepEqual([w.emulator.started, w.only.submissions], [1, 2]);
    await w.stack.up({ expectNoChanges: true });
    await w.stack.destroy();
  });

  it("is counted once where reads lag behind it, also when its answer is lost", async () => {
    const w = world();
    w.emulator.behaviour.changeLagMs = 3_000;
    w.emulator.faults.add({ operation: "SubmitContactEvaluation", fault: { drop: "after" } });
    await scored(w);
    assert.equal(w.only.submissions, 1);
    w.emulator.behaviour.changeLagMs = 60_000;
    w.emulator.faults.add({ operation: "SubmitContactEvaluation", fault: { drop: "after" } });
    const failed = await w.stack.upFails({ program: w.program("two", SCORED) });
    assert.match(failed.diagnostics.join("\n"), /it seems to be submitted, and not shown so yet/);
    await w.stack.upFails();
    w.emulator.advance(60_000);
    await w.stack.up();
    assert.equal(w.only.submissions, 1);
  });
});

describe("what a resource declared and submitted", () => {
  const world = worldForEach();

  it("is no obstacle to its deletion, in whichever spelling it is read back, after a refresh too", async () => {
    const w = world();
    await scored(w, { notes: { s1: "Good." } });
    await w.stack.refresh();
    await w.stack.up({ program: w.program("one", { answers: ANSWERS, notes: { s1: "Good." } }) });
    assert.equal(w.only.status, "DRAFT");
    await w.stack.destroy();
  });

  const works: Work[] = [
    ["another answer", (w, arn) => w.emulator.someone.answers(arn, { q3: { StringValue: "x" } }), /it has 1 answer;/],
    [
      "a changed answer",
      (w, arn) => w.emulator.someone.answers(arn, { q1: { StringValue: "No" } }),
      /it has 1 answer;/,
    ],
    ["another note", (w, arn) => w.emulator.someone.notes(arn, { q1: "x" }), /it is SUBMITTED and it has 1 note;/],
    ["a resubmission", (w, arn) => w.emulator.someone.submits(arn), /it is SUBMITTED/],
    ["a review", (w, arn) => w.emulator.someone.requestsReview(arn), /it is REVIEW_REQUESTED/],
    [
      "a review that is over",
      (w, arn) => {
        w.emulator.someone.requestsReview(arn);
        w.emulator.someone.resolvesReview(arn);
      },
      /it was reviewed/,
    ],
    ["an acknowledgement", (w, arn) => w.emulator.someone.acknowledges(arn), /the agent acknowledged it/],
  ];
  it("is somebody's work as soon as there is anything more or else, after a refresh too", async () => {
    const w = world();
    await assertNoneIsDestroyed(w, works, { args: SCORED, afterwards: () => w.stack.refresh() });
  });
});
