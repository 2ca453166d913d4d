import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { DescribeContactEvaluationCommand } from "@aws-sdk/client-connect";
import { startConnectEmulator } from "../../emulator/src";
import { authorization, clientOf, type RawAnswer, raw, refusal, type Started, worldForEach } from "./world";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("the wire", () => {
  const world = worldForEach();
  let started: Started;
  beforeEach(async () => {
    started = await world().start();
  });

  const evaluations = () => `/contact-evaluations/${world().instanceId}`;
  const isError = (answer: RawAnswer, status: number, name: string) => {
    assert.deepEqual([answer.status, answer.headers["x-amzn-errortype"]], [status, name], answer.body);
    assert.equal(answer.headers["content-type"], "application/json");
    assert.match(String(answer.headers["x-amzn-requestid"]), uuid);
    assert.deepEqual(Object.keys(JSON.parse(answer.body)), ["Message"]);
  };

  it("carries timestamps as epoch seconds and a request id on success", async () => {
    world().emulator.behaviour.now = () => new Date(1_700_000_000_250);
    started = await world().start();
    const answer = await raw(world().emulator, "GET", `${evaluations()}/${started.EvaluationId}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers["content-type"], "application/json");
    assert.match(String(answer.headers["x-amzn-requestid"]), uuid);
    assert.equal(answer.headers["x-amzn-errortype"], undefined);
    assert.equal(JSON.parse(answer.body).Evaluation.CreatedTime, 1_700_000_000.25);
  });

  it("gives its time in the Date header, also of errors", async () => {
    world().emulator.behaviour.now = () => new Date("2026-03-04T05:06:07.250Z");
    world().emulator.advance(60_000);
    for (const path of [`${evaluations()}/${started.EvaluationId}`, "/nowhere"]) {
      const { headers } = await raw(world().emulator, "GET", path);
      assert.equal(headers.date, "Wed, 04 Mar 2026 05:07:07 GMT");
    }
  });

  it("leaves out NextToken, and the score if there is none", async () => {
    const list = await raw(world().emulator, "GET", `${evaluations()}?contactId=${world().contactId}`);
    assert.deepEqual(Object.keys(JSON.parse(list.body)), ["EvaluationSummaryList"]);
    assert.equal("Score" in JSON.parse(list.body).EvaluationSummaryList[0], false);
  });

  it("answers delete and tag operations with 200 and an empty body", async () => {
    const tags = `/tags/${encodeURIComponent(started.arn)}`;
    const answers = [
      await raw(world().emulator, "POST", tags, '{"tags":{"a":"1"}}'),
      await raw(world().emulator, "DELETE", `${tags}?tagKeys=a`),
      await raw(world().emulator, "DELETE", `${evaluations()}/${started.EvaluationId}`),
    ];
    for (const { status, body } of answers) assert.deepEqual([status, body], [200, ""]);
    assert.equal(world().emulator.evaluations().length, 0);
  });

  it("takes one query value for a list, and several", async () => {
    world().emulator.someone.tags(started.arn, { a: "", "b c": "", "d/e": "", f: "" });
    const tags = `/tags/${encodeURIComponent(started.arn)}`;
    await raw(world().emulator, "DELETE", `${tags}?tagKeys=a`);
    await raw(world().emulator, "DELETE", `${tags}?tagKeys=b%20c&tagKeys=d%2Fe`);
    assert.deepEqual(world().emulator.evaluation(started.arn)?.tags, { f: "" });
    isError(await raw(world().emulator, "DELETE", tags), 400, "InvalidParameterException");
    isError(
      await raw(world().emulator, "GET", `${evaluations()}?contactId=a&contactId=b`),
      400,
      "InvalidParameterException",
    );
  });

  it("decodes each path segment once, whatever is encoded in it", async () => {
    for (const contactId of ["a b/c'(*)!~", "100%25", "%2F", "ü/名", "a+b"]) {
      world().emulator.addContact(world().instanceId, { contactId });
      const path = `/contacts/${world().instanceId}/${encodeURIComponent(contactId)}`;
      const answer = await raw(world().emulator, "GET", path);
      assert.equal(answer.status, 200, answer.body);
      assert.equal(JSON.parse(answer.body).Contact.Id, contactId);
    }
  });

  it("answers an empty path segment with 400 and deletes nothing", async () => {
    isError(await raw(world().emulator, "DELETE", `${evaluations()}/`), 400, "InvalidParameterException");
    isError(await raw(world().emulator, "GET", "/contact-evaluations//x"), 400, "InvalidParameterException");
    isError(await raw(world().emulator, "GET", "/tags/"), 400, "InvalidParameterException");
    assert.equal(world().emulator.evaluations().length, 1);
  });

  it("answers garbage in the AWS error format", async () => {
    const start = (body: string, headers = {}) => raw(world().emulator, "PUT", evaluations(), body, headers);
    isError(await raw(world().emulator, "GET", "/nothing/here"), 404, "UnknownOperationException");
    isError(await raw(world().emulator, "PATCH", evaluations()), 404, "UnknownOperationException");
    isError(await raw(world().emulator, "GET", "/contact-evaluations/%zz/x"), 400, "SerializationException");
    isError(await start("{"), 400, "SerializationException");
    isError(await start("[]"), 400, "SerializationException");
    isError(await start("null"), 400, "SerializationException");
    isError(await start('"text"'), 400, "SerializationException");
    isError(await start('{"__proto__": {}}'), 400, "SerializationException");
    isError(await start("{}", { "content-type": "text/plain" }), 415, "UnsupportedMediaTypeException");
    isError(await start("{}", { "content-type": undefined }), 415, "UnsupportedMediaTypeException");
    isError(await start("{}", { "content-length": "100000000" }), 413, "RequestEntityTooLargeException");
    isError(await start(""), 400, "InvalidParameterException");
    assert.equal(world().emulator.started, 1);
  });

  it("treats no body as an empty one if nothing is required", async () => {
    const answer = await raw(world().emulator, "POST", `${evaluations()}/${started.EvaluationId}/submit`);
    assert.equal(answer.status, 200, answer.body);
  });

  it("answers what is not HTTP with 400, and keeps running", async () => {
    const { hostname, port } = new URL(world().emulator.url);
    const socket = connect(Number(port), hostname);
    socket.end("garbage\r\n\r\n");
    const [answer] = await once(socket, "data");
    assert.match(String(answer), /^HTTP\/1\.1 400 [\s\S]*x-amzn-errortype: SerializationException[\s\S]*\{"Message":/);
    await world().start();
  });

  it("requires a signature for Connect, but does not verify it", async () => {
    const signed = (value: string | undefined) =>
      raw(world().emulator, "GET", `/instance/${world().instanceId}`, undefined, { authorization: value });
    assert.equal((await signed(authorization)).status, 200);
    isError(await signed(undefined), 403, "MissingAuthenticationTokenException");
    isError(await signed("Bearer token"), 403, "IncompleteSignatureException");
    isError(await signed(authorization.replace("/connect/", "/s3/")), 403, "InvalidSignatureException");
    isError(await signed(authorization.replace("us-east-1", "us-west-2")), 404, "ResourceNotFoundException");
  });

  const dated = (date: string) =>
    raw(world().emulator, "GET", `/instance/${world().instanceId}`, undefined, { "x-amz-date": date });
  const basic = (time: number) => new Date(time).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const minute = 60_000;

  it("refuses a date that is none", async () => {
    for (const date of ["yesterday", "", "2026-01-01T00:00:00Z", "20260101T250000Z", "20261301T000000Z"]) {
      const answer = await dated(date);
      isError(answer, 403, "IncompleteSignatureException");
      assert.match(answer.body, /Date must be in ISO-8601 'basic format'/);
    }
  });

  it("refuses a date that is more than five minutes off", async () => {
    const now = Date.now();
    assert.equal((await dated(basic(now - 4 * minute))).status, 200);
    assert.equal((await dated(basic(now + 4 * minute))).status, 200);
    const late = await dated(basic(now - 7 * minute));
    isError(late, 403, "InvalidSignatureException");
    assert.match(
      late.body,
      /Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)/,
    );
    const early = await dated(basic(now + 7 * minute));
    isError(early, 403, "InvalidSignatureException");
    assert.match(early.body, /Signature not yet current: \S+ is still later than \S+ \(\S+ \+ 5 min\.\)/);
    world().emulator.behaviour.requestDate = "never";
    for (const date of ["yesterday", basic(0)]) assert.equal((await dated(date)).status, 200);
  });

  it("judges no dates once its own clock was seen to be another one than the machine's, unless so switched", async () => {
    const now = Date.now();
    const isTaken = async () => {
      for (const after of [-60, 0, 60])
        assert.equal((await dated(basic(now + after * minute))).status, 200, `${after}`);
    };
    world().emulator.advance(60 * minute);
    await isTaken();
    world().emulator.advance(-60 * minute);
    await isTaken();
    world().emulator.advance(60 * minute);
    isError(await dated("yesterday"), 403, "IncompleteSignatureException");
    world().emulator.behaviour.requestDate = "always";
    isError(await dated(basic(now)), 403, "InvalidSignatureException");
    assert.equal((await dated(basic(now + 60 * minute))).status, 200);
  });

  it("lets an SDK whose clock is wrong find the right time, as AWS does", async () => {
    world().emulator.behaviour.requestDate = "always";
    world().emulator.advance(60 * minute);
    const client = clientOf(world().emulator, "us-east-1", 2);
    await client.send(new DescribeContactEvaluationCommand(started)).finally(() => client.destroy());
    const errors = world()
      .emulator.requests.slice(-2)
      .map(({ error }) => error);
    assert.deepEqual(errors, ["InvalidSignatureException", undefined]);
  });

  it("names the text of an error as the switch says, and the client reads both", async () => {
    const describeNothing = () =>
      world().client.send(new DescribeContactEvaluationCommand({ ...started, EvaluationId: "none" }));
    const body = async () => (await raw(world().emulator, "GET", `${evaluations()}/none`)).body;
    assert.deepEqual(Object.keys(JSON.parse(await body())), ["Message"]);
    world().emulator.behaviour.errorMember = "message";
    assert.deepEqual(Object.keys(JSON.parse(await body())), ["message"]);
    await assert.rejects(describeNothing(), refusal("ResourceNotFoundException", 404, /none was not found/));
  });
});

describe("the request log", () => {
  const world = worldForEach();

  it("has the request, its caller, and the answer", async () => {
    const { EvaluationId, InstanceId } = await world().start({ ClientToken: "t", Tags: { a: "1" } });
    await assert.rejects(
      world().client.send(new DescribeContactEvaluationCommand({ InstanceId, EvaluationId: "a/b" })),
    );
    const [first, second] = world().emulator.requests;
    assert.ok(first && second);
    assert.deepEqual(
      [first.operation, first.method, first.path, first.status, first.error],
      ["StartContactEvaluation", "PUT", `/contact-evaluations/${world().instanceId}`, 200, undefined],
    );
    assert.deepEqual(first.input, {
      InstanceId,
      ContactId: world().contactId,
      EvaluationFormId: world().evaluationFormId,
      ClientToken: "t",
      Tags: { a: "1" },
    });
    assert.deepEqual([first.region, first.accessKeyId, first.attempt], ["us-east-1", "AKIATEST", 1]);
    assert.match(String(first.userAgent), /aws-sdk-js/);
    assert.match(String(first.invocationId), uuid);
    assert.match(first.id, uuid);
    assert.ok(first.at instanceof Date);
    assert.deepEqual([second.path.endsWith("/a%2Fb"), second.input.EvaluationId], [true, "a/b"]);
    assert.deepEqual([second.status, second.error], [404, "ResourceNotFoundException"]);
    assert.ok(EvaluationId);
  });

  it("has refused garbage too, and the members as they were sent", async () => {
    await raw(world().emulator, "GET", "/nothing?x=1");
    await raw(world().emulator, "PUT", `/contact-evaluations/${world().instanceId}`, "{");
    const body = JSON.stringify({ Answers: { q1: { Value: { StringValue: "x" }, Extra: true } } });
    await raw(world().emulator, "POST", `/contact-evaluations/${world().instanceId}/e`, body);
    const [unknown, broken, extra] = world().emulator.requests;
    assert.deepEqual([unknown?.operation, unknown?.path, unknown?.status], [undefined, "/nothing", 404]);
    assert.deepEqual([broken?.operation, broken?.error], ["StartContactEvaluation", "SerializationException"]);
    assert.deepEqual(extra?.input.Answers, { q1: { Value: { StringValue: "x" }, Extra: true } });
  });

  it("is empty if requests are not to be kept; waiting for one works all the same", async () => {
    const emulator = await startConnectEmulator({ keepRequests: false });
    const next = emulator.waitForRequest(() => true);
    await raw(emulator, "GET", "/nothing");
    assert.equal((await next).path, "/nothing");
    assert.deepEqual([emulator.requests, emulator.calls()], [[], 0]);
    await emulator.close();
  });

  it("counts, clears, and waits for the next match", async () => {
    await world().start();
    await world().start();
    const next = world().emulator.waitForRequest(({ operation }) => operation === "DescribeInstance");
    await raw(world().emulator, "GET", `/instance/${world().instanceId}`);
    assert.equal((await next).path, `/instance/${world().instanceId}`);
    const { emulator } = world();
    assert.deepEqual(
      [emulator.calls(), emulator.calls("StartContactEvaluation"), emulator.calls("TagResource")],
      [3, 2, 0],
    );
    emulator.clearRequests();
    assert.deepEqual([emulator.calls(), emulator.requests], [0, []]);
  });
});
