import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { PROTOCOL } from "../../provider/src/plugin/requests";
import { pluginService } from "../../provider/src/plugin/server";
import { UNKNOWN } from "../../provider/src/shared/model";
import { REGION } from "../support/lifecycle";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
const struct = (value: object) => Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);

const URN = "urn:pulumi:dev::p::connect-evaluations:index:ContactEvaluation::one";
const ID = `arn:aws:connect:${REGION}:123456789012:instance/i/contact-evaluation/e`;

/** What a request has where a test does not say otherwise. */
interface Given {
  urn?: string;
  id?: string;
  inputs?: object;
  outputs?: object;
  news?: object;
}

const REQUESTS = {
  check: ({ urn = URN, news = {} }: Given) => {
    const request = new rpc.CheckRequest();
    request.setUrn(urn);
    request.setNews(struct(news));
    return request;
  },
  diff: (given: Given) => change(new rpc.DiffRequest(), given),
  create: ({ urn = URN, news }: Given) => {
    const request = new rpc.CreateRequest();
    request.setUrn(urn);
    if (news) request.setProperties(struct(news));
    return request;
  },
  update: (given: Given) => change(new rpc.UpdateRequest(), given),
  read: (given: Given) => {
    const request = found(new rpc.ReadRequest(), given);
    request.setInputs(struct(given.inputs ?? {}));
    return request;
  },
  delete: (given: Given) => {
    const request = found(new rpc.DeleteRequest(), given);
    request.setOldInputs(struct(given.inputs ?? {}));
    return request;
  },
};

function change<R extends rpc.DiffRequest | rpc.UpdateRequest>(request: R, given: Given): R {
  const { urn = URN, id = ID, inputs = {}, outputs = {}, news } = given;
  request.setUrn(urn);
  request.setId(id);
  request.setOldInputs(struct(inputs));
  request.setOlds(struct(outputs));
  if (news) request.setNews(struct(news));
  return request;
}

function found<R extends rpc.ReadRequest | rpc.DeleteRequest>(
  request: R,
  { urn = URN, id = ID, outputs = {} }: Given,
): R {
  request.setUrn(urn);
  request.setId(id);
  request.setProperties(struct(outputs));
  return request;
}

