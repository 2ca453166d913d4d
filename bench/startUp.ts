import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { startConnectEmulator } from "../emulator/src";
import { DECLARED_SOURCE } from "../provider/src/dynamic/providerSource";
import { emulatorConfig } from "../test/support/preparedStack";
import { median } from "./median";
import { bundledPlugin } from "./plugin";
import { DYNAMIC_PROVIDER, NO_ENGINE, ProviderProcess } from "./providerProcess";

/** Milliseconds, medians. */
export interface StartUp {
  rounds: number;
  class: FrontStartUp;
  plugin: FrontStartUp;
  /** The same calls of the engine, answered by a provider that does nothing. */
  engineCalls: number;
  /** Loading Connect's client, in a process that does nothing else. */
  loadingSdk: number;
  /** There, from the beginning of the loading to the first call of Connect. */
  sdkFirstCall: number;
}

interface FrontStartUp {
  /** From the start of the provider's process until it tells the engine its port. */
  ready: number;
  /** Processor time of all its threads until then; unknown where the system does not tell (`/proc`). */
  readyProcessor: number | undefined;
  /** From the engine's first call of the provider to the first call of Connect. */
  firstCall: number;
}

export async function measureStartUp(rounds: number): Promise<StartUp> {
  const plugin = await bundledPlugin();
  const classes: FrontStartUp[] = [];
  const plugins: FrontStartUp[] = [];
  const engineCalls: number[] = [];
  const alone: SdkAlone[] = [];
  for (let round = 0; round < rounds; round++) {
    classes.push({
      ...(await ready(DYNAMIC_PROVIDER)),
      firstCall: (await oneCreate(dynamic(DECLARED_SOURCE))).firstCall,
    });
    plugins.push({
      ...(await ready(plugin)),
      firstCall: (await oneCreate({ script: plugin, namespace: "aws:" })).firstCall,
    });
    engineCalls.push((await oneCreate(dynamic(NOTHING))).answered);
    alone.push(await sdkAlone());
  }
  return {
    rounds,
    class: medians(classes),
    plugin: medians(plugins),
    engineCalls: median(engineCalls),
    loadingSdk: median(alone.map(({ loaded }) => loaded)),
    sdkFirstCall: median(alone.map(({ called }) => called)),
  };
}

const NOTHING = "exports.handler=()=>({create:async(outs)=>({id:'nothing',outs})});";

function medians(times: readonly FrontStartUp[]): FrontStartUp {
  const processor = times.map(({ readyProcessor }) => readyProcessor).filter((time) => time !== undefined);
  return {
    ready: median(times.map(({ ready }) => ready)),
    readyProcessor: processor.length > 0 ? median(processor) : undefined,
    firstCall: median(times.map(({ firstCall }) => firstCall)),
  };
}

async function ready(script: string): Promise<Pick<FrontStartUp, "ready" | "readyProcessor">> {
  const began = performance.now();
  const child = spawn(process.execPath, [script, NO_ENGINE], { cwd: __dirname, stdio: ["pipe", "pipe", "inherit"] });
  try {
    await once(createInterface(child.stdout), "line");
    return { ready: performance.now() - began, readyProcessor: await processorTime(child.pid) };
  } finally {
    child.kill();
  }
}

/** Of all threads of a process, in milliseconds, from Linux. */
async function processorTime(pid = 0): Promise<number | undefined> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  if (threads.length === 0) return undefined;
  const stats = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, "utf8")));
  return stats.reduce((sum, stat) => sum + Number(stat.split(" ")[0]), 0) / 1e6;
}

/** A provider's program, and what it needs beside the settings and inputs of every evaluation. */
interface Front {
  script?: string;
  /** What its settings do not have before their names. */
  namespace?: string;
  inputs?: Record<string, string>;
}

const dynamic = (__provider: string): Front => ({ inputs: { __provider, __key: "key" } });

/** What the engine asks for in an `up` of one new evaluation, without what it does for itself in between. */
async function oneCreate({ script, namespace, inputs = {} }: Front): Promise<{ firstCall: number; answered: number }> {
  const emulator = await startConnectEmulator({ region: "eu-central-1" });
  const { instanceId } = emulator.addInstance();
  const { contactId } = emulator.addContact(instanceId);
  const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
  const provider = await ProviderProcess.start(script);
  try {
    let firstCall = Number.NaN;
    const began = performance.now();
    emulator
      .waitForRequest(() => true)
      .then(() => {
        firstCall = performance.now() - began;
      });
    await provider.configure(emulatorConfig(emulator.url), namespace);
    await provider.create(await provider.check({ instanceId, contactId, evaluationFormId, ...inputs }));
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
