import assert from "node:assert/strict";
import { UntagResourceCommand } from "@aws-sdk/client-connect";
import type * as pulumi from "@pulumi/pulumi";
import { MARKER, markerOf } from "../../provider/src/identity/marker";
import { ofClass } from "../support/ofClass";
import type { OperationResult } from "../support/operation";
import { World, worldForEach } from "../support/world";

describe("an evaluation that another resource has", () => {
  const world = worldForEach();

  ofClass.it(
    "is not adopted, neither from this stack nor from another one, until its tag says so no more",
    async () => {
      const w = world();
      await w.stack.up({ program: w.program("one") });
      const { arn } = w.only;
      const both = async () => void [w.declare("one"), w.declare("two", {}, { import: arn })];
      const sibling = await w.stack.previewFails({ program: both });
      assert.match(sibling.diagnostics.join("\n"), /must be the ARN of an evaluation that no other resource has/);
      const other = new World(w.emulator, await w.anotherStack({ stack: "other" }), "eu-central-1");
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
    },
  );

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

  it("is kept by what has only a copy of its state, whatever allows to lose work, and is not changed either", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    const copy = await w.stack.state();
    const config = { "connect-evaluations:namespace": "other" };
    const other = await w.anotherStack({ config });
    try {
      await other.editState((deployment) => Object.assign(deployment, copy));
      await other.up({ program: w.program("one") });
      const marker = w.marker(arn);
      const destroy = async (what: string, force: () => Promise<OperationResult>) => {
        const { diagnostics } = await force();
        const kept = new RegExp(
          `kept ${arn} in Amazon Connect: its tag[\\s\\S]*aws connect untag-resource --resource-arn`,
        );
        assert.match(diagnostics.join("\n"), kept, what);
        assert.equal(w.only.arn, arn, what);
        await w.stack.editState((deployment) => Object.assign(deployment, copy));
      };
      await destroy("without force", () => w.stack.destroy());
      await destroy("the variable", () => w.stack.destroy({ env: { CONNECT_EVALUATIONS_FORCE_DESTROY: "true" } }));
      await w.stack.configure({ "connect-evaluations:forceDestroy": "true" });
      await destroy("the setting", () => w.stack.destroy({ flags: ["--run-program"] }));
      await w.stack.configure({});
      const forced = w.program("one", { contactId: w.contactB, forceDestroy: true });
      await w.stack.up({ program: forced });
      assert.deepEqual(
        w.emulator
          .evaluations()
          .map(({ contactId }) => contactId)
          .sort(),
        [w.contactA, w.contactB].sort(),
      );
      await w.stack.destroy();
      assert.equal(w.marker(w.only.arn), marker);
      await other.destroy();
    } finally {
      await other.dispose();
    }
  });

  it("is not graded by a state that has it no more; the next up starts another one", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    w.emulator.someone.tags(arn, { [MARKER]: markerOf("", "another") });
    const graded = w.program("one", { answers: { q1: "Yes" } });
    const { diagnostics } = await w.stack.upFails({ program: graded });
    assert.match(
      diagnostics.join("\n"),
      /another resource has it.*\n.*`pulumi up` again, which starts another one.*untag-resource/,
    );
    assert.deepEqual(w.only.answers, {});
    const again = await w.stack.up({ program: graded });
    assert.deepEqual(again.changes, { replace: 1 });
    w.unmanaged.add(arn);
    assert.notEqual((await w.stack.resource("one")).id, arn);
  });

  it("is seen by a refresh, which keeps it in the state; the preview then shows a replacement, and the way back works", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    w.emulator.someone.tags(arn, { [MARKER]: markerOf("", "another") });
    await w.stack.refresh();
    assert.equal((await w.stack.resource("one")).id, arn);
    const preview = await w.stack.preview();
    assert.deepEqual(preview.changes, { replace: 1 });
    assert.match(preview.diagnostics.join("\n"), new RegExp(`untag-resource --resource-arn ${arn}.*pulumi refresh`));
    w.emulator.someone.untags(arn, [MARKER]);
    await w.stack.refresh();
    assert.deepEqual((await w.stack.up()).changes, { update: 1 });
    assert.equal(w.marker(arn), (await w.stack.resource("one")).outputs?.__marker);
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
  });
});

