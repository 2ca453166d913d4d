import assert from "node:assert/strict";
import { DeleteEvaluationFormCommand } from "@aws-sdk/client-connect";
import { FORCE_DESTROY_VARIABLE } from "../../provider/src/work/loss";
import { patternInWords } from "../support/fronts";
import { type World, worldForEach } from "../support/world";

const ELEVEN_MINUTES = 11 * 60 * 1000;
const ALWAYS = Number.POSITIVE_INFINITY;

describe("an evaluation that Connect does not show", () => {
  const world = worldForEach();

  async function started(): Promise<World> {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    return w;
  }

  /** A command with the settings of now, as a user has them who switched keys. */
  async function fails(w: World, command: "refresh" | "destroy", reason: RegExp): Promise<void> {
    const { diagnostics } = await w.stack[`${command}Fails`]({ flags: ["--run-program"] });
    assert.match(diagnostics.join("\n"), reason, command);
    assert.equal((await w.stack.resource("one")).id, w.only.arn);
  }

  it("is not forgotten with the keys of another account, however old it is: both accounts are named", async () => {
    const w = await started();
    w.emulator.addAccessKey({ accessKeyId: "AKIAOTHER", account: "210987654321" });
    await w.stack.configure({ "aws:accessKey": "AKIAOTHER", "aws:secretKey": "secret" });
    const reason = /belongs to account 123456789012, and the credentials to account 210987654321/;
    await fails(w, "refresh", reason);
    w.emulator.advance(ELEVEN_MINUTES);
    await fails(w, "refresh", reason);
    await fails(w, "destroy", reason);
    await w.stack.configure({});
    await w.stack.destroy({ flags: ["--run-program"] });
    assert.equal(w.emulator.evaluations().length, 0);
  });

  it("is not forgotten when a gateway answers 404, which is not Connect's word", async () => {
    const w = await started();
    w.emulator.advance(ELEVEN_MINUTES);
    for (const [command, fault] of [
      ["refresh", { json: 404 }],
      ["destroy", { html: 404 }],
    ] as const) {
      w.emulator.faults.clear();
      w.emulator.faults.add({ operation: "DescribeContactEvaluation", times: ALWAYS, fault });
      await fails(w, command, /the answer is not Amazon Connect's/);
    }
  });

  it("is not forgotten or deleted unread when its form was deleted, however old it is", async () => {
    const w = await started();
    w.emulator.advance(ELEVEN_MINUTES);
    w.emulator.behaviour.evaluationOfDeletedForm = "ResourceNotFoundException";
    const form = { InstanceId: w.instanceId, EvaluationFormId: w.form };
    await w.colleague.send(new DeleteEvaluationFormCommand(form));
    const { diagnostics } = await w.stack.refresh();
    assert.match(
      diagnostics.join("\n"),
      /kept arn:\S+ in the state: Amazon Connect lists it among the evaluations of its/,
    );
    const refused = await w.stack.destroyFails();
    assert.match(refused.diagnostics.join("\n"), /why: it may hold somebody's work: [\s\S]*set forceDestroy: true/);
    assert.deepEqual(await w.managed(), [w.only.arn]);
    await w.stack.destroy({ env: { [FORCE_DESTROY_VARIABLE]: "true" } });
    assert.equal(w.emulator.evaluations().length, 0);
  });

  it("is not asked for with the keys of an account that the stack does not allow", async () => {
    const w = await started();
    await w.stack.configure({ "aws:allowedAccountIds": JSON.stringify(["210987654321"]) });
    w.emulator.clearRequests();
    const reason = /the credentials belong to account 123456789012, which aws:allowedAccountIds does not name/;
    await fails(w, "refresh", patternInWords(reason));
    await fails(w, "destroy", patternInWords(reason));
    assert.deepEqual([...new Set(w.emulator.requests.map(({ operation }) => operation))], ["GetCallerIdentity"]);
  });

  it("is gone when it is old and the contact's record says so, although nobody says whose the credentials are", async () => {
    const w = await started();
    w.emulator.someone.deletes(w.only.arn);
    w.emulator.advance(ELEVEN_MINUTES);
    w.emulator.faults.add({ operation: "GetCallerIdentity", times: ALWAYS, fault: { drop: "before" } });
    await w.stack.refresh();
    assert.deepEqual(await w.managed(), []);
  });

  it("is not forgotten when it is old and its absence cannot be proven: the missing permission is named", async () => {
    const w = await started();
    w.emulator.advance(ELEVEN_MINUTES);
    w.emulator.behaviour.denied = ["DescribeContact", "ListContactEvaluations"];
    w.emulator.faults.add({
      operation: "DescribeContactEvaluation",
      times: ALWAYS,
      fault: { error: "ResourceNotFoundException" },
    });
    const { diagnostics } = await w.stack.refresh();
    assert.match(
      diagnostics.join("\n"),
      /kept arn:\S+ in the state: [^\n]* takes connect:DescribeContact and connect:ListContactEvaluations/,
    );
    assert.deepEqual(await w.managed(), [w.only.arn]);
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });

  it("is looked at again while it is young: one 404 loses nothing", async () => {
    const w = await started();
    const { arn } = w.only;
    w.emulator.someone.notes(arn, { q1: "warm" });
    const missOnce = () =>
      w.emulator.faults.add({
        operation: "DescribeContactEvaluation",
        fault: { error: "ResourceNotFoundException" },
      });
    missOnce();
    await w.stack.refresh();
    missOnce();
    const replaced = await w.stack.upFails({ program: w.program("one", { contactId: w.contactB }) });
    assert.match(replaced.diagnostics.join("\n"), /it has 1 note/);
    missOnce();
    await w.stack.destroyFails();
    assert.equal(w.only.arn, arn);
  });

  it("stays in the state while it is young and stays unseen, and a destroy sends the delete all the same", async () => {
    const w = await started();
    w.emulator.behaviour.startLagMs = { DescribeContactEvaluation: ELEVEN_MINUTES };
    const { diagnostics } = await w.stack.refresh();
    assert.match(diagnostics.join("\n"), /kept arn:.* in the state: Amazon Connect does not show it yet/);
    const unseen = w.emulator.faults.add({
      operation: "DeleteContactEvaluation",
      fault: { error: "ResourceNotFoundException" },
    });
    const refused = await w.stack.destroyFails();
    assert.equal(unseen.hits, 1);
    assert.match(refused.diagnostics.join("\n"), /could not delete evaluation arn:.*\n.*does not show it yet/);
    assert.equal((await w.stack.resource("one")).id, w.only.arn);
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });

  it("is deleted by a destroy after a start that could not be finished", async () => {
    const w = world();
    w.emulator.behaviour.startLagMs = { DescribeContactEvaluation: ELEVEN_MINUTES };
    await w.stack.upFails({ program: w.program("one") });
    assert.equal((await w.stack.resource("one")).id, w.only.arn);
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });
});
