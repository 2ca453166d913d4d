import assert from "node:assert/strict";
import { ofClass } from "../support/ofClass";
import { type World, worldForEach } from "../support/world";

describe("the resource option import", () => {
  const world = worldForEach();

  /** An evaluation that nobody manages. */
  async function existing(): Promise<{ w: World; arn: string }> {
    const w = world();
    const arn = await w.colleagueStarts({ tags: { a: "1", theirs: "1" } });
    w.unmanaged.delete(arn);
    return { w, arn };
  }

  it("adopts an existing evaluation and brings its declared tags in line", async () => {
    const { w, arn } = await existing();
    w.emulator.clearRequests();
    await w.stack.up({ program: w.program("one", { tags: { a: "2" } }, { import: arn }) });
    assert.equal((await w.stack.resource("one")).id, arn);
    assert.deepEqual(w.only.tags, { a: "2", theirs: "1" });
    assert.equal(w.emulator.calls("StartContactEvaluation"), 0);
  });

  it("may stay or go afterwards, without a change", async () => {
    const { w, arn } = await existing();
    const tags = { a: "1" };
    await w.stack.up({ program: w.program("one", { tags }, { import: arn }) });
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    assert.deepEqual((await w.stack.up({ program: w.program("one", { tags }) })).changes, { same: 1 });
    assert.deepEqual((await w.stack.up({ program: w.program("one", { tags }, { import: arn }) })).changes, { same: 1 });
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });

  ofClass.it(
    "is refused in preview where the evaluation does not exist, or is another one than the program declares",
    async () => {
      const { w, arn } = await existing();
      w.unmanaged.add(arn);
      const refused = async (args: object, option: string) =>
        (await w.stack.previewFails({ program: w.program("one", args, { import: option }) })).diagnostics.join("\n");
      assert.match(
        await refused({}, `${arn}-not`),
        /the option import must be the ARN of an evaluation that exists; got arn:/,
      );
      assert.match(await refused({}, "e-1"), /the option import must be the ARN of a contact evaluation/);
      assert.match(
        await refused({ contactId: w.contactB }, arn),
        new RegExp(`has contactId ${w.contactA}; the program declares another`),
      );
      assert.match(
        await refused({ evaluationFormId: w.otherForm }, arn),
        /has evaluationFormId .*; the program declares another/,
      );
      assert.match(
        await refused({ region: "us-east-1" }, arn),
        /has region eu-central-1; the program declares another/,
      );
      assert.match(
        await refused({ autoEvaluationConfiguration: { enabled: true } }, arn),
        /has autoEvaluationConfiguration.enabled false; the program declares another/,
      );
      w.emulator.someone.setsType(arn, "CALIBRATION");
      assert.match(await refused({}, arn), /belongs to a calibration session/);
    },
  );

  it("takes answers, notes, and a submission that are as declared, in any spelling, and leaves the others alone", async () => {
    const { w, arn } = await existing();
    w.emulator.someone.answers(arn, { q1: { StringValue: "o1" }, q2: { NumericValue: 7 } });
    w.emulator.someone.notes(arn, { s1: "Good.", q1: "by a person" });
    w.emulator.someone.submits(arn);
    const declared = { answers: { q1: "Yes" }, notes: { s1: "Good." }, submit: true, evaluationFormVersion: 1 };
    await w.stack.up({ program: w.program("one", declared, { import: arn }) });
    await w.stack.refresh({ expectNoChanges: true });
    await w.stack.up({ program: w.program("one", declared), expectNoChanges: true });
    assert.equal(w.only.submissions, 1);
    assert.deepEqual(w.only.answers.q2?.Value, { NumericValue: 7 });
    // Whoever declares it did not write it.
    await w.stack.destroyFails();
  });

  ofClass.it("is refused in preview for each answer, note, submission, and version that is another", async () => {
    const { w, arn } = await existing();
    w.unmanaged.add(arn);
    w.emulator.someone.answers(arn, { q1: { StringValue: "o1" } });
    w.emulator.someone.notes(arn, { s1: "Good." });
    const declared = {
      answers: { q1: "No", q2: 7 },
      notes: { s1: "Bad.", q1: "More." },
      submit: true,
      evaluationFormVersion: 2,
    };
    const failed = await w.stack.previewFails({ program: w.program("one", declared, { import: arn }) });
    const said = failed.diagnostics.join("\n");
    for (const differs of [
      'answers["q1"] with a value that ContactEvaluation.get shows',
      'answers["q2"] unanswered',
      'notes["s1"] with a text that ContactEvaluation.get shows',
      'notes["q1"] missing',
      "submit false, since it is a draft",
      "evaluationFormVersion 1",
    ]) {
      assert.ok(said.includes(`the evaluation to import has ${differs}; the program declares another`), said);
    }
  });

  ofClass.it("is refused for a resource that manages another evaluation", async () => {
    const { w, arn } = await existing();
    w.unmanaged.add(arn);
    await w.stack.up({ program: w.program("one") });
    const failed = await w.stack.previewFails({ program: w.program("one", {}, { import: arn }) });
    assert.match(failed.diagnostics.join("\n"), /could not import evaluation arn:.*\n.*already manages arn:/);
  });

  ofClass.it("must go before what the evaluation is of can change", async () => {
    const { w, arn } = await existing();
    await w.stack.up({ program: w.program("one", {}, { import: arn }) });
    const failed = await w.stack.previewFails({
      program: w.program("one", { contactId: w.contactB }, { import: arn }),
    });
    assert.match(failed.diagnostics.join("\n"), /remove the option import first/);
    assert.equal(w.only.arn, arn);
  });
});
