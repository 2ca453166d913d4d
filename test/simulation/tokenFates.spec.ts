import assert from "node:assert/strict";
import { type ConnectEmulator, startConnectEmulator, switches } from "../../emulator/src";
import { REGION } from "../support/lifecycle";
import { GradedStack } from "./gradedStack";

/** On the engine, replacement.spec.ts and interruptions.spec.ts tell these stories with the usual answer. */
describe("a token whose fate nobody documents", () => {
  let emulator: ConnectEmulator;

  before(async () => {
    emulator = await startConnectEmulator({ region: REGION });
  });

  after(() => emulator.close());

  function prepare() {
    const { instanceId } = emulator.addInstance();
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    const contact = () => emulator.addContact(instanceId).contactId;
    const stack = new GradedStack(emulator);
    const program = { instanceId, evaluationFormId, contactId: contact(), region: REGION };
    const goesWell = async (command: Promise<string | undefined>) => assert.equal(await command, undefined);
    const only = () => {
      const [evaluation, ...others] = emulator.evaluations();
      assert.ok(evaluation);
      assert.deepEqual(others, []);
      return evaluation;
    };
    return { stack, program, other: contact(), goesWell, only };
  }

  for (const position of switches.tokenOfDeletedEvaluation.positions) {
    describe(`where a spent one is answered with "${position}"`, () => {
      beforeEach(() => {
        emulator.reset();
        emulator.behaviour.tokenOfDeletedEvaluation = position;
      });

      it("leads to one evaluation: destroy and up, however often", async () => {
        const { stack, program, goesWell, only } = prepare();
        for (let life = 1; life <= 4; life += 1) {
          await goesWell(stack.up(program));
          only();
          assert.equal(emulator.started, life);
          await goesWell(stack.destroy());
        }
      });

      it("leads to one evaluation: there and back, with a refusal in between", async () => {
        const { stack, program, other, goesWell, only } = prepare();
        await goesWell(stack.up(program));
        await goesWell(stack.up({ ...program, contactId: other }));
        emulator.someone.submits(only().arn);
        assert.match((await stack.up(program)) ?? "", /somebody's work/);
        await goesWell(stack.up({ ...program, forceDestroy: true }));
        assert.equal(only().contactId, program.contactId);
      });

      it("leads to one evaluation: a forced replacement that deletes first", async () => {
        const { stack, program, goesWell, only } = prepare();
        await goesWell(stack.up(program));
        const { arn } = only();
        await goesWell(stack.replaced(program));
        assert.notEqual(only().arn, arn);
      });

      it("leads to one evaluation however often somebody else deletes it", async () => {
        const { stack, program, goesWell, only } = prepare();
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
