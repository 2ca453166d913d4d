import { AsyncLocalStorage } from "node:async_hooks";
import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { inPluginsWords } from "./words";

/** Lines that the engine shows in the terminal, each under the resource whose verb said it. */
export class EngineLog {
  private readonly resources = new AsyncLocalStorage<string>();
  private engine: EngineClient | undefined;
  private sent: Promise<unknown> = Promise.resolve();

  /** @param address of the engine's own server. */
  connect(address: string): void {
    this.engine?.close();
    this.engine = new EngineClient(address, grpc.credentials.createInsecure(), {
      // gRPC shares connections by address in a process, and an earlier engine may have had this one.
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  /** Runs a verb; what it says belongs to the resource, and is shown before the verb ends. */
  async about<T>(urn: string, verb: () => Promise<T>): Promise<T> {
    try {
      return await this.resources.run(urn, verb);
    } finally {
      await this.sent;
    }
  }

  readonly say = (line: string): void => {
    this.sent = Promise.all([this.sent, this.send(inPluginsWords(line))]);
  };

  private send(line: string): Promise<void> {
    const request = new LogRequest();
    request.setSeverity(LogSeverity.INFO);
    request.setMessage(line);
    request.setUrn(this.resources.getStore() ?? "");
    return new Promise((resolve) => {
      // Without an engine the line goes where plugins print.
      const print = () => resolve(console.error(line));
      if (this.engine === undefined) return print();
      this.engine.log(request, (error) => (error === null ? resolve() : print()));
    });
  }
}
