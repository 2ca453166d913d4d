import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { getContactEvaluations, getContactEvaluationsOutput, Provider } from "pulumi-connect-evaluations";
import { ofClass } from "../support/ofClass";
import { type World, worldForEach } from "../support/world";

/** Pulumi's dynamic providers serve no functions: the program calls Connect itself. */
ofClass.describe("getContactEvaluations in a TypeScript program", () => {
  const world = worldForEach();

  const contact = ({ instanceId, contactA: contactId }: World) => ({ instanceId, contactId });

  const arns = ({ evaluations }: { evaluations: { evaluationArn: string }[] }) =>
    evaluations.map(({ evaluationArn }) => evaluationArn);

  const lists = (w: World) => w.emulator.requests.filter(({ operation }) => operation === "ListContactEvaluations");

  it("lists what is there, in previews, too, with the stack's configuration", async () => {
    const w = world();
    const arn = await w.colleagueStarts();
    const program = async () => ({ arns: arns(await getContactEvaluations(contact(w))) });
    assert.deepEqual((await w.stack.preview({ program })).outputs.arns, [arn]);
    assert.deepEqual((await w.stack.up({ program })).outputs.arns, [arn]);
    assert.deepEqual(
      lists(w).map(({ accessKeyId, region }) => [accessKeyId, region]),
      Array(2).fill(["AKIATESTTESTTEST", "eu-central-1"]),
    );
  });

  it("assumes the roles of the stack, and calls nothing in an account that is not allowed", async () => {
    const w = world();
    const role = "arn:aws:iam::123456789012:role/Reader";
    w.emulator.addRole({ roleArn: role, trusts: ["AKIATESTTESTTEST"] });
    const program = async () => ({ arns: arns(await getContactEvaluations(contact(w))) });
    await w.stack.configure({ "aws:assumeRoles": JSON.stringify([{ roleArn: role }]) });
    await w.stack.up({ program });
    assert.match(lists(w)[0]?.accessKeyId ?? "", /^ASIA/);
    w.emulator.clearRequests();
    await w.stack.configure({ "aws:allowedAccountIds": '["210987654321"]' });
    const { diagnostics } = await w.stack.upFails({ program });
    assert.match(
      diagnostics.join("\n"),
      /getContactEvaluations: could not call Amazon Connect\n {2}why: .*123456789012/,
    );
    assert.deepEqual(lists(w), []);
  });

  it("takes the settings of an explicit provider, those that are secret among them, and keeps its result plain", async () => {
    const w = world();
    const arn = await w.colleagueStarts();
    const program = async () => {
      const provider = new Provider("other", {
        region: "eu-central-1",
        accessKey: "AKIAOTHER",
        secretKey: pulumi.secret("emulated-other-secret"),
        endpoints: [{ connect: w.emulator.url }],
      });
      const parent = new pulumi.ComponentResource("test:index:Round", "round", {}, { providers: [provider] });
      return {
        plain: arns(await getContactEvaluations(contact(w), { provider })),
        inherited: getContactEvaluationsOutput(contact(w), { parent }).apply(arns),
      };
    };
    const { outputs } = await w.stack.up({ program });
    assert.deepEqual(outputs, { plain: [arn], inherited: [arn] });
    assert.deepEqual([...new Set(lists(w).map(({ accessKeyId }) => accessKeyId))], ["AKIAOTHER"]);
  });

  it("waits for what other resources give or are: unknown in the preview that creates them, known in the up", async () => {
    const w = world();
    const program = async () => {
      const one = w.declare("one");
      const instanceId = one.evaluationArn.apply(() => w.instanceId);
      return {
        given: getContactEvaluationsOutput({ ...contact(w), instanceId }).apply(arns),
        after: getContactEvaluationsOutput(contact(w), { dependsOn: [one] }).apply(arns),
        arn: one.evaluationArn,
      };
    };
    await w.stack.preview({ program });
    assert.deepEqual(lists(w), []);
    const { arn, given, after } = (await w.stack.up({ program })).outputs;
    assert.deepEqual([given, after], [[arn], [arn]]);
  });

  it("makes a secret of what a secret input asked for", async () => {
    const w = world();
    await w.colleagueStarts();
    const program = async () => {
      const contactId = pulumi.secret(w.contactA);
      return { arns: getContactEvaluationsOutput({ ...contact(w), contactId }).apply(arns) };
    };
    assert.equal((await w.stack.up({ program })).outputs.arns, "[secret]");
  });

  it("refuses wrong inputs in one sentence, without a stack trace", async () => {
    const w = world();
    const program = async () => ({ arns: arns(await getContactEvaluations({ ...contact(w), contactId: " " })) });
    const { diagnostics, output } = await w.stack.previewFails({ program });
    assert.match(diagnostics.join("\n"), /getContactEvaluations: contactId must be .*; got a blank string/);
    assert.doesNotMatch(output, /\n\s+at /);
  });

  it("says what to call where a provider's setting is not known in a preview", async () => {
    const w = world();
    const program = async () => {
      const one = w.declare("one");
      const provider = new Provider("other", { region: one.evaluationId.apply(() => "eu-central-1") });
      return { arns: arns(await getContactEvaluations(contact(w), { provider })) };
    };
    const { diagnostics } = await w.stack.previewFails({ program });
    assert.match(diagnostics.join("\n"), /not known in this preview\. Call getContactEvaluationsOutput instead\./);
  });
});
