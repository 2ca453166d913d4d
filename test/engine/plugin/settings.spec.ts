import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { PLUGIN } from "../../support/fronts";
import { textsUnder } from "../../support/texts";
import { type World, worldForEach } from "../../support/world";

const OTHER_REGION = "us-west-2";

/** As programs in YAML send them. */
class Structured extends pulumi.ProviderResource {}

const settingsOf = (w: World) => ({
  accessKey: "AKIAOTHER",
  secretKey: pulumi.secret("emulated-other-secret"),
  endpoints: [{ connect: w.emulator.url, sts: w.emulator.url }],
});

describe("the settings of the plugin", () => {
  const world = worldForEach({ front: PLUGIN });

  it("are refused in the preview, all that is wrong at once", async () => {
    const w = world();
    await w.stack.configure({
      "connect-evaluations:maxRetries": "often",
      "connect-evaluations:retryMode": "wild",
      "connect-evaluations:regionn": "eu-central-1",
      "connect-evaluations:defaultTags": "{",
    });
    const told = (await w.stack.previewFails({ program: w.program("one") })).diagnostics.join("\n");
    for (const name of ["maxRetries", "retryMode", "regionn", "defaultTags"]) {
      assert.match(told, new RegExp(`connect-evaluations:${name} `), name);
    }
    assert.doesNotMatch(told, /\baws:(?!connect)/);
    assert.equal(w.emulator.calls(), 0);
  });

  it("have the plugin's names where one is missing", async () => {
    const w = world();
    await w.stack.configure({ "connect-evaluations:region": "" });
    const told = (await w.stack.previewFails({ program: w.program("one") })).diagnostics.join("\n");
    assert.match(told, /`pulumi config set connect-evaluations:region us-west-2`/);
    assert.doesNotMatch(told, /\baws:region/);
  });

  it("of an explicit provider serve another Region beside the stack's own, in up, refresh and destroy", async () => {
    const w = world();
    const { instanceId } = w.emulator.addInstance({ region: OTHER_REGION });
    const { contactId } = w.emulator.addContact(instanceId);
    const { evaluationFormId } = w.emulator.addEvaluationForm(instanceId);
    const there = { instanceId, contactId, evaluationFormId };
    const program = (defaults: Record<string, string>) => async () => {
      const settings = { ...settingsOf(w), region: OTHER_REGION, defaultTags: { tags: defaults }, maxRetries: 1 };
      w.declare("here");
      w.declare("there", there, { provider: PLUGIN.provider("other", settings) });
    };
    await w.stack.up({ program: program({ by: "provider" }) });
    const { id = "" } = await w.stack.resource("there");
    assert.match(id, new RegExp(`:${OTHER_REGION}:`));
    assert.equal(w.emulator.evaluation(id)?.tags.by, "provider");
    const { changes } = await w.stack.up({ program: program({ by: "another" }) });
    assert.equal(changes.replace, undefined);
    assert.equal(w.emulator.evaluation(id)?.tags.by, "another");
    await w.stack.refresh();
    await w.stack.destroy();
    const callers = w.emulator.requests.map(({ region, accessKeyId }) => `${region} ${accessKeyId}`);
    assert.deepEqual([...new Set(callers)].sort(), ["eu-central-1 AKIATESTTESTTEST", `${OTHER_REGION} AKIAOTHER`]);
  });

  it("that are not known yet pass in the preview", async () => {
    const w = world();
    const program = async () => {
      const first = w.declare("first");
      const region = first.status.apply(() => "eu-central-1");
      w.declare("one", {}, { provider: PLUGIN.provider("other", { ...settingsOf(w), region }) });
    };
    assert.deepEqual((await w.stack.preview({ program })).changes, { create: 3 });
    await w.stack.up({ program });
  });
});