describe("an evaluation whose resource has another name in the state than a new one in the program", () => {
  const world = worldForEach();
  const FORCED = { CONNECT_EVALUATIONS_FORCE_DESTROY: "true" };
  const urn = (w: World, name: string) => w.urn(name);

  for (const env of [{}, FORCED]) {
    const how = env === FORCED ? "with force" : "without force";

    it(`is one's alone after \`pulumi state rename\` and a new one under the old name, ${how}`, async () => {
      const w = world();
      await w.stack.up({ program: w.program("e") });
      await w.stack.cli(["state", "rename", urn(w, "e"), "f", "--yes"]);
      const both = async () => void [w.declare("e"), w.declare("f")];
      await w.stack.tryUp({ program: both, env });
      await w.stack.up({ env });
      assert.deepEqual((await w.stack.up({ env })).changes, { same: 2 });
      const [e, f] = [(await w.stack.resource("e")).id, (await w.stack.resource("f")).id];
      assert.notEqual(e, f);
      await w.stack.destroy({ target: [urn(w, "e")], env });
      assert.equal(w.only.arn, f);
    });
  }

  it("is one's alone after `pulumi state move` while the old program stands, also with force", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const other = await w.anotherStack({ stack: "other", sharing: w.stack });
    try {
      await other.up({ program: async () => ({}) });
      await w.stack.cli(["state", "move", "--source", "dev", "--dest", "other", "--yes", urn(w, "one")]);
      await w.stack.up({ program: w.program("one"), env: FORCED });
      await other.tryUp({ program: w.program("one"), env: FORCED });
      await other.up({ env: FORCED });
      const [here, there] = [(await w.stack.resource("one")).id, (await other.resource("one")).id];
      assert.notEqual(here, there);
      await other.destroy({ env: FORCED });
      assert.equal(w.only.arn, here);
    } finally {
      await other.dispose();
    }
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

  it("is missed by a refresh where somebody removed or overwrote it, and set by the next up", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    const { arn } = w.only;
    const marker = w.marker(arn);
    const damages = [
      () => w.emulator.someone.untags(arn, [MARKER]),
      () => w.emulator.someone.tags(arn, { [MARKER]: "x" }),
    ];
    for (const [found, damage] of [
      ["", damages[0]],
      ["x", damages[1]],
    ] as const) {
      damage?.();
      await w.stack.refresh();
      const { __marker, __foundMarker } = (await w.stack.resource("one")).outputs ?? {};
      assert.deepEqual({ __marker, __foundMarker }, { __marker: marker, __foundMarker: found });
      assert.deepEqual((await w.stack.up()).changes, { update: 1 });
      assert.equal(w.marker(arn), marker);
      assert.equal((await w.stack.resource("one")).outputs?.__foundMarker, undefined);
    }
  });

  it("is not sent with a change of other tags, which would take the evaluation from whoever has it now", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    const { arn } = w.only;
    const another = markerOf("", "another");
    w.emulator.someone.tags(arn, { [MARKER]: another });
    await w.stack.up({ program: w.program("one", { tags: { a: "2" } }) });
    assert.equal(w.marker(arn), another);
    await w.stack.destroy();
    w.unmanaged.add(arn);
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

  it("replaces the evaluation in that order, and deletes the old one", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    const program = w.program("one", { triggers: [1] }, { transformations: [reversed] });
    await w.stack.up({ program });
    w.emulator.requests.splice(0);
    await w.stack.up({ program: w.program("one", { triggers: [2] }, { transformations: [reversed] }) });
    assert.notEqual(w.only.arn, arn);
    const operations = w.emulator.requests.map(({ operation }) => operation);
    assert.ok(operations.indexOf("StartContactEvaluation") < operations.indexOf("DeleteContactEvaluation"));
    assert.equal((await w.stack.resource("one")).id, w.only.arn);
  });

  it("does not lose the evaluation when the replacement is forced", async () => {
    const w = world();
    const program = w.program("one", {}, { transformations: [reversed] });
    await w.stack.up({ program });
    const { arn } = w.only;
    const urn = w.urn("one");
    await w.stack.up({ flags: [`--target-replace=${urn}`] });
    assert.equal(w.only.arn, arn);
  });
});
