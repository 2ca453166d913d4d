import assert from "node:assert/strict";
import {
  ActivateEvaluationFormCommand,
  ConnectClient,
  CreateEvaluationFormCommand,
  DeactivateEvaluationFormCommand,
  DeleteContactEvaluationCommand,
  DeleteEvaluationFormCommand,
  DescribeContactCommand,
  DescribeContactEvaluationCommand,
  DescribeEvaluationFormCommand,
  DescribeInstanceCommand,
  ListContactEvaluationsCommand,
  ListEvaluationFormsCommand,
  ListEvaluationFormVersionsCommand,
  ListTagsForResourceCommand,
  SearchContactEvaluationsCommand,
  StartContactEvaluationCommand,
  SubmitContactEvaluationCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContactEvaluationCommand,
  UpdateEvaluationFormCommand,
} from "@aws-sdk/client-connect";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { OperationName } from "../../emulator/src";
import { clientOf, refusal, type Started, type World, worldForEach } from "./world";

const missing = refusal("ResourceNotFoundException", 404);

type ConnectCall = (client: ConnectClient, world: World, started: Started) => Promise<unknown>;
type ConnectOperation = Exclude<OperationName, "AssumeRole" | "AssumeRoleWithWebIdentity" | "GetCallerIdentity">;

const content = { Title: "Mine", Items: [{ Section: { Title: "All", RefId: "s", Items: [] } }] };

/** A call of each operation of Connect, on what is there. */
const calls: Record<ConnectOperation, ConnectCall> = {
  StartContactEvaluation: (client, world) => client.send(new StartContactEvaluationCommand(idsOf(world))),
  DescribeContactEvaluation: (client, _, started) => client.send(new DescribeContactEvaluationCommand(started)),
  UpdateContactEvaluation: (client, _, started) => client.send(new UpdateContactEvaluationCommand(started)),
  SubmitContactEvaluation: (client, _, started) => client.send(new SubmitContactEvaluationCommand(started)),
  DeleteContactEvaluation: (client, _, started) => client.send(new DeleteContactEvaluationCommand(started)),
  ListContactEvaluations: (client, world) => client.send(new ListContactEvaluationsCommand(idsOf(world))),
  SearchContactEvaluations: (client, world) => client.send(new SearchContactEvaluationsCommand(idsOf(world))),
  TagResource: (client, _, { arn }) => client.send(new TagResourceCommand({ resourceArn: arn, tags: { a: "1" } })),
  UntagResource: (client, _, { arn }) => client.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ["a"] })),
  ListTagsForResource: (client, _, { arn }) => client.send(new ListTagsForResourceCommand({ resourceArn: arn })),
  CreateEvaluationForm: (client, world) =>
    client.send(new CreateEvaluationFormCommand({ ...idsOf(world), ...content })),
  UpdateEvaluationForm: (client, world) =>
    client.send(new UpdateEvaluationFormCommand({ ...versionOf(world), ...content, CreateNewVersion: true })),
  DeleteEvaluationForm: (client, world) => client.send(new DeleteEvaluationFormCommand(idsOf(world))),
  DescribeEvaluationForm: (client, world) => client.send(new DescribeEvaluationFormCommand(idsOf(world))),
  ActivateEvaluationForm: (client, world) => client.send(new ActivateEvaluationFormCommand(versionOf(world))),
  DeactivateEvaluationForm: (client, world) => client.send(new DeactivateEvaluationFormCommand(versionOf(world))),
  ListEvaluationForms: (client, world) => client.send(new ListEvaluationFormsCommand(idsOf(world))),
  ListEvaluationFormVersions: (client, world) => client.send(new ListEvaluationFormVersionsCommand(idsOf(world))),
  DescribeContact: (client, world) => client.send(new DescribeContactCommand(idsOf(world))),
  DescribeInstance: (client, world) => client.send(new DescribeInstanceCommand(idsOf(world))),
};

const everyCall = Object.entries(calls) as [ConnectOperation, ConnectCall][];

function idsOf({ instanceId, contactId, evaluationFormId }: World) {
  return { InstanceId: instanceId, ContactId: contactId, EvaluationFormId: evaluationFormId };
}

function versionOf(world: World) {
  return { ...idsOf(world), EvaluationFormVersion: 1 };
}

describe("another account's access key", () => {
  const world = worldForEach();
  const stranger = { accessKeyId: "AKIASTRANGER", secretAccessKey: "secret" };
  let client: ConnectClient;
  beforeEach(() => {
    const { emulator } = world();
    emulator.addAccessKey({ accessKeyId: stranger.accessKeyId, account: "210987654321" });
    client = new ConnectClient({
      endpoint: emulator.url,
      region: "us-east-1",
      credentials: stranger,
      maxAttempts: 1,
    });
  });
  afterEach(() => client.destroy());

  for (const [operation, call] of everyCall) {
    it(`finds nothing with ${operation}, and changes nothing`, async () => {
      const started = await world().start({ Tags: { a: "0" } });
      const before = world().emulator.evaluations();
      await assert.rejects(call(client, world(), started), missing);
      assert.deepEqual(world().emulator.evaluations(), before);
    });
  }

  it("gets its own account from STS", async () => {
    const sts = new STSClient({ endpoint: world().emulator.url, region: "us-east-1", credentials: stranger });
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    assert.deepEqual([Account, Arn], ["210987654321", "arn:aws:sts::210987654321:assumed-role/Deployer/AKIASTRANGER"]);
    sts.destroy();
  });
});

describe("an operation that is denied", () => {
  const world = worldForEach();

  for (const [operation, call] of everyCall) {
    it(`is refused, and others are not: ${operation}`, async () => {
      const { client, emulator } = world();
      const started = await world().start();
      emulator.behaviour.denied = [operation];
      const who = "arn:aws:sts::123456789012:assumed-role/Deployer/AKIATEST";
      const message = new RegExp(`^User: ${who} is not authorized to perform: connect:${operation}$`);
      await assert.rejects(call(client, world(), started), refusal("AccessDeniedException", 403, message));
      const other = operation === "DescribeInstance" ? "DescribeContact" : "DescribeInstance";
      await calls[other](client, world(), started);
      emulator.behaviour.denied = [];
      await call(client, world(), started);
    });
  }

  it("is refused before its input is checked", async () => {
    world().emulator.behaviour.denied = ["DescribeContact"];
    const elsewhere = clientOf(world().emulator, "eu-west-2");
    const ask = elsewhere.send(new DescribeContactCommand({ InstanceId: "nowhere", ContactId: "" }));
    await assert.rejects(ask, refusal("AccessDeniedException", 403));
    elsewhere.destroy();
  });

  it("may be one of STS", async () => {
    const { emulator } = world();
    const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
    const sts = new STSClient({ endpoint: emulator.url, region: "us-east-1", credentials });
    emulator.addRole({ roleArn: "arn:aws:iam::123456789012:role/Grader" });
    emulator.behaviour.denied = ["GetCallerIdentity"];
    const denied = refusal("AccessDenied", 403, /is not authorized to perform: sts:GetCallerIdentity$/);
    await assert.rejects(sts.send(new GetCallerIdentityCommand({})), denied);
    await sts.send(new AssumeRoleCommand({ RoleArn: "arn:aws:iam::123456789012:role/Grader", RoleSessionName: "ci" }));
    sts.destroy();
  });
});
