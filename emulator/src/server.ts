import { setMaxListeners } from "node:events";
import { serveConnect } from "./connect/routes";
import { connectService } from "./connect/service";
import { serveControl } from "./control/routes";
import { ConnectEmulator } from "./emulator";
import type { EmulatorOptions } from "./options";
import { serveSts } from "./sts/routes";
import { stsService } from "./sts/service";
import { Dispatcher } from "./wire/dispatcher";
import { httpServer } from "./wire/httpServer";

/** Starts a local Connect, and STS beside it, on 127.0.0.1 and a free port unless told otherwise. */
export async function startConnectEmulator(options: Partial<EmulatorOptions> = {}): Promise<ConnectEmulator> {
  const closing = new AbortController();
  // Each delayed request waits for it, and any number may be delayed at once.
  setMaxListeners(0, closing.signal);
  const emulator = new ConnectEmulator(options, async () => {
    closing.abort();
    await server.close();
  });
  const { log, faults, behaviour } = emulator;
  const dispatcher = new Dispatcher({ log, faults, behaviour, closing: closing.signal });
  const connect = connectService(emulator);
  const server = httpServer((error, request, reply) => dispatcher.refuse(connect, request, reply, error));
  serveConnect(server, dispatcher, connect);
  serveSts(server, dispatcher, stsService(emulator));
  serveControl(server, emulator);
  emulator.url = await server.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
  return emulator;
}
