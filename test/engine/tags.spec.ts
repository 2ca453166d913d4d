import assert from "node:assert/strict";
import { worldForEach } from "../support/world";

const tagsFrom = (from: number, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`key-${from + n}`, "1"]));

describe("tags when something goes wrong", () => {
  const world = worldForEach();

  for (const operation of ["UntagResource", "TagResource"] as const) {
    it(`are finished by the next up when ${operation} failed`, async () => {
      const w = world();
      await w.stack.up({ program: w.program("one", { tags: { old: "1", change: "1" } }) });
      w.emulator.faults.add({ operation, fault: { error: "AccessDeniedException" } });
      const failed = await w.stack.upFails({ program: w.program("one", { tags: { change: "2", new: "1" } }) });
      assert.match(
        failed.diagnostics.join("\n"),
        /could not change the tags of evaluation arn:[\s\S]*AccessDeniedException/,
      );
      await w.stack.up();
      assert.deepEqual(w.only.tags, { change: "2", new: "1" });
    });

    it(`are what the program says when the answer of ${operation} was lost`, async () => {
      const w = world();
      await w.stack.up({ program: w.program("one", { tags: { old: "1", change: "1" } }) });
      w.emulator.faults.add({ operation, fault: { drop: "after" } });
      await w.stack.up({ program: w.program("one", { tags: { change: "2", new: "1" } }) });
      assert.deepEqual(w.only.tags, { change: "2", new: "1" });
    });
  }

  for (const [how, fault] of [
    ["was denied", { error: "AccessDeniedException" }],
    ["was made, and its answer lost for good", { drop: "after" }],
  ] as const) {
    it(`go back to what they were when the program does, after a call in between ${how}`, async () => {
      const w = world();
      await w.stack.up({ program: w.program("one", { tags: { old: "1", kept: "1" } }) });
      w.emulator.faults.add({ operation: "TagResource", times: 3, fault });
      await w.stack.upFails({ program: w.program("one", { tags: { new: "1", kept: "2" } }) });
      w.emulator.faults.clear();
      await w.stack.up({ program: w.program("one", { tags: { old: "1", kept: "1" } }) });
      assert.deepEqual(w.only.tags, { old: "1", kept: "1" });
      assert.equal((await w.stack.resource("one")).outputs?.status, "DRAFT");
      assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    });
  }

  it("are swapped, as many as there may be for as many others", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: tagsFrom(0, 49) }) });
    await w.stack.up({ program: w.program("one", { tags: tagsFrom(50, 49) }) });
    assert.deepEqual(w.only.tags, tagsFrom(50, 49));
  });

  it("are swapped with the longest keys and values there are, counted in characters", async () => {
    const w = world();
    const longest = (first: string) =>
      Object.fromEntries(
        Array.from({ length: 49 }, (_, n) => [`${first}${10 + n}${"𠮷".repeat(125)}`, "💥".repeat(256)]),
      );
    await w.stack.up({ program: w.program("one", { tags: longest("a") }) });
    await w.stack.up({ program: w.program("one", { tags: longest("b") }) });
    assert.deepEqual(w.only.tags, longest("b"));
  });

  it("are swapped beside those that came from the form, which count too", async () => {
    const w = world();
    w.emulator.behaviour.formTags = "copied";
    const { evaluationFormId } = w.emulator.addEvaluationForm(w.instanceId, {
      tags: { team: "quality", site: "north" },
    });
    await w.stack.up({ program: w.program("one", { evaluationFormId, tags: tagsFrom(0, 47) }) });
    await w.stack.up({ program: w.program("one", { evaluationFormId, tags: tagsFrom(50, 47) }) });
    assert.deepEqual(w.only.tags, { team: "quality", site: "north", ...tagsFrom(50, 47) });
  });

  it("that a person changed between two runs become what the program says", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1", b: "1" } }) });
    w.emulator.someone.tags(w.only.arn, { a: "theirs", b: "theirs" });
    w.emulator.someone.untags(w.only.arn, ["b"]);
    await w.stack.up({ program: w.program("one", { tags: { a: "2", b: "2" } }) });
    assert.deepEqual(w.only.tags, { a: "2", b: "2" });
  });
});

describe("what waits for its deletion in the state", () => {
  const world = worldForEach();

  it("is guarded like everything else, and goes when the run is told to", async () => {
    const w = world();
    await w.stack.up({ program: async () => void [w.declare("one"), w.declare("two", { contactId: w.contactB })] });
    // As a create-before-delete replacement whose delete failed would leave it.
    await w.stack.editState(({ resources }) => {
      for (const resource of resources) if (resource.urn.endsWith("::two")) resource.delete = true;
    });
    const waiting = w.emulator.evaluations().find(({ contactId }) => contactId === w.contactB);
    assert.ok(waiting);
    w.emulator.someone.submits(waiting.arn);
    const refused = await w.stack.upFails({ program: w.program("one") });
    assert.match(refused.diagnostics.join("\n"), /it is SUBMITTED/);
    assert.equal(w.emulator.evaluations().length, 2);
    await w.stack.up({ env: { CONNECT_EVALUATIONS_FORCE_DESTROY: "true" } });
    assert.equal(w.only.contactId, w.contactA);
  });
});
