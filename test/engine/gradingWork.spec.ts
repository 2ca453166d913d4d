import assert from "node:assert/strict";
import { FORCE_DESTROY_VARIABLE } from "../../provider/src/work/loss";
import { assertNoneIsDestroyed, type Work } from "../support/works";
import { type World, worldForEach } from "../support/world";

describe("somebody's work", () => {
  const world = worldForEach();

  async function started(): Promise<World> {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    return w;
  }

  const works: Work[] = [
    ["a submitted evaluation", (w, arn) => w.emulator.someone.submits(arn), /it is SUBMITTED/],
    [
      "one whose review is requested",
      (w, arn) => w.emulator.someone.setsStatus(arn, "REVIEW_REQUESTED"),
      /it is REVIEW_REQUESTED/,
    ],
    ["one under review", (w, arn) => w.emulator.someone.setsStatus(arn, "UNDER_REVIEW"), /it is UNDER_REVIEW/],
    ["an answer", (w, arn) => w.emulator.someone.answers(arn, { q1: { StringValue: "Yes" } }), /it has 1 answer/],
    ["a note", (w, arn) => w.emulator.someone.notes(arn, { q1: "well done" }), /it has 1 note/],
    [
      "two answers and a note",
      (w, arn) => {
        w.emulator.someone.answers(arn, { q1: { StringValue: "Yes" }, q2: { NumericValue: 3 } });
        w.emulator.someone.notes(arn, { q1: "well done" });
      },
      /it has 2 answers and 1 note;/,
    ],
    [
      "an answer over a suggestion",
      (w, arn) => {
        w.emulator.someone.suggests(arn, { q1: { StringValue: "Yes" } });
        w.emulator.someone.answers(arn, { q1: { StringValue: "No" } });
      },
      /it has 1 answer/,
    ],
  ];
  it("is not destroyed by surprise, whatever it is", async () => {
    const { output, refusals } = await assertNoneIsDestroyed(world(), works);
    for (const refusal of refusals) {
      assert.match(refusal, /last touched \d{4}-\d\d-\d\dT.* by arn:aws/);
      for (const way of ["forceDestroy: true", `${FORCE_DESTROY_VARIABLE}=true`, "retainOnDelete: true"]) {
        assert.ok(refusal.includes(way), way);
      }
    }
    assert.doesNotMatch(output, /\n\s+at /);
  });

  it("is not what the service suggested itself", async () => {
    const w = await started();
    w.emulator.someone.suggests(
      w.only.arn,
      { q1: { StringValue: "Yes" }, q2: { NumericValue: 3 } },
      { fillValue: true },
    );
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });

  it("is deleted with forceDestroy, once its tag says that it is the resource's own", async () => {
    const w = await started();
    w.emulator.someone.submits(w.only.arn);
    await w.stack.up({ program: w.program("one", { forceDestroy: true }) });
    w.emulator.clearRequests();
    await w.stack.destroy();
    assert.deepEqual(
      w.emulator.requests.map(({ operation }) => operation),
      ["DescribeContactEvaluation", "DeleteContactEvaluation"],
    );
  });

  it("is protected again when forceDestroy is taken back", async () => {
    const w = await started();
    await w.stack.up({ program: w.program("one", { forceDestroy: true }) });
    await w.stack.up({ program: w.program("one") });
    w.emulator.someone.submits(w.only.arn);
    await w.stack.destroyFails();
  });

  it("is deleted for one run with the environment variable", async () => {
    const w = await started();
    w.emulator.someone.submits(w.only.arn);
    await w.stack.destroyFails({ env: { [FORCE_DESTROY_VARIABLE]: "1" } });
    await w.stack.destroy({ env: { [FORCE_DESTROY_VARIABLE]: "true" } });
    assert.equal(w.emulator.evaluations().length, 0);
  });

  it("is deleted with the stack's configuration, once an up recorded it", async () => {
    const w = await started();
    w.emulator.someone.submits(w.only.arn);
    await w.stack.configure({ "connect-evaluations:forceDestroy": "true" });
    await w.stack.destroyFails();
    await w.stack.up();
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });

  it("stays in Amazon Connect with retainOnDelete", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", {}, { retainOnDelete: true }) });
    w.emulator.someone.submits(w.only.arn);
    w.unmanaged.add(w.only.arn);
    await w.stack.destroy();
    assert.equal(w.only.status, "SUBMITTED");
  });

  it("may be replaced with forceDestroy, also when it is set together with the change", async () => {
    const w = await started();
    w.emulator.someone.submits(w.only.arn);
    await w.stack.up({ program: w.program("one", { contactId: w.contactB, forceDestroy: true }) });
    assert.equal(w.only.contactId, w.contactB);
  });
});

describe("a delete that the service refuses", () => {
  const world = worldForEach();

  it("keeps the state and explains, once", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    w.emulator.behaviour.deleteInStatus = ["DRAFT"];
    w.emulator.clearRequests();
    const refused = await w.stack.destroyFails();
    assert.match(refused.diagnostics.join("\n"), /could not delete evaluation arn:[\s\S]*ResourceConflictException/);
    assert.equal(w.emulator.calls("DeleteContactEvaluation"), 1);
  });
});
