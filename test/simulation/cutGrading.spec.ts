import assert from "node:assert/strict";
import {
  type ConnectEmulator,
  type Fault,
  type OperationName,
  startConnectEmulator,
  switches,
} from "../../emulator/src";
import type { Inputs } from "../../provider/src/shared/model";
import { REGION } from "../support/lifecycle";
import { GradedStack } from "./gradedStack";

/** Every step of grading, cut in every way but silence and death, which engine/gradingInterrupted.spec.ts has. */

const FAULTS: Readonly<Record<string, Fault>> = {
  "fails before the work": { error: "InternalServiceException" },
  "fails after the work": { error: "InternalServiceException", processed: true },
  "breaks before the work": { drop: "before" },
  "breaks after the work": { drop: "after" },
  "is throttled": { error: "ThrottlingException" },
  "is answered by a proxy, before the work": { html: 502 },
  "is answered by a proxy, after the work": { html: 502, processed: true },
  "is answered by a gateway, after the work": { json: 404, processed: true },
  "is answered with garbage, after the work": { garbage: true },
};

interface Step {
  operation: OperationName;
  /** How many calls of the operation go well before. */
  skip?: number;
}

const START: Step = { operation: "StartContactEvaluation" };
const UPDATE: Step = { operation: "UpdateContactEvaluation" };
const SUBMIT: Step = { operation: "SubmitContactEvaluation" };
const LOOK: Step = { operation: "DescribeContactEvaluation" };
const SECOND_LOOK: Step = { ...LOOK, skip: 1 };

const GRADES = { answers: { q1: "Yes", q2: 7 }, notes: { s1: "Good." } };

interface Story {
  /** What stands before the cut. */
  before?: Partial<Inputs>;
  program: Partial<Inputs>;
  steps: readonly Step[];
  submissions: number;
}

const STORIES: Readonly<Record<string, Story>> = {
  "a draft": { program: GRADES, steps: [START, LOOK, UPDATE, SECOND_LOOK], submissions: 0 },
  "a scored evaluation": {
    program: { ...GRADES, submit: true },
    steps: [START, LOOK, SUBMIT, SECOND_LOOK],
    submissions: 1,
  },
  "a scored evaluation whose answer changes": {
    before: { ...GRADES, submit: true },
    program: { answers: { q1: "No" }, submit: true },
    steps: [LOOK, SUBMIT, SECOND_LOOK],
    submissions: 2,
  },
};

describe("grading that is cut once", () => {
  let emulator: ConnectEmulator;

  before(async () => {
    emulator = await startConnectEmulator({ region: REGION });
  });

  after(() => emulator.close());

  for (const [what, { before: first, program, steps, submissions }] of Object.entries(STORIES)) {
    for (const step of steps) {
      const name = `${step.skip ? "second " : ""}${step.operation}`;
      it(`ends in ${what}, started and submitted once, however the ${name} is cut`, async () => {
        for (const [how, fault] of Object.entries(FAULTS)) {
          emulator.reset();
          const stack = new GradedStack(emulator);
          const place = placeIn(emulator);
          if (first) assert.equal(await stack.up({ ...place, ...first }), undefined);
          const handle = emulator.faults.add({ ...step, fault });
          const failure = await stack.up({ ...place, ...program });
          assert.equal(handle.hits, 1, `no call ${how}`);
          if (failure !== undefined) assert.equal(await stack.up({ ...place, ...program }), undefined, how);
          const [evaluation, ...others] = emulator.evaluations();
          assert.deepEqual([emulator.started, others], [1, []], how);
          assert.equal(evaluation?.answers.q1?.Value?.StringValue, program.answers?.q1, how);
          assert.equal(evaluation?.submissions, submissions, how);
          assert.equal(await stack.destroy(), undefined, how);
        }
      });
    }
  }

  for (const refusal of switches.updateOfSubmitted.positions) {
    it(`submits once where reads lag and an update, which tells a draft, is answered with "${refusal}"`, async () => {
      emulator.reset();
      emulator.behaviour.updateOfSubmitted = refusal;
      emulator.behaviour.changeLagMs = 5_000;
      emulator.faults.add({ ...SUBMIT, fault: { drop: "after" } });
      const stack = new GradedStack(emulator);
      assert.equal(await stack.up({ ...placeIn(emulator), ...GRADES, submit: true }), undefined);
      assert.ok(emulator.calls("UpdateContactEvaluation") > 0);
      assert.deepEqual(
        emulator.evaluations().map(({ submissions }) => submissions),
        [1],
      );
    });
  }
});

function placeIn(emulator: ConnectEmulator) {
  const { instanceId } = emulator.addInstance();
  const { contactId } = emulator.addContact(instanceId);
  const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
  return { instanceId, contactId, evaluationFormId, region: REGION };
}
