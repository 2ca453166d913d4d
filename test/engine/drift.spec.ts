import assert from "node:assert/strict";
import { type World, worldForEach } from "../support/world";

describe("refresh", () => {
  const world = worldForEach();

  const tags = { keep: "1", change: "1", lose: "1" };
  async function started(): Promise<World> {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags }) });
    return w;
  }

  it("finds nothing where nothing happened", async () => {
    const w = await started();
    assert.deepEqual((await w.stack.refresh({ expectNoChanges: true })).changes, { same: 1 });
    assert.deepEqual((await w.stack.up({ expectNoChanges: true })).changes, { same: 1 });
  });

  it("shows tags that a person changed or removed, and the next up mends them", async () => {
    const w = await started();
    w.emulator.someone.tags(w.only.arn, { change: "2", add: "1" });
    w.emulator.someone.untags(w.only.arn, ["lose"]);
    const refreshed = await w.stack.refresh();
    assert.deepEqual(refreshed.changes, { update: 1 });
    assert.deepEqual((await w.stack.resource("one")).inputs?.tags, { keep: "1", change: "2" });
    assert.deepEqual((await w.stack.up()).changes, { update: 1 });
    assert.deepEqual(w.only.tags, { ...tags, add: "1" });
  });

  it("leaves ignored tags alone", async () => {
    const w = world();
    const program = w.program("one", { tags }, { ignoreChanges: ["tags.change"] });
    await w.stack.up({ program });
    w.emulator.someone.tags(w.only.arn, { change: "2" });
    await w.stack.refresh();
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    assert.equal(w.only.tags.change, "2");
  });

  it("reads tags where the description leaves them out", async () => {
    const w = await started();
    w.emulator.behaviour.describeTags = "omitted";
    assert.deepEqual((await w.stack.refresh()).changes, { same: 1 });
    w.emulator.someone.tags(w.only.arn, { change: "2" });
    assert.deepEqual((await w.stack.refresh()).changes, { update: 1 });
    await w.stack.up();
    assert.deepEqual(w.only.tags, tags);
  });

  it("keeps an evaluation whose tags cannot be listed", async () => {
    const w = await started();
    w.emulator.behaviour.describeTags = "omitted";
    for (const error of ["AccessDeniedException", "ResourceNotFoundException"]) {
      w.emulator.faults.add({ operation: "ListTagsForResource", fault: { error } });
      const failed = await w.stack.refreshFails();
      assert.match(failed.diagnostics.join("\n"), /could not list the tags of evaluation arn:/, error);
      assert.equal((await w.managed()).length, 1, error);
    }
  });

  it("saves what the service decided, and that is no change", async () => {
    const w = await started();
    w.emulator.someone.submits(w.only.arn);
    assert.deepEqual((await w.stack.refresh()).changes, { same: 1 });
    assert.equal((await w.stack.resource("one")).outputs?.status, "SUBMITTED");
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
  });

  it("drops an evaluation that is gone, and the next up starts another", async () => {
    const w = await started();
    const { arn } = w.only;
    w.emulator.someone.deletes(arn);
    assert.deepEqual((await w.stack.refresh()).changes, { delete: 1 });
    assert.deepEqual(await w.managed(), []);
    await w.stack.up();
    assert.notEqual(w.only.arn, arn);
  });

  it("does both in one go with up --refresh", async () => {
    const w = await started();
    w.emulator.someone.deletes(w.only.arn);
    await w.stack.up({ refresh: true });
    assert.deepEqual(w.only.tags, tags);
  });

  it("keeps an evaluation that cannot be looked at: that does not mean gone", async () => {
    const w = await started();
    for (const [error, status] of [
      ["AccessDeniedException", 403],
      ["InternalServiceException", 500],
    ] as const) {
      const fault = w.emulator.faults.add({ times: Number.POSITIVE_INFINITY, fault: { error, status } });
      const failed = await w.stack.refreshFails();
      const told = failed.diagnostics.join("\n");
      assert.match(told, /could not read evaluation arn:/);
      assert.ok(told.includes(error), told);
      fault.remove();
      assert.equal((await w.managed()).length, 1);
    }
  });

  it("changes nothing at the service", async () => {
    const w = await started();
    w.emulator.someone.tags(w.only.arn, { change: "2" });
    w.emulator.clearRequests();
    await w.stack.refresh();
    assert.deepEqual(
      w.emulator.requests.map(({ operation }) => operation),
      ["DescribeContactEvaluation"],
    );
  });
});

describe("an evaluation that is gone", () => {
  const world = worldForEach();

  it("is deleted without a complaint, once and twice", async () => {
    for (const secondDelete of ["not found", "success"] as const) {
      const w = world();
      w.emulator.behaviour.secondDelete = secondDelete;
      await w.stack.up({ program: w.program("one") });
      w.emulator.someone.deletes(w.only.arn);
      assert.deepEqual((await w.stack.destroy()).changes, { delete: 1 });
      assert.deepEqual((await w.stack.destroy()).changes, {});
    }
  });

  it("is told with the way out when its tags are to change", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    const { arn } = w.only;
    w.gone.add(arn);
    w.emulator.someone.deletes(arn);
    const failed = await w.stack.upFails({ program: w.program("one", { tags: { a: "2" } }) });
    assert.match(failed.diagnostics.join("\n"), /could not update evaluation arn:.*\n.*it is gone\n.*pulumi refresh/);
  });
});
