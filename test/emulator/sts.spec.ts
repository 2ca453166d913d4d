import assert from "node:assert/strict";
import {
  ConnectClient,
  DescribeInstanceCommand,
  ListTagsForResourceCommand,
  StartContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { authorization, raw, refusal, worldForEach } from "./world";

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

const roleArn = "arn:aws:iam::123456789012:role/teams/Grader";
const otherArn = "arn:aws:iam::210987654321:role/Stranger";
const plain: Keys = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };

describe("STS", () => {
  const now = Date.now();
  const world = worldForEach({ behaviour: { now: () => new Date(now) } });
  const clients: { destroy(): void }[] = [];
  beforeEach(async () => {
    world().emulator.addRole({ roleArn });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
  });

  const settings = (credentials: Keys) => ({
    endpoint: world().emulator.url,
    region: "us-east-1",
    credentials,
    maxAttempts: 1,
  });
  const connectAs = (keys: Keys) => {
    const client = new ConnectClient(settings(keys));
    clients.push(client);
    return client;
  };
  const stsAs = (keys: Keys) => {
    const client = new STSClient(settings(keys));
    clients.push(client);
    return client;
  };
  const assumeAs = (keys: Keys, more: Partial<AssumeRoleCommandInput> = {}) =>
    stsAs(keys).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "ci", ...more }));
  const assume = async (more: Partial<AssumeRoleCommandInput> = {}, keys = plain): Promise<Keys> => {
    const {
      AccessKeyId = "",
      SecretAccessKey = "",
      SessionToken = "",
    } = (await assumeAs(keys, more)).Credentials ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  };
  const describeAs = (keys: Keys, InstanceId = world().instanceId) =>
    connectAs(keys).send(new DescribeInstanceCommand({ InstanceId }));
  const post = (form: Record<string, string>, headers: Record<string, string | undefined> = {}) =>
    raw(world().emulator, "POST", "/", new URLSearchParams({ Version: "2011-06-15", ...form }).toString(), {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      authorization: authorization.replace("/connect/", "/sts/"),
      ...headers,
    });
  const identityOf = async (keys: Keys) => {
    const { Arn, UserId, Account } = await stsAs(keys).send(new GetCallerIdentityCommand({}));
    return { arn: Arn, userId: UserId, account: Account };
  };
  const denied = refusal("AccessDenied", 403, /not authorized to perform: sts:AssumeRole/i);

  describe("AssumeRole", () => {
    it("returns credentials with which the session calls Connect", async () => {
      const { Credentials, AssumedRoleUser } = await assumeAs(plain, { DurationSeconds: 900 });
      assert.match(String(Credentials?.AccessKeyId), /^ASIA\d{16}$/);
      assert.equal(Credentials?.Expiration?.getTime(), 1000 * Math.floor((now + 900_000) / 1000));
      assert.equal(AssumedRoleUser?.Arn, "arn:aws:sts::123456789012:assumed-role/Grader/ci");
      assert.match(String(AssumedRoleUser?.AssumedRoleId), /^AROA[0-9A-F]{17}:ci$/);
      const { EvaluationArn = "" } = await connectAs(await assume()).send(
        new StartContactEvaluationCommand({
          InstanceId: world().instanceId,
          ContactId: world().contactId,
          EvaluationFormId: world().evaluationFormId,
        }),
      );
      assert.match(
        String(world().emulator.evaluation(EvaluationArn)?.evaluatorArn),
        /\/agent\/arn:aws:sts::123456789012:assumed-role\/Grader\/ci$/,
      );
    });

    it("gives other credentials each time", async () => {
      const [one, two] = [await assume(), await assume()];
      assert.notEqual(one.accessKeyId, two.accessKeyId);
      assert.notEqual(one.sessionToken, two.sessionToken);
      const mixed = { ...one, ...(two.sessionToken ? { sessionToken: two.sessionToken } : {}) };
      await assert.rejects(describeAs(mixed), refusal("UnrecognizedClientException", 403));
    });

    it("is logged with its members", async () => {
      const input = {
        RoleArn: roleArn,
        RoleSessionName: "ci",
        DurationSeconds: 1000,
        ExternalId: "x:1",
        Policy: '{"Version":"2012-10-17"}',
        PolicyArns: [{ arn: "arn:aws:iam::aws:policy/One" }, { arn: "arn:aws:iam::aws:policy/Two" }],
        SourceIdentity: "me",
        Tags: [
          { Key: "a b", Value: "" },
          { Key: "é", Value: "+=/ü" },
        ],
        TransitiveTagKeys: ["a b"],
      };
      const { SourceIdentity } = await assumeAs(plain, input);
      assert.equal(SourceIdentity, "me");
      const [request] = world().emulator.requests;
      assert.deepEqual(request?.input, input);
      assert.deepEqual(
        [request?.operation, request?.method, request?.path, request?.status, request?.error],
        ["AssumeRole", "POST", "/", 200, undefined],
      );
      assert.deepEqual([request?.accessKeyId, request?.region, request?.attempt], ["AKIATEST", "us-east-1", 1]);
      assert.match(String(request?.userAgent), /aws-sdk-js/);
      assert.equal(world().emulator.calls("AssumeRole"), 1);
    });

    it("refuses an unknown role", async () => {
      await assert.rejects(assumeAs(plain, { RoleArn: otherArn }), denied);
      assert.equal(world().emulator.requests[0]?.error, "AccessDenied");
    });

    it("refuses callers that the role does not trust", async () => {
      world().emulator.addRole({ roleArn, trusts: ["AKIAOTHER"] });
      await assert.rejects(assumeAs(plain), denied);
      await assume({}, { ...plain, accessKeyId: "AKIAOTHER" });
      world().emulator.addRole({ roleArn, trusts: [] });
      await assert.rejects(assumeAs({ ...plain, accessKeyId: "AKIAOTHER" }), denied);
    });

    it("requires the external id of the role", async () => {
      world().emulator.addRole({ roleArn, externalId: "agreed" });
      await assert.rejects(assumeAs(plain), denied);
      await assert.rejects(assumeAs(plain, { ExternalId: "guessed" }), denied);
      await assume({ ExternalId: "agreed" });
    });

    it("chains roles, for an hour at most", async () => {
      world().emulator.addRole({ roleArn: otherArn, trusts: [roleArn] });
      await assert.rejects(assumeAs(plain, { RoleArn: otherArn }), denied);
      const first = await assume({ DurationSeconds: 43_200 });
      const second = await assume({ RoleArn: otherArn, RoleSessionName: "chained" }, first);
      assert.equal((await identityOf(second)).arn, "arn:aws:sts::210987654321:assumed-role/Stranger/chained");
      const tooLong = assumeAs(first, { RoleArn: otherArn, DurationSeconds: 3601 });
      await assert.rejects(tooLong, refusal("ValidationError", 400, /role chaining/));
    });

    const invalid: [string, Partial<AssumeRoleCommandInput>, RegExp][] = [
      ["a session name with a space", { RoleSessionName: "c i" }, /^RoleSessionName: must match pattern/],
      ["a short session name", { RoleSessionName: "c" }, /^RoleSessionName: /],
      ["no session name", { RoleSessionName: undefined }, /^RoleSessionName: is required$/],
      ["a short duration", { DurationSeconds: 899 }, /^DurationSeconds: must be >= 900$/],
      ["a long duration", { DurationSeconds: 43_201 }, /^DurationSeconds: must be <= 43200$/],
      [
        "a duration that is no number",
        { DurationSeconds: "1h" as unknown as number },
        /^DurationSeconds: must be integer$/,
      ],
      ["a short ARN", { RoleArn: "role" }, /^RoleArn: /],
      ["a short external id", { ExternalId: "x" }, /^ExternalId: /],
      ["a tag without a value", { Tags: [{ Key: "a", Value: undefined }] }, /^Tags\.0\.Value: is required$/],
    ];
    for (const [what, input, message] of invalid) {
      it(`refuses ${what}`, async () => {
        await assert.rejects(assumeAs(plain, input), refusal("ValidationError", 400, message));
      });
    }

    it("refuses a policy that is not a JSON document", async () => {
      await assert.rejects(assumeAs(plain, { Policy: "allow" }), { name: "MalformedPolicyDocumentException" });
    });
  });

  describe("AssumeRoleWithWebIdentity", () => {
    const input = { RoleArn: roleArn, RoleSessionName: "pod", WebIdentityToken: "header.claims.signature" };
    const send = () => stsAs(plain).send(new AssumeRoleWithWebIdentityCommand(input));

    it("needs no signature", async () => {
      const { Credentials, AssumedRoleUser } = await send();
      assert.equal(AssumedRoleUser?.Arn, "arn:aws:sts::123456789012:assumed-role/Grader/pod");
      await describeAs({
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      });
      const [request] = world().emulator.requests;
      assert.deepEqual(
        [request?.operation, request?.accessKeyId, request?.region],
        ["AssumeRoleWithWebIdentity", undefined, undefined],
      );
      assert.deepEqual(request?.input, input);
    });

    it("refuses a role that is unknown, or that trusts only certain callers", async () => {
      const notAuthorized = refusal("AccessDenied", 403, /^Not authorized to perform: sts:AssumeRoleWithWebIdentity$/);
      world().emulator.addRole({ roleArn, trusts: ["AKIATEST"] });
      await assert.rejects(send(), notAuthorized);
      const unknown = new AssumeRoleWithWebIdentityCommand({ ...input, RoleArn: otherArn });
      await assert.rejects(stsAs(plain).send(unknown), notAuthorized);
    });
  });

  describe("GetCallerIdentity", () => {
    it("names the account and the ARN of an access key", async () => {
      const { arn, userId, account } = await identityOf(plain);
      assert.deepEqual([arn, account], ["arn:aws:sts::123456789012:assumed-role/Deployer/AKIATEST", "123456789012"]);
      assert.match(String(userId), /^AROA[0-9A-F]{17}:AKIATEST$/);
      world().emulator.addAccessKey({ accessKeyId: "AKIATEST", account: "210987654321" });
      assert.equal((await identityOf(plain)).account, "210987654321");
    });
    it("may fail a number of times", async () => {
      world().emulator.faults.add({ operation: "GetCallerIdentity", times: 2, fault: { error: "InternalFailure" } });
      for (let time = 0; time < 2; time += 1) {
        await assert.rejects(identityOf(plain), refusal("InternalFailure", 500));
      }
      assert.equal((await identityOf(plain)).account, "123456789012");
    });
    it("may be out of reach, while Connect is not", async () => {
      const forever = Number.POSITIVE_INFINITY;
      world().emulator.faults.add({ operation: "GetCallerIdentity", times: forever, fault: { drop: "before" } });
      await assert.rejects(identityOf(plain), { code: "ECONNRESET" });
      await assert.rejects(identityOf(plain), { code: "ECONNRESET" });
      await describeAs(plain);
    });
    it("names the session of a role", async () => {
      const { arn, account } = await identityOf(await assume());
      assert.deepEqual([arn, account], ["arn:aws:sts::123456789012:assumed-role/Grader/ci", "123456789012"]);
    });
  });

  describe("accounts", () => {
    const missing = refusal("ResourceNotFoundException", 404);

    it("do not see each other's instances and what is in them", async () => {
      world().emulator.addRole({ roleArn: otherArn });
      const stranger = await assume({ RoleArn: otherArn });
      await assert.rejects(describeAs(stranger), missing);
      const listTags = new ListTagsForResourceCommand({ resourceArn: world().formArn });
      await assert.rejects(connectAs(stranger).send(listTags), missing);
      const { instanceId } = world().emulator.addInstance({ account: "210987654321" });
      await describeAs(stranger, instanceId);
      await assert.rejects(describeAs(plain, instanceId), missing);
    });

    it("may be those of added access keys", async () => {
      const keys = { ...plain, accessKeyId: "AKIAOTHER" };
      await describeAs(keys);
      world().emulator.addAccessKey({ accessKeyId: "AKIAOTHER", account: "210987654321" });
      await assert.rejects(describeAs(keys), missing);
    });

    it("have request quotas of their own", async () => {
      world().emulator.throttle = { others: { rate: 1, burst: 1 } };
      world().emulator.addAccessKey({ accessKeyId: "AKIAOTHER", account: "210987654321" });
      await describeAs(plain);
      await assert.rejects(describeAs({ ...plain, accessKeyId: "AKIAOTHER" }), missing);
      await assert.rejects(describeAs(plain), refusal("ThrottlingException", 429));
    });
  });

  describe("temporary credentials", () => {
    it("expire, for both services", async () => {
      const keys = await assume({ DurationSeconds: 900 });
      world().emulator.advance(899_999);
      await describeAs(keys);
      world().emulator.advance(1);
      await assert.rejects(describeAs(keys), refusal("ExpiredTokenException", 403, /is expired/));
      await assert.rejects(assumeAs(keys), refusal("ExpiredToken", 403, /is expired/));
    });

    it("need their session token", async () => {
      const { accessKeyId, secretAccessKey } = await assume();
      for (const keys of [
        { accessKeyId, secretAccessKey },
        { accessKeyId, secretAccessKey, sessionToken: "x" },
      ]) {
        await assert.rejects(describeAs(keys), refusal("UnrecognizedClientException", 403, /invalid/));
        await assert.rejects(assumeAs(keys), refusal("InvalidClientTokenId", 403, /invalid/));
      }
    });

    it("may have come from somewhere else, with any session token", async () => {
      const keys = { accessKeyId: "ASIAELSEWHERE", secretAccessKey: "secret" };
      await assert.rejects(describeAs(keys), refusal("UnrecognizedClientException", 403));
      await assert.rejects(assumeAs(keys), refusal("InvalidClientTokenId", 403));
      const whole = { ...keys, sessionToken: "x" };
      await describeAs(whole);
      await assume({ DurationSeconds: 43_200 }, whole);
      assert.equal((await identityOf(whole)).account, "123456789012");
      world().emulator.addAccessKey({ accessKeyId: "ASIAELSEWHERE", account: "210987654321" });
      assert.equal((await identityOf(whole)).account, "210987654321");
      await assert.rejects(identityOf(keys), refusal("InvalidClientTokenId", 403));
    });
  });

  describe("faults", () => {
    it("apply to its operations, with its errors", async () => {
      world().emulator.faults.add({ operation: "AssumeRole", fault: { error: "RegionDisabledException" } });
      world().emulator.faults.add({ operation: ["AssumeRole"], fault: { drop: "before" } });
      await describeAs(plain);
      await assert.rejects(assumeAs(plain), refusal("RegionDisabledException", 403, /by arrangement/));
      await assert.rejects(assumeAs(plain), { code: "ECONNRESET" });
      await assume();
    });
    it("leave the work done when processed", async () => {
      world().emulator.faults.add({ operation: "AssumeRole", fault: { error: "InternalFailure", processed: true } });
      await assert.rejects(assumeAs(plain), refusal("InternalFailure", 500));
      assert.match((await assume()).accessKeyId, /2$/);
    });
  });

  describe("the wire", () => {
    const isError = async (answer: ReturnType<typeof post>, status: number, code: string, type = "Sender") => {
      const { headers, body, ...rest } = await answer;
      assert.equal(rest.status, status, body);
      assert.equal(headers["content-type"], "text/xml");
      const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>.+</Message></Error>`;
      const id = `<RequestId>${headers["x-amzn-requestid"]}</RequestId>`;
      const root = '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">';
      assert.match(body, new RegExp(`^${root}${error}${id}</ErrorResponse>$`));
    };

    it("carries results in XML", async () => {
      const { status, headers, body } = await post({ Action: "GetCallerIdentity" });
      assert.deepEqual([status, headers["content-type"]], [200, "text/xml"]);
      assert.match(
        body,
        /^<GetCallerIdentityResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/"><GetCallerIdentityResult><Arn>/,
      );
      assert.ok(body.includes(`<RequestId>${headers["x-amzn-requestid"]}</RequestId></ResponseMetadata>`));
    });

    it("requires a signature for STS", async () => {
      const who = (value: string | undefined) => post({ Action: "GetCallerIdentity" }, { authorization: value });
      await isError(who(undefined), 403, "MissingAuthenticationToken");
      await isError(who("Bearer token"), 403, "IncompleteSignature");
      await isError(who(authorization), 403, "SignatureDoesNotMatch");
    });

    it("refuses a date that is none or is far off", async () => {
      const dated = (date: string) => post({ Action: "GetCallerIdentity" }, { "x-amz-date": date });
      await isError(dated("yesterday"), 403, "IncompleteSignature");
      await isError(dated("20200101T000000Z"), 403, "SignatureDoesNotMatch");
    });

    it("answers anything else with an error of STS", async () => {
      await isError(post({}), 400, "MissingAction");
      await isError(post({ Action: "GetSessionToken" }), 400, "InvalidAction");
      await isError(post({ Action: "toString" }), 400, "InvalidAction");
      await isError(post({ Action: "AssumeRole", Version: "2010-01-01" }), 400, "InvalidAction");
      await isError(post({ Action: "<&>\0" }), 400, "InvalidAction");
      await isError(post({}, { "content-type": "application/json" }), 415, "MalformedInput");
      assert.equal(world().emulator.requests.at(-1)?.operation, undefined);
    });

    it("keeps forms and XML out of Connect", async () => {
      const answer = await raw(world().emulator, "PUT", `/contact-evaluations/${world().instanceId}`, "a=b", {
        "content-type": "application/x-www-form-urlencoded",
      });
      assert.deepEqual([answer.status, answer.headers["x-amzn-errortype"]], [415, "UnsupportedMediaTypeException"]);
      assert.equal((await raw(world().emulator, "GET", "/")).headers["content-type"], "application/json");
    });
  });

  it("requires the ARN of a role when one is added", () => {
    assert.throws(() => world().emulator.addRole({ roleArn: "Grader" }), /Grader is not the ARN of a role/);
  });
});
