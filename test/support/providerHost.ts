import { AsyncLocalStorage } from "node:async_hooks";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { compileFunction } from "node:vm";
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type * as ServiceClockModule from "../../provider/src/connect/serviceClock";
import type * as Interruption from "../../provider/src/shared/interruption";
import { repositoryRoot } from "./environment";

/**
 * The process to which the engine attaches (PULUMI_DEBUG_PROVIDERS), in place of starting one for each operation: two
 * thirds of an operation's processor time are the start of Node.js and of Pulumi's SDK. To each engine that attaches it
 * is a new process: the SDK's dynamic provider and this package are loaded anew, and what they print goes where the
 * engine would have put it.
 */

/** What the parent asks for before each operation. */
export interface Lend {
  readonly env: Readonly<Record<string, string>>;
  /** Whether the provider waits in the service's time, which the parent keeps. */
  readonly isTimed: boolean;
}

/** A wait that the parent is to end, and its word that it did. */
export interface Wait {
  readonly wait: number;
  readonly milliseconds: number;
}
interface Ended {
  readonly ended: number;
}

/** The answer, once the process is as asked: where it serves which of Pulumi's packages. */
export interface Lent {
  readonly ports: Readonly<Record<string, number>>;
}

type Handler = (call: Call, answer: grpc.sendUnaryData<unknown>) => void;
type Handlers = Record<string, Handler>;
type Call = grpc.ServerUnaryCall<{ getAddress(): string }, unknown>;

const require = createRequire(__filename);
const SDK_PROVIDER = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
const DIST = path.join(repositoryRoot, "provider", "dist");
/** Modules with a state of their own, which a process of the engine would not share with an earlier one. */
const FRESH = [
  SDK_PROVIDER,
  DIST,
  // Keeps what it read of the files with profiles.
  path.dirname(path.dirname(require.resolve("@smithy/shared-ini-file-loader"))),
];
const isFresh = (file: string) => FRESH.some((place) => file.startsWith(place));

/** Each instance runs them anew. They are read and compiled once: that would be half of what an operation costs here. */
const compiled = new Map<string, ReturnType<typeof compileFunction>>();
const SCOPE = ["exports", "require", "module", "__filename", "__dirname"];
const ordinarily = require.extensions[".js"];
require.extensions[".js"] = (module: NodeModule, file: string) => {
  if (!isFresh(file)) return ordinarily(module, file);
  const run = compiled.get(file) ?? compileFunction(fs.readFileSync(file, "utf8"), SCOPE, { filename: file });
  compiled.set(file, run);
  const within = (name: string): unknown => module.require(name);
  Reflect.apply(run, module.exports, [module.exports, within, module, file, path.dirname(file)]);
};

/** What stands in for one process. */
class Instance {
  private engine: EngineClient | undefined;
  private modules = new Map<string, NodeModule>();
  private readonly handlers: Handlers;
  private said: Promise<unknown> = Promise.resolve();

  constructor(load: () => Handlers) {
    this.activate();
    this.handlers = load();
    if (isTimed) waitInServiceTime();
  }

  /** Runs a method of the provider, with the modules of this instance. */
  handle(method: string, call: Call, answer: grpc.sendUnaryData<unknown>): void {
    this.activate();
    current.run(this, () => {
      if (method === "attach") this.attach(call);
      const handler = this.handlers[method];
      // What was printed on the way reaches the engine before the answer does.
      handler?.(call, (...result) => void this.said.then(() => answer(...result)));
    });
  }

  /** Says something where the engine shows what a provider process prints. */
  print(text: string): void {
    // One after the other: the engine shows them in the order in which it gets them.
    for (const line of text.split("\n")) {
      if (line.trim() !== "") this.said = this.said.then(() => this.log(`${line}\n`));
    }
  }

  close(): void {
    this.engine?.close();
  }

