import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest, ConfigureRequest, CreateRequest } from "@pulumi/pulumi/proto/provider_pb";
import { startConnectEmulator } from "connect-emulator";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PROVIDER_SOURCE } from "../provider/src/providerSource";
import { median } from "./median";

/** Milliseconds, medians. */
export interface StartUp {
  rounds: number;
  /** From the engine's first call of the provider to the first call of Connect, in the engine's own provider process. */
  firstCall: number;
  /** The same calls of the engine, answered by a provider that does nothing. */
  engineCalls: number;
  /** Loading Connect's client, in a process that does nothing else. */
  loadingSdk: number;
  /** There, from the beginning of the loading to the first call of Connect. */
  sdkFirstCall: number;
}

export async function measureStartUp(rounds: number): Promise<StartUp> {
  const firstCalls: number[] = [];
  const engineCalls: number[] = [];
  const alone: SdkAlone[] = [];
  for (let round = 0; round < rounds; round++) {
    const ours = await oneCreate(PROVIDER_SOURCE);
    firstCalls.push(ours.firstCall ?? Number.NaN);
    engineCalls.push((await oneCreate(NOTHING)).answered);
    alone.push(await sdkAlone());
  }
  return {
    rounds,
    firstCall: median(firstCalls),
    engineCalls: median(engineCalls),
    loadingSdk: median(alone.map(({ loaded }) => loaded)),
    sdkFirstCall: median(alone.map(({ called }) => called)),
  };
}

const NOTHING = "exports.handler=()=>({create:async(outs)=>({id:'nothing',outs})});";

/** What the engine asks for in an `up` of one new evaluation, without what it does for itself in between. */
async function oneCreate(__provider: string): Promise<{ firstCall: number | undefined; answered: number }> {
  const emulator = await startConnectEmulator({ region: "eu-central-1" });
  const { instanceId } = emulator.addInstance();
  const { contactId } = emulator.addContact(instanceId);
  const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
  const provider = await ProviderProcess.start();
  try {
    let firstCall: number | undefined;
    const began = performance.now();
    emulator
      .waitForRequest(() => true)
      .then(() => {
        firstCall = performance.now() - began;
      });
    await provider.configure({
      "aws:region": "eu-central-1",
      "aws:endpoints": JSON.stringify([{ connect: emulator.url }]),
      "aws:accessKey": "AKIATESTTESTTEST",
      "aws:secretKey": "emulated-secret-key",
    });
    const inputs = await provider.check({ instanceId, contactId, evaluationFormId, __provider, __key: "key" });
    await provider.create(inputs);
    return { firstCall, answered: performance.now() - began };
  } finally {
    provider.end();
    await emulator.close();
  }
}

interface SdkAlone {
  loaded: number;
  called: number;
}

async function sdkAlone(): Promise<SdkAlone> {
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
  const { stdout } = await promisify(execFile)(process.execPath, ["--eval", SDK_ALONE], { cwd: __dirname, env });
  return JSON.parse(stdout) as SdkAlone;
}

/** Calls a server of its own, which tells when it was reached. */
const SDK_ALONE = `
  const { createServer } = require("node:http");
  const server = createServer(() => {
    console.log(JSON.stringify({ loaded, called: performance.now() - began }));
    process.exit();
  });
  let began, loaded;
  server.listen(0, "127.0.0.1", () => {
    began = performance.now();
    const { ConnectClient, StartContactEvaluationCommand } = require("@aws-sdk/client-connect");
    loaded = performance.now() - began;
    const credentials = { accessKeyId: "AKIATESTTESTTEST", secretAccessKey: "emulated-secret-key" };
    const endpoint = "http://127.0.0.1:" + server.address().port;
    const input = { InstanceId: "i", ContactId: "c", EvaluationFormId: "f", ClientToken: "t" };
    const client = new ConnectClient({ region: "eu-central-1", endpoint, credentials });
    client.send(new StartContactEvaluationCommand(input));
  });
`;

/** The process in which the engine runs dynamic providers, spoken to as the engine does. */
class ProviderProcess {
  private constructor(
    private readonly client: ResourceProviderClient,
    readonly end: () => void,
  ) {}

  static async start(): Promise<ProviderProcess> {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const env = { ...process.env, PULUMI_NODEJS_PROJECT: "bench" };
    // The address of an engine, which it takes and never calls.
    const child = spawn(process.execPath, [script, "127.0.0.1:1"], {
      cwd: path.join(__dirname, "program"),
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(createInterface(child.stdout), "line")) as [string];
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    return new ProviderProcess(client, () => {
      client.close();
      child.kill();
    });
  }

  async configure(args: Record<string, string>): Promise<void> {
    const request = new ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(args));
    await answer((done) => this.client.configure(request, done));
  }

  async check(news: Record<string, string>): Promise<Struct | undefined> {
    const request = new CheckRequest();
    request.setOlds(Struct.fromJavaScript({}));
    request.setNews(Struct.fromJavaScript(news));
    return (await answer<{ getInputs(): Struct | undefined }>((done) => this.client.check(request, done))).getInputs();
  }

  async create(inputs: Struct | undefined): Promise<void> {
    const request = new CreateRequest();
    request.setProperties(inputs);
    await answer((done) => this.client.create(request, done));
  }
}

function answer<T>(call: (done: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))));
}
