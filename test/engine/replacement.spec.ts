import assert from "node:assert/strict";
import { DeactivateEvaluationFormCommand } from "@aws-sdk/client-connect";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { DYNAMIC, USUAL_FRONT } from "../support/fronts";
import { ofClass } from "../support/ofClass";
import { type World, worldForEach } from "../support/world";

/** The class has it by itself; with the plugin a program says it, for replacements that are forced. */
const DELETES_FIRST = USUAL_FRONT === DYNAMIC ? {} : { deleteBeforeReplace: true };

describe("the replacement of a contact evaluation", () => {
  const world = worldForEach();

  it("leaves one living evaluation, another one, when it is forced, in whichever way", async () => {
    const w = world();
    const ways = ["replace", "target-replace", "taint"];
    const ids = () => Promise.all(ways.map(async (name) => (await w.stack.resource(name)).id));
    await w.stack.up({
      program: async () => ways.map((name) => w.declare(name, { tags: { a: "1" } }, DELETES_FIRST)) && undefined,
    });
    const before = await ids();
    await w.stack.up({ replace: [w.urn("replace")] });
    await w.stack.up({ flags: [`--target-replace=${w.urn("target-replace")}`] });
    await w.stack.cli(["state", "taint", "--yes", w.urn("taint")]);
    await w.stack.up();
    assert.equal(new Set([...before, ...(await ids())]).size, 2 * ways.length);
    assert.deepEqual(
      w.evaluations().map(({ tags }) => tags),
      ways.map(() => ({ a: "1" })),
    );
  });

  it("goes from one contact to another and back", async () => {
    const w = world();
    const seen = new Set<string>();
    for (const contactId of [w.contactA, w.contactB, w.contactA]) {
      await w.stack.up({ program: w.program("one", { contactId }) });
      assert.equal(w.only.contactId, contactId);
      seen.add(w.only.arn);
    }
    assert.equal(seen.size, 3);
  });

  it("starts another evaluation after a destroy", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const before = w.only.arn;
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
    await w.stack.up();
    assert.notEqual(w.only.arn, before);
  });

  const hopeless: [string, (w: World) => Partial<ContactEvaluationArgs>, RegExp][] = [
    ["the new contact does not exist", () => ({ contactId: "nobody" }), /contact nobody .* does not exist in instance/],
    ["the new form does not exist", () => ({ evaluationFormId: "nothing" }), /evaluation form nothing does not exist/],
    [
      "the new form has no active version",
      (w) => ({ evaluationFormId: w.emulator.addEvaluationForm(w.instanceId, { activate: false }).evaluationFormId }),
      /has no active version \(version 1 is a draft\)[\s\S]*activate-evaluation-form/,
    ],
    ["the new instance does not exist", () => ({ instanceId: "nowhere" }), /instance nowhere does not exist/],
  ];
  it("is refused in preview and in up, and nothing is deleted, when it cannot succeed", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    for (const [reason, change, message] of hopeless) {
      const told = (await w.stack.previewFails({ program: w.program("one", change(w)) })).diagnostics.join("\n");
      assert.match(told, message, reason);
      assert.match(told, /nothing was deleted/, reason);
    }
    await w.stack.upFails();
    assert.equal(w.only.arn, arn);
  });

  it("is refused when it would lose somebody's work", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    w.emulator.someone.answers(w.only.arn, { q1: { StringValue: "Yes" } });
    const program = w.program("one", { contactId: w.contactB });
    // The plugin is not told what is retained: its preview warns.
    const preview = w.front === DYNAMIC ? "previewFails" : "preview";
    for (const refused of [await w.stack[preview]({ program }), await w.stack.upFails()]) {
      assert.match(refused.diagnostics.join("\n"), /could not replace evaluation arn:.*\n.*it has 1 answer/);
    }
    assert.equal(w.only.contactId, w.contactA);
  });

  it("keeps somebody's work with retainOnDelete, and starts the new evaluation", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", {}, { retainOnDelete: true }) });
    w.emulator.someone.submits(w.only.arn);
    w.unmanaged.add(w.only.arn);
    await w.stack.up({ program: w.program("one", { contactId: w.contactB }, { retainOnDelete: true }) });
    assert.deepEqual(
      w.emulator.evaluations().map(({ contactId }) => contactId),
      [w.contactA, w.contactB],
    );
  });

  it("is refused once the program takes forceDestroy back, whatever an earlier run recorded", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { forceDestroy: true }) });
    w.emulator.someone.submits(w.only.arn);
    await w.stack.upFails({ program: w.program("one", { contactId: w.contactB }) });
    await w.stack.upFails({
      program: w.program("one", {}, DELETES_FIRST),
      flags: [`--target-replace=${w.urn("one")}`],
    });
    assert.equal(w.only.contactId, w.contactA);
  });

  ofClass.it("keeps somebody's work when retainOnDelete is set together with the change", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    w.emulator.someone.submits(w.only.arn);
    w.unmanaged.add(w.only.arn);
    const program = w.program("one", { contactId: w.contactB }, { retainOnDelete: true });
    await w.stack.preview({ program });
    await w.stack.up({ program });
    assert.deepEqual(
      w.emulator.evaluations().map(({ contactId, status }) => [contactId, status]),
      [
        [w.contactA, "SUBMITTED"],
        [w.contactB, "DRAFT"],
      ],
    );
  });

  it("deletes nothing when it is forced and cannot succeed", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", {}, DELETES_FIRST) });
    const { arn } = w.only;
    await w.colleague.send(
      new DeactivateEvaluationFormCommand({
        InstanceId: w.instanceId,
        EvaluationFormId: w.form,
        EvaluationFormVersion: 1,
      }),
    );
    const forced = await w.stack.upFails({ flags: [`--target-replace=${w.urn("one")}`] });
    assert.match(forced.diagnostics.join("\n"), /nothing was deleted\n.*has no active version/);
    const changed = w.program("one", { tags: { a: "1" } }, { ...DELETES_FIRST, replaceOnChanges: ["tags"] });
    assert.match((await w.stack.upFails({ program: changed })).diagnostics.join("\n"), /nothing was deleted/);
    assert.equal(w.only.arn, arn);
  });

  it("says which evaluation of the new contact may stand in its way, and goes on", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const colleagues = await w.colleagueStarts({ contactId: w.contactB });
    const { diagnostics } = await w.stack.preview({ program: w.program("one", { contactId: w.contactB }) });
    assert.match(diagnostics.join("\n"), new RegExp(`already has evaluation ${colleagues} \\(DRAFT\\) with this form`));
    await w.stack.up();
  });

  it("works for callers who may not look at contact and form", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const lookups = ["DescribeContact", "ListEvaluationFormVersions", "DescribeInstance"] as const;
    w.emulator.faults.add({
      operation: [...lookups],
      times: Number.POSITIVE_INFINITY,
      fault: { error: "AccessDeniedException" },
    });
    await w.stack.up({ program: w.program("one", { contactId: w.contactB }) });
    assert.equal(w.only.contactId, w.contactB);
  });

  it("is finished by the next up when its start failed", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const fault = w.emulator.faults.add({
      operation: "StartContactEvaluation",
      times: 1,
      fault: { error: "ServiceQuotaExceededException" },
    });
    await w.stack.upFails({ program: w.program("one", { contactId: w.contactB }) });
    assert.equal(fault.hits, 1);
    assert.equal(w.emulator.evaluations().length, 0);
    await w.stack.up();
    assert.equal(w.only.contactId, w.contactB);
  });

  it("changes nothing when its delete fails", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    w.emulator.behaviour.deleteInStatus = ["DRAFT"];
    const failed = await w.stack.upFails({ program: w.program("one", { contactId: w.contactB }) });
    assert.match(failed.diagnostics.join("\n"), /could not delete evaluation[\s\S]*ResourceConflictException/);
    assert.equal(w.only.contactId, w.contactA);
    w.emulator.behaviour.deleteInStatus = [];
    await w.stack.up();
    assert.equal(w.only.contactId, w.contactB);
  });

  ofClass.it("refuses to create before it deletes", async () => {
    const w = world();
    const failed = await w.stack.upFails({ program: w.program("one", {}, { deleteBeforeReplace: false }) });
    assert.match(failed.output, /ContactEvaluation "one": deleteBeforeReplace cannot be false/);
    assert.doesNotMatch(failed.output, /\n\s+at /);
    assert.equal(w.emulator.calls(), 0);
  });
});
