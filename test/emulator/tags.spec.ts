import assert from "node:assert/strict";
import { ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-connect";
import { clientOf, raw, refusal, worldForEach } from "./world";

const missing = refusal("ResourceNotFoundException", 404);

describe("tags", () => {
  const world = worldForEach();
  let arns: Record<string, string>;
  beforeEach(async () => {
    arns = { evaluation: (await world().start()).arn, form: world().formArn };
  });

  const tag = (resourceArn: string, tags: Record<string, string>) =>
    world().client.send(new TagResourceCommand({ resourceArn, tags }));
  const untag = (resourceArn: string, tagKeys: string[]) =>
    world().client.send(new UntagResourceCommand({ resourceArn, tagKeys }));
  const list = async (resourceArn: string) =>
    (await world().client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
  const numbered = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

  for (const kind of ["evaluation", "form"]) {
    it(`are merged into, removed from and listed of an ${kind}`, async () => {
      const arn = arns[kind] ?? "";
      assert.deepEqual(await list(arn), {});
      await tag(arn, { a: "1", "b/ü": "" });
      await tag(arn, { a: "2", c: "3" });
      assert.deepEqual(await list(arn), { a: "2", "b/ü": "", c: "3" });
      await untag(arn, ["b/ü", "never"]);
      await untag(arn, ["a"]);
      assert.deepEqual(await list(arn), { c: "3" });
    });
  }

  it("number at most 50 after the merge, reserved ones not counted", async () => {
    const arn = arns.evaluation ?? "";
    world().emulator.someone.tags(arn, { "aws:reserved": "x" });
    await tag(arn, numbered(50));
    await tag(arn, { k0: "other" });
    await assert.rejects(tag(arn, { k50: "v" }), refusal("InvalidParameterException", 400, /50 tags/));
    assert.deepEqual(await list(arn), { ...numbered(50), k0: "other", "aws:reserved": "x" });
  });

  it("refuse what breaks their limits", async () => {
    const arn = arns.evaluation ?? "";
    const invalid = (message: RegExp) => refusal("InvalidParameterException", 400, message);
    await assert.rejects(tag(arn, {}), invalid(/^tags: /));
    await assert.rejects(tag(arn, numbered(51)), invalid(/^tags: .*50/));
    await assert.rejects(tag(arn, { "aws:a": "" }), invalid(/^tags\.aws:a: /));
    await assert.rejects(tag(arn, { a: "v".repeat(257) }), invalid(/^tags\.a: .*256/));
    await assert.rejects(untag(arn, []), invalid(/^tagKeys: /));
    await assert.rejects(untag(arn, Object.keys(numbered(51))), invalid(/^tagKeys: .*50/));
    await assert.rejects(untag(arn, ["aws:a"]), invalid(/^tagKeys\.0: /));
    await assert.rejects(tag("no-arn", { a: "" }), invalid(/^resourceArn: /));
    assert.deepEqual(await list(arn), {});
  });

  it("refuse a tag without a value and a value that is not a string", async () => {
    const path = `/tags/${encodeURIComponent(arns.evaluation ?? "")}`;
    for (const value of [null, 1, {}]) {
      const answer = await raw(world().emulator, "POST", path, JSON.stringify({ tags: { a: value } }));
      assert.deepEqual([answer.status, answer.headers["x-amzn-errortype"]], [400, "InvalidParameterException"]);
    }
  });

  it("answer 404 for what does not exist, is in another Region or account, or is of another kind", async () => {
    const arn = arns.evaluation ?? "";
    const wrong = [
      `${arn}x`,
      arn.replace("us-east-1", "eu-west-2"),
      arn.replace("123456789012", "210987654321"),
      arn.replace("/contact-evaluation/", "/contact/"),
      arn.replace(world().instanceId, "nowhere"),
      "arn:aws:s3:::bucket",
    ];
    for (const other of wrong) {
      await assert.rejects(list(other), missing, other);
      await assert.rejects(tag(other, { a: "" }), missing, other);
      await assert.rejects(untag(other, ["a"]), missing, other);
    }
    const elsewhere = clientOf(world().emulator, "eu-west-2");
    await assert.rejects(elsewhere.send(new ListTagsForResourceCommand({ resourceArn: arn })), missing);
    elsewhere.destroy();
  });

  it("of a deleted evaluation can be listed, but not changed", async () => {
    const arn = arns.evaluation ?? "";
    await tag(arn, { a: "1" });
    world().emulator.someone.deletes(arn);
    await assert.rejects(tag(arn, { b: "" }), missing);
    await assert.rejects(untag(arn, ["a"]), missing);
    assert.deepEqual(await list(arn), { a: "1" });
  });
});
