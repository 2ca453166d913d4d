import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { REGION, type World, worldForEach } from "../support/world";

const OTHER_REGION = "us-west-2";

describe("an explicit provider", () => {
  const world = worldForEach();

  const settings = (w: World) => ({
    accessKey: "AKIAOTHER",
    secretKey: pulumi.secret("emulated-other-secret"),
    endpoints: [{ connect: w.emulator.url }],
  });

  it("serves another Region beside the stack's own, in up, refresh and destroy", async () => {
    const w = world();
    const { instanceId } = w.emulator.addInstance({ region: OTHER_REGION });
    const { contactId } = w.emulator.addContact(instanceId);
    const { evaluationFormId } = w.emulator.addEvaluationForm(instanceId);
    const program = async () => {
      const provider = w.front.provider("other", { ...settings(w), region: OTHER_REGION });
      w.declare("here");
      w.declare("there", { instanceId, contactId, evaluationFormId }, { provider });
      // The stack's settings, but for the Region.
      w.declare("there-too", { instanceId, contactId, evaluationFormId, region: OTHER_REGION });
    };
    await w.stack.up({ program });
    await w.stack.refresh();
    assert.equal(w.emulator.evaluations().length, 3);
    await w.stack.destroy();
    const scopes = new Set(
      w.emulator.requests.map(
        ({ region, accessKeyId, input }) =>
          `${region} ${accessKeyId} ${input.InstanceId === instanceId ? "there" : "here"}`,
      ),
    );
    assert.deepEqual(
      [...scopes].sort(),
      [
        `${REGION} AKIATESTTESTTEST here`,
        `${OTHER_REGION} AKIAOTHER there`,
        `${OTHER_REGION} AKIATESTTESTTEST there`,
      ].sort(),
    );
    assert.ok(w.emulator.requests.every(({ status }) => status === 200));
  });

  it("carries settings in their own types, secrets among them", async () => {
    const w = world();
    const program = async () => {
      const provider = w.front.provider("own", {
        ...settings(w),
        region: REGION,
        defaultTags: { tags: { Owner: pulumi.secret("me") } },
        forceDestroy: true,
        userAgents: ["calibration/1"],
        maxRetries: 4,
      });
      w.declare("one", { tags: { a: "1" } }, { provider });
    };
    await w.stack.up({ program });
    assert.deepEqual(w.only.tags, { a: "1", Owner: "me" });
    assert.ok(w.emulator.requests.every(({ userAgent = "" }) => userAgent.includes("calibration/1")));
    w.emulator.someone.submits(w.only.arn);
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });

  it("keeps default tags that are secrets encrypted, and the tags a plain object for transformations", async () => {
    const w = world();
    const seen: unknown[] = [];
    const owned: pulumi.ResourceTransformation = ({ props, opts }) => {
      seen.push(props.tags);
      return { props: { ...props, tags: { ...props.tags, owner: "calibration" } }, opts };
    };
    let audience = "first-canary";
    const program = async () => {
      const defaultTags = { tags: { audience: pulumi.secret(audience), team: "quality" } };
      const provider = w.front.provider("own", { ...settings(w), region: REGION, defaultTags });
      const { tags } = w.declare("one", { tags: { a: "1" } }, { provider, transformations: [owned] });
      const bare = w.declare("two", { contactId: w.contactB }, { provider });
      return { tags, bare: bare.tags };
    };
    const leaks = async (output: string) => {
      const text = JSON.stringify(await w.stack.state()) + output;
      return ["first-canary", "second-canary"].filter((canary) => text.includes(canary));
    };

    const first = await w.stack.up({ program });
    assert.deepEqual(seen, [{ a: "1" }]);
    assert.deepEqual(first.outputs, { tags: "[secret]", bare: "[secret]" });
    assert.deepEqual(await leaks(first.output), []);
    audience = "second-canary";
    const second = await w.stack.up({ program, diff: true });
    assert.deepEqual(await leaks(second.output), []);
    const refreshed = await w.stack.refresh({ program });
    assert.deepEqual(refreshed.changes, { same: 3 });
    assert.deepEqual(await leaks(refreshed.output), []);
    const tagsOf = (contact: string) => w.evaluations().find(({ contactId }) => contactId === contact)?.tags;
    const defaults = { audience: "second-canary", team: "quality" };
    assert.deepEqual(tagsOf(w.contactA), { a: "1", owner: "calibration", ...defaults });
    assert.deepEqual(tagsOf(w.contactB), defaults);
  });

  it("is inherited from a component", async () => {
    const w = world();
    const program = async () => {
      const provider = w.front.provider("own", { ...settings(w), region: REGION });
      const parent = new pulumi.ComponentResource("test:index:Round", "round", {}, { providers: [provider] });
      w.declare("one", {}, { parent });
    };
    await w.stack.up({ program });
    assert.ok(w.emulator.requests.every(({ accessKeyId }) => accessKeyId === "AKIAOTHER"));
    await w.stack.destroy();
  });
});
