import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { textsUnder } from "../support/texts";
import { worldForEach } from "../support/world";

const CANARY = "canary-5f0c9a";

describe("secrets", () => {
  const world = worldForEach();

  const program =
    (extra: Record<string, string> = {}) =>
    () => {
      const w = world();
      return async () => ({
        tags: w.declare("one", { tags: { open: "1", hidden: pulumi.secret(CANARY), ...extra } }).tags,
      });
    };

  it("reach the service as tags and stand encrypted in the state, and only they", async () => {
    const w = world();
    const shown: string[] = [];
    const show = ({ output }: { output: string }) => shown.push(output);
    show(await w.stack.up({ program: program()() }));
    assert.deepEqual(w.only.tags, { open: "1", hidden: CANARY });
    show(await w.stack.refresh());
    w.emulator.someone.tags(w.only.arn, { open: "2" });
    show(await w.stack.refresh());
    show(await w.stack.up({ program: program({ more: "1" })(), diff: true }));
    const { inputs, outputs } = await w.stack.resource("one");
    for (const bag of [inputs, outputs]) {
      const tags = bag?.tags as Record<string, unknown>;
      assert.equal(tags.open, "1");
      assert.notEqual(tags.hidden, CANARY);
      assert.ok(tags.hidden);
    }
    assert.doesNotMatch(shown.join("\n"), new RegExp(CANARY));
    assert.doesNotMatch(await textsUnder(w.stack.folders.backend), new RegExp(CANARY));
  });

  it("reach the service as answers and notes and stand encrypted in the state, at any depth", async () => {
    const w = world();
    const hidden = (text: string) => pulumi.secret(`${CANARY} ${text}`);
    const shown: string[] = [];
    const grades = (text: string) => ({ answers: { q1: "Yes", q3: hidden(text) }, notes: { s1: hidden("note") } });
    const program = (text: string) => async () => {
      const { answers, notes } = w.declare("one", grades(text));
      return { answers, notes };
    };
    shown.push((await w.stack.up({ program: program("first") })).output);
    assert.deepEqual(w.only.answers.q3?.Value, { StringValue: `${CANARY} first` });
    w.emulator.someone.answers(w.only.arn, { q1: { StringValue: "No" } });
    shown.push((await w.stack.refresh()).output);
    shown.push((await w.stack.up({ program: program("second"), diff: true })).output);
    w.emulator.faults.add({
      operation: "UpdateContactEvaluation",
      fault: { error: "InvalidParameterException", message: `Value '${CANARY} third' at 'answers' failed` },
    });
    shown.push((await w.stack.upFails({ program: program("third") })).output);
    assert.match(shown.join("\n"), /InvalidParameterException/);
    assert.doesNotMatch(shown.join("\n"), new RegExp(CANARY));
    assert.doesNotMatch(await textsUnder(w.stack.folders.backend), new RegExp(CANARY));
  });

  it("are in no error, the service's own words included", async () => {
    const w = world();
    w.emulator.faults.add({
      operation: "StartContactEvaluation",
      fault: { error: "InvalidParameterException", message: `Value '${CANARY}' at 'tags' failed` },
    });
    const failed = await w.stack.upFails({ program: program()() });
    assert.match(failed.output, /InvalidParameterException/);
    assert.doesNotMatch(failed.output, new RegExp(CANARY));
  });

  it("of the stack's configuration stand nowhere in plain text", async () => {
    const w = world();
    await w.stack.configure({ "aws:secretKey": { value: CANARY, secret: true } });
    await w.stack.up({ program: w.program("one") });
    w.emulator.faults.add({ fault: { error: "AccessDeniedException", status: 403 }, times: Number.POSITIVE_INFINITY });
    const failed = await w.stack.destroyFails();
    w.emulator.faults.clear();
    assert.doesNotMatch(failed.output, new RegExp(CANARY));
    assert.doesNotMatch(await textsUnder(w.stack.folders.backend), new RegExp(CANARY));
  });
});
