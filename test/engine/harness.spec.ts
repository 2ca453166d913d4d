import assert from "node:assert/strict";
import { once } from "node:events";
import * as fs from "node:fs";
import * as net from "node:net";
import { promisify } from "node:util";
import { credentials, Server, ServerCredentials, type ServiceError, status } from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import { EngineClient, EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { createTestStack, type TestStack } from "../support/stack";

const TYPE = "pulumi-nodejs:dynamic/test:Echo";

/** A resource that is whatever its inputs say, in the smallest provider there is. */
class Echo extends pulumi.CustomResource {
  constructor(name: string, inputs: Record<string, unknown>, methods = "create: async (i) => ({ id: 'x', outs: i })") {
    super(TYPE, name, { ...inputs, __provider: `exports.handler = () => ({ ${methods} });` });
  }
}

const ENVIRONMENT = `create: async () => ({ id: "x", outs: { env: process.env, cwd: process.cwd() } })`;
const FAILURE = `create: async () => { throw new Error("no luck"); }`;

describe("the engine harness", () => {
  let stack: TestStack;

  beforeEach(async () => {
    stack = await createTestStack({ emulator: "http://127.0.0.1:1" });
  });

  afterEach(() => stack.dispose());

  it("hands over the words of a failure and the steps that led to it", async () => {
    const result = await stack.upFails({ program: async () => void new Echo("echo", {}, FAILURE) });
    assert.deepEqual(result.diagnostics, ["error: no luck", "error: update failed"]);
    assert.match(result.output, /error: no luck/);
    assert.deepEqual(
      result.steps.map(({ op, failed }) => ({ op, failed })),
      [{ op: "create", failed: true }],
    );
    assert.deepEqual((await stack.up({ program: async () => void new Echo("echo", {}) })).changes, { create: 1 });
  });

  it("takes a program that throws for a failure", async () => {
    const result = await stack.previewFails({
      program: async () => {
        throw new Error("no program");
      },
    });
    assert.match(result.output, /no program/);
  });

  it("reaches an engine at the address of an earlier one, whose connection was lost", async () => {
    const engine = await serve();
    let isAlive = false;
    const address = net.createServer((socket) => {
      if (isAlive) socket.pipe(net.connect(engine.port)).pipe(socket);
      else socket.destroy();
    });
    address.listen(0, "127.0.0.1");
    await once(address, "listening");
    const { port } = address.address() as net.AddressInfo;
    try {
      assert.equal((await callOf(port))?.code, status.UNAVAILABLE);
      isAlive = true;
      assert.equal(await callOf(port), undefined);
    } finally {
      engine.server.forceShutdown();
      address.close();
    }
  });

  it("fails the test when a failure does not come", async () => {
    await assert.rejects(stack.upFails(), /was expected to fail and succeeded/);
  });

  it("keeps the user's own settings away", async () => {
    const own = {
      AWS_PROFILE: "own",
      AWS_REGION: "own-region-1",
      PULUMI_CONFIG_PASSPHRASE: "own",
      PULUMI_HOME: "/own",
    };
    const before = Object.keys(own).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, own);
    try {
      await stack.up({ program: async () => void new Echo("echo", {}, ENVIRONMENT), env: { AWS_PROFILE: "tests" } });
    } finally {
      for (const [name, value] of before) {
        restore(name, value);
      }
    }
    const { env, cwd } = (await stack.resource("echo")).outputs as { env: Record<string, string>; cwd: string };
    const aws = Object.keys(env).filter((name) => name.startsWith("AWS_"));
    assert.deepEqual(aws.sort(), [
      "AWS_CONFIG_FILE",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_PROFILE",
      "AWS_SHARED_CREDENTIALS_FILE",
    ]);
    assert.equal(env.AWS_PROFILE, "tests");
    assert.equal(fs.readFileSync(env.AWS_CONFIG_FILE ?? "", "utf8"), "");
    assert.equal(env.PULUMI_HOME, stack.folders.home);
    assert.equal(cwd, process.cwd());
  });

  it("records the calls to the provider", async () => {
    await stack.up({ program: async () => void new Echo("echo", { answer: 42 }) });
    const creates = await stack.rpcs("Create");
    assert.deepEqual(
      creates.map(({ request }) => request.properties?.answer),
      [42],
    );
    await stack.clearRpcs();
    assert.deepEqual(await stack.rpcs(), []);
  });

  it("keeps stacks apart that run at once", async () => {
    const other = await createTestStack({ sharing: stack, stack: "other", config: { "aws:region": "other-region-1" } });
    const program = async () => {
      const region = new pulumi.Config("aws").require("region");
      new Echo("echo", { region, stack: pulumi.getStack() });
      return { region, stack: pulumi.getStack() };
    };
    try {
      const [one, two] = await Promise.all([stack.up({ program }), other.up({ program })]);
      assert.deepEqual(one.outputs, { region: "eu-central-1", stack: "dev" });
      assert.deepEqual(two.outputs, { region: "other-region-1", stack: "other" });
    } finally {
      await other.dispose();
    }
  });
});

/** Something that answers as an engine does. */
async function serve(): Promise<{ server: Server; port: number }> {
  const server = new Server();
  const answer = (_: unknown, done: (error: null, answer: Empty) => void) => done(null, new Empty());
  server.addService(EngineService, { log: answer });
  const bind = promisify(server.bindAsync.bind(server));
  return { server, port: await bind("127.0.0.1:0", ServerCredentials.createInsecure()) };
}

/** What a client with the options of Pulumi's SDK gets there, if it is an error. */
function callOf(port: number): Promise<ServiceError | undefined> {
  const { grpcClientOptions } = settings as unknown as { grpcClientOptions: object };
  const client = new EngineClient(`127.0.0.1:${port}`, credentials.createInsecure(), grpcClientOptions);
  return new Promise((resolve) => client.log(new LogRequest(), (error) => resolve(error ?? undefined)));
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) {
    delete process.env[name];
  } else {
    process.env[name] = value;
  }
}