describe("a request that no engine sends", () => {
  let emulator: ConnectEmulator;
  let server: grpc.Server;
  let client: ResourceProviderClient;

  before(async () => {
    emulator = await startConnectEmulator({ region: REGION });
    server = new grpc.Server();
    server.addService(PROTOCOL, pluginService());
    const credentials = grpc.ServerCredentials.createInsecure();
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", credentials, (error, port) => (error ? reject(error) : resolve(port))),
    );
    client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    await refusalOf((answer) => client.configure(configuration(), answer)).then(
      () => assert.fail("the settings were refused"),
      () => undefined,
    );
  });
  after(async () => {
    client.close();
    server.forceShutdown();
    await emulator.close();
  });

  function configuration(): rpc.ConfigureRequest {
    const request = new rpc.ConfigureRequest();
    const endpoints = [{ connect: emulator.url, sts: emulator.url }];
    request.setArgs(struct({ region: REGION, accessKey: "AKIATEST", secretKey: "canary", endpoints }));
    return request;
  }

  type Answer = (error: grpc.ServiceError | null, response: unknown) => void;
  const refusalOf = (ask: (answer: Answer) => unknown) =>
    new Promise<string>((resolve, reject) =>
      ask((error, response) => (error ? resolve(error.details) : reject(new Error(`answered ${response}`)))),
    );

  const ids = { instanceId: "i", contactId: "c", evaluationFormId: "f" };
  const cases: [what: string, verb: keyof typeof REQUESTS, given: Given, words: RegExp][] = [
    ["without a URN", "check", { urn: "", news: ids }, /"" is not the URN of a resource/],
    ["with a URN that is none", "diff", { urn: "one", inputs: ids, news: ids }, /"one" is not the URN/],
    ["with a URN that is none", "create", { urn: "one", news: ids }, /"one" is not the URN/],
    ["without properties", "create", {}, /instanceId is missing: .*; contactId is missing: /],
    ["with a number as an id", "create", { news: { ...ids, contactId: 7 } }, /contactId must be .*; got a number/],
    ["with a list in a secret", "create", { news: { ...ids, contactId: secret(["c"]) } }, /contactId must be /],
    ["with a secret without value", "create", { news: { ...ids, contactId: secret(null) } }, /contactId is missing/],
    ["with a list of tags", "create", { news: { ...ids, tags: ["a"] } }, /tags must be an object of strings/],
    ["with an unknown and no preview", "create", { news: { ...ids, contactId: UNKNOWN } }, /not known yet/],
    ["without properties", "diff", { inputs: ids }, /it has no instanceId/],
    [
      "with another id",
      "diff",
      { id: "one", inputs: ids, news: ids },
      /"one"\n {2}why: that is not the ARN of a contact eval/,
    ],
    ["without properties", "update", { inputs: ids }, /instanceId is missing/],
    ["with text as answers", "update", { inputs: ids, news: { ...ids, answers: "Yes" } }, /answers must be /],
    ["without id", "read", { id: "" }, /""\n {2}why: that is not the ARN of a contact evaluation/],
    ["with a number in the state", "read", { inputs: { ...ids, contactId: 7 } }, /contactId in the state is no text/],
    [
      "with a list as marker",
      "read",
      { inputs: ids, outputs: { __marker: ["m"] } },
      /__marker in the state is no text/,
    ],
    ["without id", "delete", { id: "" }, /""\n {2}why: that is not the ARN of a contact evaluation/],
    [
      "with a number in the state",
      "delete",
      { outputs: { ...ids, contactId: 7 } },
      /contactId in the state is no text/,
    ],
  ];
  for (const [what, verb, given, words] of cases) {
    it(`to ${verb} ${what} is refused with a sentence, and Amazon Connect is not called`, async () => {
      const ask = client[verb].bind(client) as (request: unknown, answer: Answer) => unknown;
      const told = await refusalOf((answer) => ask(REQUESTS[verb](given), answer));
      assert.match(told, words);
      assert.match(told, /^could not .*\n {2}why: .*\n {2}do: {2}/);
      assert.equal(emulator.calls(), 0);
    });
  }

  it("with a member that the protocol's library loses is refused, and names it", async () => {
    // As the engine sends it: the library cannot write it, either.
    const bytes = Buffer.from(REQUESTS.check({ news: { ...ids, tags: { ___ptoro_: "1" } } }).serializeBinary());
    const sent = Buffer.from(bytes.toString("latin1").replace("___ptoro_", "__proto__"), "latin1");
    const told = await refusalOf((answer) =>
      client.makeUnaryRequest(
        PROTOCOL.check.path,
        (one: Buffer) => one,
        PROTOCOL.check.responseDeserialize,
        sent,
        answer,
      ),
    );
    assert.match(told, /has something of the name __proto__.*\n {2}do: {2}give it another name/);
  });

  it("for a function that there is not is refused, whatever its name", async () => {
    for (const token of ["", "constructor", "toString"]) {
      const request = new rpc.InvokeRequest();
      request.setTok(token);
      assert.match(
        await refusalOf((answer) => client.invoke(request, answer)),
        /there is no function .*; there is connect-/,
      );
    }
  });

  it("leaves the process able to serve the next one", async () => {
    const { instanceId } = emulator.addInstance();
    const { contactId } = emulator.addContact(instanceId);
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    const request = REQUESTS.create({ news: { instanceId, contactId, evaluationFormId } });
    const id = await new Promise((resolve, reject) =>
      client.create(request, (error, response) => (error ? reject(error) : resolve(response.getId()))),
    );
    assert.deepEqual(
      emulator.evaluations().map(({ arn }) => arn),
      [id],
    );
  });
});
