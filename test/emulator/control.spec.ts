import assert from "node:assert/strict";
import { DescribeInstanceCommand, StartContactEvaluationCommand } from "@aws-sdk/client-connect";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { version } from "../../emulator/package.json";
import { type ConnectEmulator, startConnectEmulator, switches } from "../../emulator/src";
import { model } from "../../emulator/src/connect/model";
import { sampleSetup } from "../../emulator/src/setup/sampleSetup";
import { clientOf, raw, refusal } from "./world";

describe("control over HTTP", () => {
  const setup = sampleSetup({ region: "us-east-1", account: "123456789012" });
  const ids = {
    InstanceId: setup.instances?.[0]?.instanceId,
    ContactId: setup.instances?.[0]?.contacts?.[0]?.contactId,
    EvaluationFormId: setup.instances?.[0]?.evaluationForms?.[0]?.evaluationFormId,
  };
  const operation = "StartContactEvaluation";
  let emulator: ConnectEmulator;
  let client: ReturnType<typeof clientOf>;
  beforeEach(async () => {
    emulator = await startConnectEmulator({
      setup,
      seed: "s",
      behaviour: { formTags: "copied", denied: ["DescribeContact"] },
      throttle: { others: { rate: 0.001, burst: 1 } },
      faults: [{ operation, skip: 1, fault: { error: "ThrottlingException" } }],
    });
    client = clientOf(emulator);
  });
  afterEach(async () => {
    client.destroy();
    await emulator.close();
  });

  /** Asks as `curl --json` does. */
  async function control(method: string, path: string, body?: unknown) {
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const headers = { authorization: undefined };
    const answer = await raw(emulator, method, `/_emulator${path}`, text, headers);
    assert.match(String(answer.headers["content-type"]), /^application\/json/);
    return { status: answer.status, json: JSON.parse(answer.body) };
  }
  const start = () => client.send(new StartContactEvaluationCommand(ids));

  it("tells that the emulator runs, and what is there", async () => {
    await start();
    emulator.addUser(String(ids.InstanceId), { userId: "expert" });
    const { status, json } = await control("GET", "/health");
    const [instance] = json.instances;
    assert.deepEqual(
      [status, json.status, json.version, json.region, json.account, json.roles],
      [200, "running", version, "us-east-1", "123456789012", setup.roles],
    );
    assert.deepEqual(
      [instance.instanceId, instance.contacts, instance.evaluations, instance.users.length],
      [ids.InstanceId, setup.instances?.[0]?.contacts, 1, 1],
    );
    assert.deepEqual(instance.evaluationForms[0], {
      evaluationFormId: ids.EvaluationFormId,
      title: "Greeting and understanding",
      active: true,
    });
  });

  it("needs no signature, meets no fault and no quota, and is no request of a client", async () => {
    emulator.faults.add({ times: Number.POSITIVE_INFINITY, fault: { drop: "before" } });
    await control("GET", "/health");
    assert.deepEqual(emulator.requests, []);
  });

  it("has paths that no operation of Connect has", () => {
    const uris = Object.values(model.operations).map(({ uri }) => uri);
    assert.deepEqual(
      uris.filter((uri) => uri.startsWith("/_")),
      [],
    );
  });

  it("names what there is when asked for something else", async () => {
    for (const [method, path] of [
      ["GET", "/nothing"],
      ["PUT", "/faults"],
      ["GET", ""],
    ] as const) {
      const { status, json } = await control(method, path);
      assert.equal(status, 404);
      assert.match(json.problems[0], /there are GET \/_emulator\/health, POST \/_emulator\/reset, .*clock$/);
    }
  });

  describe("a reset", () => {
    it("makes everything as it was after the start, for those who hold the emulator, too", async () => {
      const { behaviour, faults, someone } = emulator;
      const first = await start();
      const fresh = await control("POST", "/reset");
      const switchesBefore = (await control("GET", "/behaviour")).json;
      const faultsBefore = (await control("GET", "/faults")).json;

      const again = await start();
      emulator.addInstance({ instanceId: "another" });
      emulator.addRole({ roleArn: "arn:aws:iam::123456789012:role/Another" });
      emulator.addAccessKey({ accessKeyId: "AKIATEST", account: "999999999999" });
      behaviour.denied.push("SubmitContactEvaluation");
      behaviour.formTags = "not copied";
      emulator.advance(3_600_000);
      emulator.throttle = {};
      faults.add({ fault: { error: "A" } });
      someone.deletes(String(again.EvaluationArn));

      const { json } = await control("POST", "/reset");
      assert.deepEqual({ ...json, now: fresh.json.now }, fresh.json);
      assert.ok(Math.abs(Date.parse(json.now) - Date.now()) < 600_000, json.now);
      assert.deepEqual((await control("GET", "/behaviour")).json, switchesBefore);
      assert.deepEqual((await control("GET", "/faults")).json, faultsBefore);
      assert.deepEqual([emulator.started, emulator.calls()], [0, 0]);

      // The seed begins anew, and so does the fault of the start, which lets one pass.
      const { EvaluationArn, EvaluationId } = await start();
      assert.equal(EvaluationId, first.EvaluationId);
      await assert.rejects(start(), refusal("ThrottlingException", 429));
      someone.submits(String(EvaluationArn));
      assert.equal(emulator.evaluation(String(EvaluationArn))?.status, "SUBMITTED");
      behaviour.denied = [operation];
      await assert.rejects(start(), refusal("AccessDeniedException", 403));
    });

    it("fills the buckets of the quotas, and ends the sessions of roles", async () => {
      const sts = new STSClient({
        endpoint: emulator.url,
        region: "us-east-1",
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
      });
      const RoleArn = setup.roles?.[0]?.roleArn;
      const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "me" }));
      const describeInstance = (headers = {}) =>
        raw(emulator, "GET", `/instance/${ids.InstanceId}`, undefined, headers).then(({ status }) => status);
      assert.deepEqual([await describeInstance(), await describeInstance()], [200, 429]);
      await control("POST", "/reset");
      assert.equal(await describeInstance(), 200);
      const scope = `${Credentials?.AccessKeyId}/20260101/us-east-1/connect/aws4_request`;
      // The id of a session that was not issued here counts as one from elsewhere; the next session gets it anew.
      await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "me" }));
      const old = {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
        "x-amz-security-token": Credentials?.SessionToken,
      };
      assert.equal(await describeInstance(old), 403);
      sts.destroy();
    });

    it("leaves what a program gave as options alone", async () => {
      emulator.behaviour.denied.push("DescribeInstance");
      await control("POST", "/reset");
      assert.deepEqual(emulator.behaviour.denied, ["DescribeContact"]);
    });

    it("sets the clock to the one of the options", async () => {
      const now = new Date("2026-01-01T00:00:00.000Z");
      const stopped = await startConnectEmulator({ behaviour: { now: () => now } });
      stopped.advance(1000);
      stopped.reset();
      assert.deepEqual(stopped.behaviour.now(), now);
      await stopped.close();
    });
  });

  describe("faults", () => {
    it("are added, listed with how often they applied, and removed", async () => {
      await control("DELETE", "/faults");
      const rule = {
        operation,
        skip: 1,
        times: "Infinity",
        fault: { error: "InternalServiceException", processed: true },
      };
      assert.deepEqual((await control("POST", "/faults", rule)).json, { faults: [{ ...rule, hits: 0 }] });
      await start();
      for (let round = 0; round < 2; round += 1) {
        await assert.rejects(start(), refusal("InternalServiceException", 500));
      }
      assert.equal(emulator.started, 3);
      assert.deepEqual((await control("GET", "/faults")).json, { faults: [{ ...rule, hits: 2 }] });
      assert.deepEqual((await control("DELETE", "/faults")).json, { faults: [] });
      await start();
    });

    it("may be of each kind, and those of a program are listed with their condition", async () => {
      for (const fault of [
        { error: "X", message: "m", status: 418, processed: true },
        { drop: "before" },
        { silence: "after" },
        { delayMs: 0 },
        { html: 502, processed: true },
        { json: 404 },
        { garbage: true, processed: false },
      ]) {
        const { status, json } = await control("POST", "/faults", { operation: ["TagResource"], fault });
        assert.deepEqual([status, json.faults.at(-1).fault], [200, fault]);
      }
      emulator.faults.add({ when: ({ attempt }) => attempt === 2, fault: { drop: "after" } });
      assert.match((await control("GET", "/faults")).json.faults.at(-1).when, /attempt ?=== ?2/);
    });
  });

  describe("switches", () => {
    it("are told and set, in every position, together with all else that can be set", async () => {
      for (const [name, { positions }] of Object.entries(switches)) {
        for (const position of positions) {
          assert.equal((await control("PATCH", "/behaviour", { [name]: position })).json[name], position);
        }
      }
      const others = {
        deleteInStatus: ["SUBMITTED"],
        evaluationQuota: 1,
        tokenLifetimeMs: "Infinity",
        readAfterWriteDelayReads: 2,
        startLagMs: { DescribeContact: 5 },
        deleteLagMs: 3,
        changeLagMs: {},
        scoreDelayMs: 4,
        automationMs: 5,
        reviewMs: 6,
        automatedAnswers: { q1: { StringValue: "Yes" } },
        denied: ["StartContactEvaluation"],
      };
      const { json } = await control("PATCH", "/behaviour", others);
      const told = Object.fromEntries(Object.entries(json).filter(([name]) => !Object.hasOwn(switches, name)));
      assert.deepEqual(told, others);
      assert.equal(emulator.behaviour.tokenLifetimeMs, Number.POSITIVE_INFINITY);
      await assert.rejects(start(), refusal("AccessDeniedException", 403));
    });
  });

  it("moves the clock", async () => {
    await control("PATCH", "/behaviour", { startLagMs: 60_000 });
    const before = emulator.behaviour.now();
    const { json } = await control("POST", "/clock", { advanceMs: 3_600_000 });
    assert.ok(Date.parse(json.now) - before.getTime() >= 3_600_000);
    const { headers } = await raw(emulator, "GET", "/");
    assert.ok(Date.parse(String(headers.date)) >= Date.parse(json.now) - 1000);
  });

  const wrong: [string, string, string, unknown, RegExp[]][] = [
    ["no JSON", "POST", "/faults", "{", [/^The body is not JSON: /]],
    ["no body", "POST", "/faults", undefined, [/^must be an object with operation, skip, times, fault$/]],
    [
      "a fault of no operation",
      "POST",
      "/faults",
      { operation: "X", fault: { drop: "after" } },
      [/must be one .*TagRes/],
    ],
    [
      "two faults in one, with unknown members and numbers that are none",
      "POST",
      "/faults",
      { times: 0, when: "always", fault: { drop: "now", html: 99, x: 1 } },
      [
        /^when: is not known; allowed are operation, skip, times, fault$/,
        /^times: must be a whole number from 1, or "Infinity"$/,
        /^fault\.x: is not known; allowed are error, drop/,
        /^fault: must have exactly one of error, drop, silence, delayMs, html, json, garbage$/,
        /^fault\.drop: must be one of before, after$/,
        /^fault\.html: must be a whole number from 200 to 599$/,
      ],
    ],
    [
      "a member that has no effect on this kind of fault",
      "POST",
      "/faults",
      { fault: { drop: "before", processed: true } },
      [/^fault\.processed: does not go with the members beside it$/],
    ],
    ["an error whose name is none", "POST", "/faults", { fault: { error: "a\nb" } }, [/must be the name of an error$/]],
    [
      "positions and values that are none",
      "PATCH",
      "/behaviour",
      { formTags: "maybe", evaluationQuota: -1, startLagMs: { TagResource: 1 }, now: "now" },
      [
        /^now: is not known; allowed are tokenOfDeletedEvaluation, /,
        /^formTags: must be one of not copied, copied$/,
        /^evaluationQuota: must be a whole number from 0, or "Infinity"$/,
        /^startLagMs: must be milliseconds, or an object with milliseconds for some of DescribeContactEvaluation, /,
      ],
    ],
    ["a way back", "POST", "/clock", { advanceMs: -1 }, [/^advanceMs: must be a whole number from 0 to \d+$/]],
  ];
  for (const [what, method, path, body, messages] of wrong) {
    it(`refuses ${what} with what is allowed, and changes nothing`, async () => {
      const before = [await control("GET", "/faults"), await control("GET", "/behaviour")];
      const { status, json } = await control(method, path, body);
      assert.equal(status, 400);
      assert.equal(json.problems.length, messages.length, json.problems.join("\n"));
      for (const message of messages) {
        assert.ok(
          json.problems.some((problem: string) => message.test(problem)),
          json.problems.join("\n"),
        );
      }
      assert.deepEqual([await control("GET", "/faults"), await control("GET", "/behaviour")], before);
    });
  }

  it("leaves the operations alone", async () => {
    await client.send(new DescribeInstanceCommand({ InstanceId: ids.InstanceId }));
    assert.equal((await raw(emulator, "GET", "/_emulators")).headers["x-amzn-errortype"], "UnknownOperationException");
  });
});