describe("what the plugin is to keep secret", () => {
  const world = worldForEach({ front: PLUGIN });
  const CANARY = /canary/;

  const assertNowhere = async (w: World, what: string, said: object) => {
    assert.doesNotMatch(JSON.stringify(said), CANARY, what);
    assert.doesNotMatch(await textsUnder(w.stack.folders.backend), CANARY, what);
  };

  it("is in no state and no word, after any operation", async () => {
    const w = world();
    const provider = () =>
      PLUGIN.provider("other", {
        ...settingsOf(w),
        region: "eu-central-1",
        defaultTags: { tags: { d: pulumi.secret("canary d") } },
      });
    const args = {
      tags: { a: pulumi.secret("canary a"), b: "plain" },
      answers: { q3: pulumi.secret("canary answer") },
      notes: pulumi.secret({ q1: "canary note" }),
      triggers: [pulumi.secret("canary trigger")],
    };
    const program = async () => {
      const other = { provider: provider() };
      w.declare("one", args, other);
      w.declare("whole", { tags: pulumi.secret({ w: "canary w" }), contactId: w.contactB });
    };
    await assertNowhere(w, "up", await w.stack.up({ program }));
    const { id: arn = "" } = await w.stack.resource("one");
    assert.equal(w.emulator.evaluation(arn)?.tags.d, "canary d");
    w.emulator.someone.tags(arn, { a: "canary of a person" });
    await assertNowhere(w, "refresh", await w.stack.refresh());
    w.emulator.faults.add({
      operation: "TagResource",
      fault: { error: "InvalidParameterException", message: "canary a" },
    });
    await assertNowhere(w, "a failed update", await w.stack.upFails());
    await assertNowhere(w, "an update", await w.stack.up());
    await assertNowhere(w, "a destroy", await w.stack.destroy());
  });

  it("of a provider's settings is so by its nature, or as it came, in text and in structures", async () => {
    const w = world();
    const roleArn = "arn:aws:iam::123456789012:role/any";
    w.emulator.addRole({ roleArn });
    const { endpoints } = settingsOf(w);
    const settings = {
      region: "eu-central-1",
      endpoints,
      accessKey: "AKIAcanary",
      secretKey: "canary secret",
      httpProxy: "http://user:canary@127.0.0.1:1",
      assumeRoles: [
        { roleArn, externalId: "canary-external" },
        { roleArn, policy: pulumi.secret('{"Id":"canary policy"}') },
      ],
      userAgents: [pulumi.secret("canary/1"), "plain/1"],
    };
    const web = { roleArn, webIdentityToken: "canary web", policy: pulumi.secret('{"Id":"canary policy"}') };
    const program = async () => {
      w.declare("one", {}, { provider: PLUGIN.provider("texts", settings) });
      const structured = { region: "eu-central-1", endpoints, assumeRoleWithWebIdentity: web };
      w.declare(
        "two",
        { contactId: w.contactB },
        { provider: new Structured("connect-evaluations", "structures", structured) },
      );
    };
    await assertNowhere(w, "up", await w.stack.up({ program }));
    assert.ok(w.emulator.evaluations().every(({ evaluatorArn }) => /assumed-role\/any\//.test(evaluatorArn)));
    const { inputs = {} } = await w.stack.resource("structures");
    assert.equal((inputs.assumeRoleWithWebIdentity as typeof web).roleArn, roleArn);
    assert.deepEqual((await w.stack.up()).changes, { same: 4 });
    await assertNowhere(w, "a destroy", await w.stack.destroy());
  });

  it("is not in the state of a start that failed half way, nor of what a program only reads", async () => {
    const w = world();
    const arn = await w.colleagueStarts({ tags: { d: "canary d", e: "plain" } });
    const tags = { a: pulumi.secret("canary a") };
    const settings = {
      ...settingsOf(w),
      region: "eu-central-1",
      defaultTags: { tags: { d: pulumi.secret("canary d") } },
    };
    const described = w.emulator.faults.add({
      operation: "DescribeContactEvaluation",
      when: ({ path }) => !path.includes(arn.split("/").at(-1) ?? ""),
      times: Number.POSITIVE_INFINITY,
      fault: { error: "InternalServiceException" },
    });
    const program = async () => {
      const other = { provider: PLUGIN.provider("other", settings) };
      w.declare("one", { tags, contactId: w.contactB }, other);
      PLUGIN.get("theirs", arn, other);
    };
    await assertNowhere(w, "a failed create", await w.stack.upFails({ program }));
    described.remove();
    assert.ok((await w.stack.resource("one")).initErrors);
    await assertNowhere(w, "up", await w.stack.up());
    assert.deepEqual((await w.stack.resource("theirs")).outputs?.evaluationArn, arn);
  });
});
