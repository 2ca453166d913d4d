import assert from "node:assert/strict";
import { type ConnectEmulator, type Evaluation, switches } from "../../emulator/src";
import type { Inputs } from "../../provider/src/shared/model";
import type { GradedStack } from "./gradedStack";
import { goesWell, scenes } from "./scene";

/** What of a submission needs no engine to be seen; engine/submission.spec.ts has the rest. */
describe("a submission", () => {
  const newScene = scenes();
  let emulator: ConnectEmulator;
  let stack: GradedStack;
  let scored: Inputs;
  let only: () => Evaluation;

  beforeEach(() => {
    const scene = newScene();
    ({ emulator, stack } = scene);
    only = () => scene.only();
    scored = { ...scene.base, answers: { q1: "Yes", q2: 7 }, submit: true };
  });

  it("is attributed to the evaluator", async () => {
    const { arn: evaluator } = emulator.addUser(scored.instanceId);
    emulator.behaviour.unknownEvaluator = "refused";
    await goesWell(stack.up({ ...scored, evaluator }));
    assert.equal(only().evaluatorArn, evaluator);
  });

  for (const refusal of switches.unknownEvaluator.positions.filter((position) => position !== "accepted")) {
    it(`by a user whom Connect does not know changes nothing and forgets nothing, where that is "${refusal}"`, async () => {
      await goesWell(stack.up(scored));
      const { arn } = only();
      emulator.behaviour.unknownEvaluator = refusal;
      const evaluator = arn.replace(/contact-evaluation\/.*/, "agent/expert");
      const changed = { ...scored, answers: { q1: "No" } };
      for (let n = 0; n < 2; n += 1) {
        assert.match(
          (await stack.up({ ...changed, evaluator })) ?? "",
          /could not (?:grade|finish) evaluation arn:\S+\n[\s\S]*aws: /,
        );
      }
      assert.deepEqual([only().submissions, stack.managed?.id], [1, arn]);
      await goesWell(stack.up(changed));
      assert.equal(only().submissions, 2);
    });
  }

  it("gives the scores of the form, its sections, and its questions, with all that Connect says of them", async () => {
    await goesWell(stack.up(scored));
    const { score = {}, scores = {} } = only();
    const renamed = (one: object): object =>
      Object.fromEntries(
        Object.entries(one).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      );
    const all = Object.entries(scores).map(([refId, one]) => [refId, renamed(one)]);
    const { state } = stack.managed ?? {};
    assert.deepEqual([state?.score, state?.scores], asStored([renamed(score), Object.fromEntries(all)]));
    assert.deepEqual(Object.keys(scores).sort(), ["q1", "q2", "q3", "s1"]);
  });

  it("whose score is late is looked at for a while, and the next refresh has it", async () => {
    emulator.behaviour.scoreDelayMs = 2_000;
    await goesWell(stack.up(scored));
    assert.ok(stack.managed?.state.score);
    emulator.behaviour.scoreDelayMs = 60_000;
    const changed = { ...scored, answers: { q1: "No" } };
    await goesWell(stack.up(changed));
    assert.equal(stack.managed.state.score, undefined);
    emulator.advance(60_000);
    await goesWell(stack.refresh());
    assert.ok(stack.managed.state.score);
    assert.deepEqual(await stack.changes(changed), []);
  });
});

const asStored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
