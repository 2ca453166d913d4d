import { setMaxListeners } from "node:events";
import { connectScope } from "./connect/routes";
import { connectService } from "./connect/service";
import { controlScope } from "./control/routes";
import { ConnectEmulator } from "./emulator";
import { defaults, type EmulatorOptions } from "./options";
import { stsScope } from "./sts/routes";
import { stsService } from "./sts/service";
import { Dispatcher } from "./wire/dispatcher";
import { listen } from "./wire/httpServer";

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
  const scopes = [
    controlScope(emulator),
    stsScope(dispatcher, stsService(emulator)),
    connectScope(dispatcher, connectService(emulator)),
  ];
  const { host, port, allowedHosts, requestTimeoutMs } = { ...defaults, ...options };
  const server = await listen(scopes, { host, port, allowedHosts, requestTimeoutMs });
  emulator.url = server.url;
  return emulator;
}
