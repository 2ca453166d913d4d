import assert from "node:assert/strict";
import { type Fault, type OperationName, switches } from "../../emulator/src";
import type { Inputs } from "../../provider/src/shared/model";
import { goesWell, scenes } from "./scene";

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
  const newScene = scenes();

  for (const [what, { before: first, program, steps, submissions }] of Object.entries(STORIES)) {
    for (const step of steps) {
      const name = `${step.skip ? "second " : ""}${step.operation}`;
      it(`ends in ${what}, with no start or submission too many, however the ${name} is cut`, async () => {
        for (const [how, fault] of Object.entries(FAULTS)) {
          const scene = newScene();
          const { emulator, stack, base } = scene;
          if (first) await goesWell(stack.up({ ...base, ...first }));
          const handle = emulator.faults.add({ ...step, fault });
          const failure = await stack.up({ ...base, ...program });
          assert.equal(handle.hits, 1, `no call ${how}`);
          if (failure !== undefined) await goesWell(stack.up({ ...base, ...program }), how);
          assert.equal(emulator.started, 1, how);
          assert.equal(scene.only().answers.q1?.Value?.StringValue, program.answers?.q1, how);
          assert.equal(scene.only().submissions, submissions, how);
          await goesWell(stack.destroy(), how);
        }
      });
    }
  }

  for (const refusal of switches.updateOfSubmitted.positions) {
    it(`submits once where reads lag and an update, which tells a draft, is answered with "${refusal}"`, async () => {
      const scene = newScene();
      const { emulator, stack, base } = scene;
      emulator.behaviour.updateOfSubmitted = refusal;
      emulator.behaviour.changeLagMs = 5_000;
      emulator.faults.add({ ...SUBMIT, fault: { drop: "after" } });
      await goesWell(stack.up({ ...base, ...GRADES, submit: true }));
      assert.ok(emulator.calls("UpdateContactEvaluation") > 0);
      assert.equal(scene.only().submissions, 1);
    });
  }
});