  private attach(call: Call): void {
    this.engine = new EngineClient(call.request.getAddress(), grpc.credentials.createInsecure(), {
      // An earlier engine may have had this port; see automation.ts.
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  private log(line: string): Promise<void> {
    const request = new LogRequest();
    request.setSeverity(LogSeverity.INFO);
    request.setMessage(line);
    request.setStreamid(1);
    return new Promise((resolve) => {
      if (this.engine === undefined) return resolve();
      this.engine.log(request, () => resolve());
    });
  }

  /** Modules are found by their file, so those of the instance that had its turn are put away meanwhile. */
  private activate(): void {
    if (active === this) return;
    const loaded = Object.entries(require.cache).filter(([file]) => isFresh(file));
    for (const [file, module] of loaded) {
      if (module) active?.modules.set(file, module);
      delete require.cache[file];
    }
    for (const [file, module] of this.modules) require.cache[file] = module;
    active = this;
  }
}

/** Whose modules `require` finds. */
let active: Instance | undefined;

/** Whose words are printed. */
const current = new AsyncLocalStorage<Instance>();

/** Loads the SDK's script, which is made to run as a process, and takes the provider out of it. */
function loadDynamicProvider(): Handlers {
  const { addService, bindAsync } = grpc.Server.prototype;
  let loaded: Handlers | undefined;
  for (const [event, listener] of listening.splice(0)) process.off(event, listener);
  const before = PROCESS_EVENTS.map((event) => process.listeners(event as "exit"));
  grpc.Server.prototype.addService = (_, implementation) => {
    const provider = implementation as unknown as Handlers;
    const methods = METHODS.map((name): [string, Handler] => [name, (call, answer) => provider[name]?.(call, answer)]);
    // It is not made to be attached to.
    loaded = { ...Object.fromEntries(methods), attach: (_, answer) => answer(null, new Empty()) };
  };
  // It never listens.
  grpc.Server.prototype.bindAsync = () => {};
  try {
    require(SDK_PROVIDER);
  } finally {
    Object.assign(grpc.Server.prototype, { addService, bindAsync });
  }
  for (const [at, event] of PROCESS_EVENTS.entries()) {
    const added = process.listeners(event as "exit").filter((listener) => !before[at]?.includes(listener));
    listening.push(...added.map((listener): [string, () => void] => [event, listener as () => void]));
  }
  if (loaded === undefined) throw new Error(`${SDK_PROVIDER} made no provider.`);
  return loaded;
}

/** What the script listens to. Its earlier copies are to hear nothing any more. */
const PROCESS_EVENTS = ["uncaughtException", "unhandledRejection", "exit"];
const listening: [event: string, listener: () => void][] = [];

const METHODS = Object.keys(ResourceProviderService);

let isTimed = false;
const waits = new Map<number, () => void>();
let lastWait = 0;

/** Of the modules that are loaded now. */
function waitInServiceTime(): void {
  const { ServiceClock } = require(path.join(DIST, "connect/serviceClock")) as typeof ServiceClockModule;
  const { orInterrupted } = require(path.join(DIST, "shared/interruption")) as typeof Interruption;
  ServiceClock.prototype.wait = (milliseconds) => orInterrupted(() => waitForParent(milliseconds));
}

function waitForParent(milliseconds: number): Promise<void> {
  lastWait += 1;
  const wait = lastWait;
  process.send?.({ wait, milliseconds } satisfies Wait);
  return new Promise((end) => waits.set(wait, end));
}

function endWait({ ended }: Ended): void {
  waits.get(ended)?.();
  waits.delete(ended);
}

/** The plugin, which is a service by itself. */
function loadPlugin(): Handlers {
  const { pluginService } = require(path.join(DIST, "plugin/server")) as {
    pluginService(): unknown;
  };
  return pluginService() as Handlers;
}

/** By package. */
const PROVIDERS: Readonly<Record<string, () => Handlers>> = {
  "pulumi-nodejs": loadDynamicProvider,
  "connect-evaluations": loadPlugin,
};

/** By the address of the engine's connection: an engine has one for each provider, the default and explicit ones. */
const instances = new Map<string, Instance>();

function instanceOf(peer: string, load: () => Handlers): Instance {
  const instance = instances.get(peer) ?? new Instance(load);
  instances.set(peer, instance);
  return instance;
}

async function serve(load: () => Handlers): Promise<number> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  const front = METHODS.map((name): [string, Handler] => [
    name,
    (call, answer) => instanceOf(call.getPeer(), load).handle(name, call, answer),
  ]);
  server.addService(ResourceProviderService, Object.fromEntries(front) as unknown as IResourceProviderServer);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

function lend(asked: Lend): void {
  const { env } = asked;
  isTimed = asked.isTimed;
  for (const instance of instances.values()) instance.close();
  instances.clear();
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
}

for (const stream of [process.stdout, process.stderr]) {
  const { write } = stream;
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    const instance = current.getStore();
    if (instance === undefined) return Reflect.apply(write, stream, [chunk, ...rest]);
    instance.print(String(chunk));
    return true;
  };
}

// The parent has ended, however it did.
process.on("disconnect", () => process.exit());
// All that the SDK's script loads stays loaded: an engine waits ten seconds for its first answer, no longer.
loadDynamicProvider();
async function main(): Promise<void> {
  const ports: Record<string, number> = {};
  for (const [name, load] of Object.entries(PROVIDERS)) ports[name] = await serve(load);
  process.on("message", (message: Lend | Ended) => {
    if ("ended" in message) return endWait(message);
    lend(message);
    process.send?.({ ports } satisfies Lent);
  });
  process.send?.("ready");
}

void main();
