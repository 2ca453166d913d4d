import assert from "node:assert/strict";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import type { Fault, LoggedRequest } from "../../emulator/src";
import { Processes } from "../support/processes";
import { type World, worldForEach } from "../support/world";

/**
 * Every step of grading that is never answered, or whose provider is killed: an evaluation for each, each of a contact of
 * its own, all in one run. However often it has to be run again, the service counts one start and one submission.
 * simulation/cutGrading.spec.ts has the other ways in which a step is cut.
 */

const SILENCE: Readonly<Record<string, Fault>> = {
  "before the work": { silence: "before" },
  "after the work": { silence: "after" },
};

interface Step {
  operation: "StartContactEvaluation" | "DescribeContactEvaluation" | "SubmitContactEvaluation";
  /** How many calls of the operation for the same evaluation go well before. */
  skip?: number;
}

const RESUBMITTED: readonly Step[] = [
  { operation: "DescribeContactEvaluation" },
  { operation: "SubmitContactEvaluation" },
  { operation: "DescribeContactEvaluation", skip: 1 },
];
const SCORED: readonly Step[] = [{ operation: "StartContactEvaluation" }, ...RESUBMITTED];

/** An evaluation whose grading is cut. */
interface Cut {
  name: string;
  contactId: string;
  step: Step;
  fault: Fault;
}

function cutsOf(w: World, steps: readonly Step[]): Cut[] {
  return steps.flatMap((step) =>
    Object.entries(SILENCE).map(([what, fault]) => ({
      name: `${step.skip ? "second " : ""}${step.operation} ${what}`,
      contactId: w.emulator.addContact(w.instanceId).contactId,
      step,
      fault,
    })),
  );
}

const program = (w: World, cuts: readonly Cut[], args: Partial<ContactEvaluationArgs>) => async () => {
  for (const { name, contactId } of cuts) w.declare(name, { contactId, ...args });
};

const concerns = (w: World, contactId: string) => (request: LoggedRequest) => {
  const { ContactId, EvaluationId } = request.input;
  const evaluation = w.emulator.evaluations().find(({ evaluationId }) => evaluationId === EvaluationId);
  return ContactId === contactId || evaluation?.contactId === contactId;
};

const addFaults = (w: World, cuts: readonly Cut[], times: number) =>
  cuts.map(({ contactId, step, fault }) =>
    w.emulator.faults.add({ ...step, when: concerns(w, contactId), times, fault }),
  );

/** Each evaluation was started once, has the one answer, and was submitted so often. */
function assertGraded(w: World, cuts: readonly Cut[], answer: string, submissions: number): void {
  assert.equal(w.emulator.started, cuts.length);
  for (const { name, contactId } of cuts) {
    const evaluation = w.evaluations().find((one) => one.contactId === contactId);
    assert.deepEqual(evaluation?.answers.q1?.Value, { StringValue: answer }, name);
    assert.equal(evaluation?.submissions, submissions, name);
  }
}

/** Runs `up` until it succeeds, twice at most. */
async function upAtLast(w: World): Promise<void> {
  await w.stack.up({ parallel: 100, continueOnError: true });
  assert.deepEqual((await w.stack.up({ expectNoChanges: true })).changes.update, undefined);
}

const GRADES = { answers: { q1: "Yes", q2: 7 }, notes: { s1: "Good." } };

describe("grading that is never answered", () => {
  const world = worldForEach();

  it("ends in a scored evaluation that is started and submitted once, whatever is silent", async () => {
    const w = world();
    const cuts = cutsOf(w, SCORED);
    const handles = addFaults(w, cuts, 1);
    const all = program(w, cuts, { ...GRADES, submit: true });
    await w.stack.tryUp({ program: all, parallel: 100, continueOnError: true });
    assert.deepEqual(
      cuts.filter((_, n) => handles[n]?.hits !== 1).map(({ name }) => name),
      [],
      "a fault met no call",
    );
    await upAtLast(w);
    assertGraded(w, cuts, "Yes", 1);
    await w.stack.destroy();
  });
});

describe("grading that is killed", () => {
  const world = worldForEach();

  async function killedIn(w: World, cuts: readonly Cut[], args: Partial<ContactEvaluationArgs>): Promise<void> {
    const processes = await Processes.record();
    const handles = addFaults(w, cuts, 1);
    const failing = w.stack.upFails({
      program: program(w, cuts, args),
      parallel: 100,
      continueOnError: true,
      env: processes.env,
    });
    await Promise.all(handles.map((handle) => handle.hit()));
    await processes.killProvider();
    await failing;
    await processes.dispose();
  }

  it("is taken up by the next up at every step, and starts and submits once", async () => {
    const w = world();
    const cuts = cutsOf(w, SCORED);
    await killedIn(w, cuts, { ...GRADES, submit: true });
    await upAtLast(w);
    assertGraded(w, cuts, "Yes", 1);
    await w.stack.destroy();
  });

  it("submits a changed answer once", async () => {
    const w = world();
    const cuts = cutsOf(w, RESUBMITTED);
    await w.stack.up({ program: program(w, cuts, { ...GRADES, submit: true }), parallel: 100, continueOnError: true });
    await killedIn(w, cuts, { answers: { q1: "No" }, submit: true });
    await upAtLast(w);
    assertGraded(w, cuts, "No", 2);
  });
});
