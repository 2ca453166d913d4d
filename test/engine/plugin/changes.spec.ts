import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { PLUGIN } from "../../support/fronts";
import { worldForEach } from "../../support/world";

describe("a change of an evaluation of the plugin", () => {
  const world = worldForEach({ front: PLUGIN });

  it("is shown by path, for tags, answers and notes, in a preview that calls nothing for it", async () => {
    const w = world();
    await w.stack.up({
      program: w.program("one", { tags: { kept: "1", changed: "1", "a.b": "1" }, answers: { q1: "Yes" } }),
    });
    const tags = { kept: "1", changed: "2", "c d": "1" };
    const program = w.program("one", { tags, answers: { q1: "No", q2: 7 }, notes: { q1: "warm" } });
    const [step] = (await w.stack.preview({ program })).steps;
    assert.deepEqual(step?.detailedDiff, [
      "answers.q1: update",
      "answers.q2: add",
      "notes: add",
      "tags.changed: update",
      'tags["a.b"]: delete',
      'tags["c d"]: add',
    ]);
  });

  it("that replaces is shown as one, and deletes before it creates", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    const change = { contactId: w.contactB, autoEvaluationConfiguration: { enabled: true } };
    const { steps } = await w.stack.preview({ program: w.program("one", change) });
    const [replaced] = steps.filter(({ op }) => op === "replace");
    assert.deepEqual(replaced?.detailedDiff, ["autoEvaluationConfiguration: add-replace", "contactId: update-replace"]);
    w.emulator.clearRequests();
    await w.stack.up();
    const changes = w.emulator.requests
      .map(({ operation }) => operation)
      .filter((one) => /^(Start|Delete)/.test(one ?? ""));
    assert.deepEqual(changes, ["DeleteContactEvaluation", "StartContactEvaluation"]);
  });

  it("of tags leaves its outputs known to what depends on them, and one of answers those that stay", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
    const seen = async (args: Parameters<typeof w.declare>[1]) => {
      const known: Record<string, boolean> = {};
      const program = async () => {
        const one = w.declare("one", args);
        for (const name of ["evaluationArn", "createdTime", "evaluatorArn", "score", "status"] as const) {
          known[name] = await isKnown(one[name]);
        }
      };
      await w.stack.preview({ program });
      return known;
    };
    const all = { evaluationArn: true, createdTime: true, evaluatorArn: true, score: true, status: true };
    assert.deepEqual(await seen({ tags: { a: "2" } }), all);
    const graded = { evaluatorArn: false, score: false, status: false };
    assert.deepEqual(await seen({ tags: { a: "1" }, answers: { q1: "Yes" } }), { ...all, ...graded });
  });

  it("of nothing but what is secret encrypts it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "plain at first" } }) });
    w.emulator.clearRequests();
    await w.stack.up({ program: w.program("one", { tags: { a: pulumi.secret("plain at first") } }) });
    assert.doesNotMatch(JSON.stringify(await w.stack.resource("one")), /plain at first/);
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
    assert.equal(w.emulator.calls(), 0);
  });
});

/** Inside an Output's own promise, so that a preview waits for it. */
const isKnown = (output: pulumi.Output<unknown>): Promise<boolean> =>
  (output as unknown as { isKnown: Promise<boolean> }).isKnown;

describe("an evaluation of the plugin that is retained", () => {
  const world = worldForEach({ front: PLUGIN });
  const RETAINED = { retainOnDelete: true };

  it("stays with its marker released at each replacement, and none of them is taken over", async () => {
    const w = world();
    const kept: string[] = [];
    for (const round of ["1", "2", "3"]) {
      await w.stack.up({ program: w.program("one", { triggers: [round] }, RETAINED) });
      const { id = "" } = await w.stack.resource("one");
      assert.ok(!kept.includes(id));
      assert.deepEqual(
        kept.map((arn) => w.marker(arn)),
        kept.map(() => "released"),
      );
      kept.push(id);
      w.unmanaged.add(id);
    }
    const last = kept.at(-1) ?? "";
    w.unmanaged.delete(last);
    // Withdrawn: the state's word counts in the run that replaces, and the program's from then on.
    await w.stack.up({ program: w.program("one", { triggers: ["3"] }) });
    await w.stack.up({ program: w.program("one", { triggers: ["4"] }) });
    assert.equal(w.emulator.evaluation(last), undefined);
  });

  it("with somebody's work is told of in the preview, and kept", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", {}, RETAINED) });
    const { arn } = w.only;
    w.emulator.someone.submits(arn);
    w.unmanaged.add(arn);
    const { diagnostics } = await w.stack.preview({ program: w.program("one", { contactId: w.contactB }, RETAINED) });
    assert.match(diagnostics.join("\n"), /unless the resource option retainOnDelete keeps arn:.*somebody's work/s);
    await w.stack.up();
    assert.equal(w.emulator.evaluation(arn)?.status, "SUBMITTED");
  });
});
