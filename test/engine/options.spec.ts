import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { createTestStack } from "../support/stack";
import { type World, worldForEach } from "../support/world";

describe("Pulumi's own options", () => {
  const world = worldForEach();

  const ids = (w: World, ...names: string[]) =>
    Promise.all(names.map(async (name) => (await w.stack.resource(name)).id ?? ""));

  it("replaceOnChanges replaces for what is changed in place otherwise", async () => {
    const w = world();
    const program = (team: string) => w.program("one", { tags: { team, a: "1" } }, { replaceOnChanges: ["tags.team"] });
    await w.stack.up({ program: program("x") });
    const { arn } = w.only;
    await w.stack.up({ program: program("y") });
    assert.notEqual(w.only.arn, arn);
  });

  it("protect stands against a replacement and a destroy, before anything is deleted", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", {}, { protect: true }) });
    const { arn } = w.only;
    await w.stack.upFails({ program: w.program("one", { contactId: w.contactB }, { protect: true }) });
    await w.stack.destroyFails();
    assert.equal(w.only.arn, arn);
  });

  it("deletedWith leaves the deletion to what takes it along", async () => {
    const w = world();
    const program = async () => {
      const one = w.declare("one");
      w.declare("two", { contactId: w.contactB }, { deletedWith: one });
    };
    await w.stack.up({ program });
    const [, two = ""] = await ids(w, "one", "two");
    w.unmanaged.add(two);
    w.emulator.clearRequests();
    await w.stack.destroy();
    assert.equal(w.emulator.calls("DeleteContactEvaluation"), 1);
    assert.equal(w.only.arn, two);
  });

  it("dependsOn orders, and transforms change what the program says", async () => {
    const w = world();
    const program = async () => {
      const one = w.declare("one");
      const transform: pulumi.ResourceTransform = ({ props, opts }) => ({
        props: { ...props, tags: { ...props.tags, by: "transform" } },
        opts,
      });
      w.declare("two", { contactId: w.contactB, tags: { a: "1" } }, { dependsOn: [one], transforms: [transform] });
    };
    await w.stack.up({ program });
    const starts = w.emulator.requests.filter(({ operation }) => operation === "StartContactEvaluation");
    assert.deepEqual(
      starts.map(({ input }) => input.ContactId),
      [w.contactA, w.contactB],
    );
    assert.deepEqual(w.evaluations()[1]?.tags, { a: "1", by: "transform" });
    assert.deepEqual((await w.stack.up()).changes, { same: 2 });
  });

  it("additionalSecretOutputs encrypts what the service decided", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", {}, { additionalSecretOutputs: ["contactAgentId"] }) });
    assert.notEqual((await w.stack.resource("one")).outputs?.contactAgentId, "agent-a");
  });

  it("--target touches what it names and nothing else", async () => {
    const w = world();
    const program = (tag: string) => async () =>
      void [w.declare("one", { tags: { tag } }), w.declare("two", { tags: { tag } })];
    await w.stack.up({ program: program("1") });
    const [one = "", two = ""] = await ids(w, "one", "two");
    await w.stack.up({ program: program("2"), target: [w.urn("one")] });
    assert.equal(w.emulator.evaluation(one)?.tags.tag, "2");
    assert.equal(w.emulator.evaluation(two)?.tags.tag, "1");
  });

  it("preview --diff shows the tag that changes, and nothing hidden", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    const { output } = await w.stack.preview({ program: w.program("one", { tags: { a: "2" } }), diff: true });
    assert.match(output, /~ a: "1" => "2"/);
    assert.doesNotMatch(output, /__key|__provider/);
  });

  it("a StackReference sees the outputs", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const reader = await createTestStack({ sharing: w.stack, stack: "reader" });
    try {
      const { outputs } = await reader.up({
        program: async () => ({ arn: new pulumi.StackReference("organization/test/dev").getOutput("arn") }),
      });
      assert.equal(outputs.arn, w.only.arn);
    } finally {
      await reader.dispose();
    }
  });

  it("ignoreTags of the stack leaves tags to others, in both directions", async () => {
    const w = world();
    await w.stack.configure({ "aws:ignoreTags": '{"keys":["owner"],"keyPrefixes":["c7n:"]}' });
    await w.stack.up({ program: w.program("one", { tags: { a: "1", owner: "me", "c7n:x": "1" } }) });
    w.emulator.someone.tags(w.only.arn, { owner: "them", "c7n:x": "2" });
    assert.deepEqual((await w.stack.refresh()).changes, { same: 1 });
    await w.stack.up({ program: w.program("one", { tags: { a: "2" } }) });
    assert.deepEqual(w.only.tags, { a: "2", owner: "them", "c7n:x": "2" });
  });
});
