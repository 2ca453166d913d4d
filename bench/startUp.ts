import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startConnectEmulator } from "../emulator/src";
import { DECLARED_SOURCE } from "../provider/src/dynamic/providerSource";
import { emulatorConfig } from "../test/support/preparedStack";
import { median } from "./median";
import { ProviderProcess } from "./providerProcess";

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
    const ours = await oneCreate(DECLARED_SOURCE);
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
    await provider.configure(emulatorConfig(emulator.url));
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
