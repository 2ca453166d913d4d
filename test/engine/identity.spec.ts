import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation } from "pulumi-connect-evaluations";
import { ofClass } from "../support/ofClass";
import { type World, worldForEach } from "../support/world";

class Round extends pulumi.ComponentResource {
  constructor(name: string, w: World, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Round", name, {}, opts);
    w.declare(`${name}-a`, {}, { parent: this });
    w.declare(`${name}-b`, {}, { parent: this });
  }
}

describe("the identity of a contact evaluation", () => {
  const world = worldForEach();

  const tokens = (w: World) =>
    w.emulator.requests
      .filter(({ operation }) => operation === "StartContactEvaluation")
      .map(({ input }) => input.ClientToken);

  it("is its own where two in one component have equal inputs", async () => {
    const w = world();
    const program = async () => void new Round("round", w);
    await w.stack.preview({ program });
    await w.stack.up();
    assert.equal(w.emulator.evaluations().length, 2);
    assert.equal(new Set(tokens(w)).size, 2);
    assert.deepEqual((await w.stack.up()).changes, { same: 3 });
  });

  it("differs between nested components of one name", async () => {
    const w = world();
    const program = async () => {
      const outer = new Round("outer", w);
      new Round("round", w, { parent: outer });
      new Round("other", w, { parent: outer });
    };
    await w.stack.up({ program });
    assert.equal(w.emulator.evaluations().length, 6);
    await w.stack.destroy();
  });

  it("moves with a rename by alias, which changes only the tag by which it is recognized", async () => {
    const w = world();
    await w.stack.up({ program: w.program("old", { tags: { a: "1" } }) });
    w.emulator.clearRequests();
    const renamed = await w.stack.up({
      program: w.program("new", { tags: { a: "1" } }, { aliases: [{ name: "old" }] }),
    });
    assert.deepEqual(renamed.changes, { update: 1 });
    assert.deepEqual(
      w.emulator.requests.map(({ operation }) => operation),
      ["DescribeContactEvaluation", "TagResource"],
    );
    assert.deepEqual((await w.stack.up({ program: w.program("new", { tags: { a: "1" } }) })).changes, { same: 1 });
    await w.stack.up({ program: w.program("new", { tags: { a: "2" } }) });
    assert.deepEqual(w.only.tags, { a: "2" });
  });

  it("is not given away: a new resource under the old name gets an evaluation of its own", async () => {
    const w = world();
    await w.stack.up({ program: w.program("old") });
    const { arn } = w.only;
    await w.stack.up({ program: w.program("new", {}, { aliases: [{ name: "old" }] }) });
    // The old name comes first, so that its start meets the evaluation before the new name's diff may claim it.
    await w.stack.up({ program: async () => void [w.declare("old"), w.declare("new")] });
    assert.equal((await w.stack.resource("new")).id, arn);
    assert.equal(w.emulator.evaluations().length, 2);
  });

  ofClass.it("is told by isInstance", async () => {
    const w = world();
    const program = async () => {
      assert.equal(ContactEvaluation.isInstance(w.declare("one")), true);
      assert.equal(ContactEvaluation.isInstance(new pulumi.ComponentResource("test:index:Other", "other")), false);
      assert.equal(ContactEvaluation.isInstance(undefined), false);
    };
    await w.stack.preview({ program });
  });
});

describe("reading an evaluation that is not managed", () => {
  const world = worldForEach();

  it("gives its properties, and never deletes it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    const { arn } = w.only;
    const read = async () => {
      const { contactId, tags, status, evaluationArn } = w.front.get("one", arn);
      return { contactId, tags, status, evaluationArn };
    };
    // Same id: the engine lets go of the managed one without deleting it.
    const { outputs } = await w.stack.up({ program: read });
    w.unmanaged.add(arn);
    await w.stack.up({ program: read });
    assert.deepEqual(outputs, { contactId: w.contactA, tags: { a: "1" }, status: "DRAFT", evaluationArn: arn });
    await w.stack.destroy();
    assert.equal(w.only.arn, arn);
  });

  it("sees what changed, in refresh too", async () => {
    const w = world();
    const arn = await w.colleagueStarts({ tags: { a: "1" } });
    await w.stack.up({ program: async () => ({ tags: w.front.get("one", arn).tags }) });
    w.emulator.someone.tags(arn, { b: "2" });
    await w.stack.refresh();
    assert.deepEqual((await w.stack.resource("one")).outputs?.tags, { a: "1", b: "2" });
  });

  it("gives all answers, notes, and scores that it holds, options by their text", async () => {
    const w = world();
    const arn = await w.colleagueStarts();
    w.emulator.someone.answers(arn, { q1: { StringValue: "o1" }, q2: { NumericValue: 7 } });
    w.emulator.someone.notes(arn, { s1: "Good." });
    w.emulator.someone.submits(arn);
    const { outputs } = await w.stack.up({
      program: async () => {
        const { answers, notes, score } = w.front.get("one", arn);
        return { answers, notes, percentage: score.apply((one) => one?.percentage) };
      },
    });
    assert.deepEqual(outputs, {
      answers: { q1: "Yes", q2: 7 },
      notes: { s1: "Good." },
      percentage: w.only.score?.Percentage,
    });
  });

  it("fails when there is none, and when the id is no ARN of one", async () => {
    const w = world();
    const missing = `arn:aws:connect:eu-central-1:123456789012:instance/${w.instanceId}/contact-evaluation/none`;
    const failed = await w.stack.previewFails({ program: async () => void w.front.get("read", missing) });
    assert.match(failed.diagnostics.join("\n"), /could not read evaluation arn:.*\/none\n.*does not know it/);
    const wrong = await w.stack.previewFails({ program: async () => void w.front.get("read", "e-1") });
    assert.match(wrong.diagnostics.join("\n"), /"e-1"\n.*not the ARN of a contact evaluation/);
  });
});
