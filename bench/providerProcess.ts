import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest, ConfigureRequest, CreateRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { TestConfig } from "../test/support/preparedStack";

/** Answers each message with the bytes of the heap that are in use once all garbage is collected. */
const HEAP_ON_DEMAND =
  "data:text/javascript,process.on('message',()=>{gc();process.send(process.memoryUsage().heapUsed)})";

/** The program in which the engine runs dynamic providers. */
export const DYNAMIC_PROVIDER = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");

/** The address of an engine, which a provider takes and never calls. */
export const NO_ENGINE = "127.0.0.1:1";

const URN = "urn:pulumi:bench::bench::connect-evaluations:index:ContactEvaluation::e";

/** A provider's process, spoken to as the engine does. */
export class ProviderProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: ResourceProviderClient,
  ) {}

  static async start(script = DYNAMIC_PROVIDER): Promise<ProviderProcess> {
    const env = { ...process.env, PULUMI_NODEJS_PROJECT: "bench" };
    const child = fork(script, [NO_ENGINE], {
      cwd: path.join(__dirname, "program"),
      env,
      execArgv: ["--expose-gc", "--import", HEAP_ON_DEMAND],
      // A plugin ends with what holds its input.
      stdio: ["pipe", "pipe", "inherit", "ipc"],
    });
    const [port] = (await once(createInterface(child.stdout as Readable), "line")) as [string];
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    return new ProviderProcess(child, client);
  }

  end(): void {
    this.client.close();
    this.child.kill();
  }

  /** In bytes. */
  async liveHeap(): Promise<number> {
    this.child.send("");
    const [used] = (await once(this.child, "message")) as [number];
    return used;
  }

  /** The engine tells a plugin the keys of its own namespace, and without it. */
  async configure(config: TestConfig, namespace = ""): Promise<void> {
    const entries = Object.entries(config).map(([key, set]) => [
      key.slice(namespace.length),
      typeof set === "string" ? set : String(set.value),
    ]);
    const request = new ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(Object.fromEntries(entries)));
    await answer((done) => this.client.configure(request, done));
  }

  async check(news: Record<string, string>): Promise<Struct | undefined> {
    const request = new CheckRequest();
    request.setUrn(URN);
    request.setOlds(Struct.fromJavaScript({}));
    request.setNews(Struct.fromJavaScript(news));
    return (await answer<{ getInputs(): Struct | undefined }>((done) => this.client.check(request, done))).getInputs();
  }

  async create(inputs: Struct | undefined): Promise<void> {
    const request = new CreateRequest();
    request.setUrn(URN);
    request.setProperties(inputs);
    await answer((done) => this.client.create(request, done));
  }
}

function answer<T>(call: (done: (error: ServiceError | null, response: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))));
}
