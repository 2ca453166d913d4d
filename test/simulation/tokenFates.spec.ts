import assert from "node:assert/strict";
import { type ConnectEmulator, type Evaluation, switches } from "../../emulator/src";
import type { Inputs } from "../../provider/src/shared/model";
import type { GradedStack } from "./gradedStack";
import { goesWell, scenes } from "./scene";

/** On the engine, replacement.spec.ts and interruptions.spec.ts tell these stories with the usual answer. */
describe("a token whose fate nobody documents", () => {
  const newScene = scenes();
  let emulator: ConnectEmulator;
  let stack: GradedStack;
  let program: Inputs;
  let only: () => Evaluation;

  for (const position of switches.tokenOfDeletedEvaluation.positions) {
    describe(`where a spent one is answered with "${position}"`, () => {
      beforeEach(() => {
        const scene = newScene();
        ({ emulator, stack, base: program } = scene);
        only = () => scene.only();
        emulator.behaviour.tokenOfDeletedEvaluation = position;
      });

      it("leads to one evaluation: destroy and up, however often", async () => {
        for (let life = 1; life <= 4; life += 1) {
          await goesWell(stack.up(program));
          only();
          assert.equal(emulator.started, life);
          await goesWell(stack.destroy());
        }
      });

      it("leads to one evaluation: there and back, with a refusal in between", async () => {
        const { contactId } = emulator.addContact(program.instanceId);
        await goesWell(stack.up(program));
        await goesWell(stack.up({ ...program, contactId }));
        emulator.someone.submits(only().arn);
        assert.match((await stack.up(program)) ?? "", /somebody's work/);
        await goesWell(stack.up({ ...program, forceDestroy: true }));
        assert.equal(only().contactId, program.contactId);
      });

      it("leads to one evaluation: a forced replacement that deletes first", async () => {
        await goesWell(stack.up(program));
        const { arn } = only();
        await goesWell(stack.replaced(program));
        assert.notEqual(only().arn, arn);
      });

      it("leads to one evaluation however often somebody else deletes it", async () => {
        for (let life = 1; life <= 5; life += 1) {
          await goesWell(stack.up(program));
          assert.equal(emulator.started, life);
          emulator.someone.deletes(only().arn);
          emulator.advance(60 * 60 * 1000);
          await goesWell(stack.refresh());
        }
      });
    });
  }
});
