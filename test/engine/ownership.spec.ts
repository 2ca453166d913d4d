import assert from "node:assert/strict";
import { UntagResourceCommand } from "@aws-sdk/client-connect";
import type * as pulumi from "@pulumi/pulumi";
import { createTestStack } from "../support/stack";
import { World, worldForEach } from "../support/world";

describe("an evaluation that another resource has", () => {
  const world = worldForEach();

  it("is not adopted, neither from this stack nor from another one, until its tag says so no more", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    const both = async () => void [w.declare("one"), w.declare("two", {}, { import: arn })];
    const sibling = await w.stack.previewFails({ program: both });
    assert.match(sibling.diagnostics.join("\n"), /must be the ARN of an evaluation that no other resource has/);
    const other = new World(
      w.emulator,
      await createTestStack({ emulator: w.emulator.url, stack: "other" }),
      "eu-central-1",
    );
    try {
      const program = w.program("one", {}, { import: arn });
      const refused = (await other.stack.previewFails({ program })).diagnostics.join("\n");
      assert.match(refused, /one that another resource has, by its tag pulumi-connect-evaluations/);
      assert.match(refused, new RegExp(`aws connect untag-resource --resource-arn ${arn} --tag-keys pulumi-connect`));
      const untag = new UntagResourceCommand({ resourceArn: arn, tagKeys: ["pulumi-connect-evaluations"] });
      await w.colleague.send(untag);
      await w.stack.editState((deployment) => {
        deployment.resources = deployment.resources.filter(({ urn }) => !urn.endsWith("::one"));
      });
      await other.stack.up({ program });
      assert.equal((await other.stack.resource("one")).id, arn);
      await other.stack.destroy();
    } finally {
      await other.stack.dispose();
    }
  });

  it("stops a run in which two resources have it, and is not deleted with one of them", async () => {
    const w = world();
    const both = async () => void [w.declare("one"), w.declare("two", { contactId: w.contactB })];
    await w.stack.up({ program: both });
    const { id: arn = "" } = await w.stack.resource("one");
    const { id: second = "" } = await w.stack.resource("two");
    await w.stack.editState(({ resources }) => {
      for (const resource of resources) if (resource.urn.endsWith("::two")) resource.id = arn;
    });
    w.unmanaged.add(second);
    const shared = await w.stack.upFails({ program: both });
    assert.match(
      shared.diagnostics.join("\n"),
      /two resources of this stack have it in their state[\s\S]*pulumi state delete/,
    );
    const removed = await w.stack.upFails({ program: w.program("one") });
    assert.match(removed.diagnostics.join("\n"), /another resource of this stack has it too/);
    await w.stack.editState((deployment) => {
      deployment.resources = deployment.resources.filter(({ urn }) => !urn.endsWith("::two"));
    });
    await w.stack.up({ program: w.program("one") });
  });

  it("is not deleted by a resource that lost it to another stack", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    w.emulator.someone.tags(w.only.arn, { "pulumi-connect-evaluations": "another" });
    const refused = await w.stack.destroyFails();
    assert.match(
      refused.diagnostics.join("\n"),
      /its tag pulumi-connect-evaluations says that another resource has it/,
    );
    w.emulator.someone.untags(w.only.arn, ["pulumi-connect-evaluations"]);
    await w.stack.destroy();
  });
});

describe("an evaluation that a resource let go of", () => {
  const world = worldForEach();

  it("is taken back when the resource is declared again, and the run says so", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", {}, { retainOnDelete: true }) });
    const { arn } = w.only;
    await w.stack.destroy();
    const { diagnostics } = await w.stack.up({ program: w.program("one") });
    assert.match(
      diagnostics.join("\n"),
      new RegExp(`took over ${arn}, which an earlier run started for this resource`),
    );
    assert.equal(w.only.arn, arn);
  });

  it("is not taken back once a person worked in it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", {}, { retainOnDelete: true }) });
    const { arn } = w.only;
    w.emulator.someone.notes(arn, { q1: "warm" });
    await w.stack.destroy();
    w.unmanaged.add(arn);
    await w.stack.up({ program: w.program("one") });
    assert.equal(w.emulator.evaluations().length, 2);
  });
});

describe("the tag by which a resource recognizes its evaluation", () => {
  const world = worldForEach();

  it("is not shown, is no drift, and survives changes of the other tags", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    const marker = w.marker(w.only.arn);
    assert.ok(marker);
    await w.stack.refresh();
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    await w.stack.up({ program: w.program("one") });
    assert.equal(w.marker(w.only.arn), marker);
    assert.deepEqual((await w.stack.resource("one")).outputs?.tags, undefined);
  });

  it("follows a renamed resource in the run that renames it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("old") });
    const before = w.marker(w.only.arn);
    assert.deepEqual((await w.stack.up({ program: w.program("new", {}, { aliases: [{ name: "old" }] }) })).changes, {
      update: 1,
    });
    assert.notEqual(w.marker(w.only.arn), before);
    assert.deepEqual((await w.stack.up({ program: w.program("new") })).changes, { same: 1 });
    await w.stack.up({ program: async () => void [w.declare("new"), w.declare("old")] });
    assert.equal(w.emulator.evaluations().length, 2);
  });

  it("is set with the next change, whatever that is, where somebody removed it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    w.emulator.someone.untags(w.only.arn, ["pulumi-connect-evaluations"]);
    await w.stack.refresh();
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    await w.stack.up({ program: w.program("one", { tags: { a: "1" }, forceDestroy: true }) });
    assert.ok(w.marker(w.only.arn));
  });

  it("may not be declared", async () => {
    const w = world();
    const program = w.program("one", { tags: { "pulumi-connect-evaluations": "mine" } });
    const { diagnostics } = await w.stack.previewFails({ program });
    assert.match(diagnostics.join("\n"), /tags\["pulumi-connect-evaluations"\]/);
  });
});

describe("a transformation that has the engine create before it deletes", () => {
  const world = worldForEach();
  const reversed: pulumi.ResourceTransformation = ({ props, opts }) => ({
    props,
    opts: { ...opts, deleteBeforeReplace: false },
  });

  it("is refused before anything is started or deleted", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    const program = w.program("one", { contactId: w.contactB }, { transformations: [reversed] });
    const refused = await w.stack.upFails({ program });
    assert.match(refused.diagnostics.join("\n"), /nothing was started or deleted\n.*deleteBeforeReplace to false/);
    assert.equal(w.only.arn, arn);
  });

  it("does not lose the evaluation when the replacement is forced", async () => {
    const w = world();
    const program = w.program("one", {}, { transformations: [reversed] });
    await w.stack.up({ program });
    const { arn } = w.only;
    const urn = w.stack.urn("pulumi-nodejs:dynamic/connect:ContactEvaluation", "one");
    await w.stack.up({ flags: [`--target-replace=${urn}`] });
    assert.equal(w.only.arn, arn);
  });
});
