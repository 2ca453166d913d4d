import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { type Environment, repositoryRoot } from "./environment";
import type { Lend, Lent, Wait } from "./providerHost";
import { type MovableClock, ServiceTime } from "./serviceTime";

/** A provider process that runs already, for one operation of the engine. */
export interface AttachedProvider {
  /** What the engine needs in its environment to use it. */
  readonly env: Environment;
  /** Gives it back for the next operation. */
  release(): void;
}

/** Those that wait for an operation. Operations that run at once have one each. */
const idle: ChildProcess[] = [];

/**
 * Lends a provider process to an operation that has this environment.
 * @param clock of the service, in whose time the provider waits; without one it waits in ours.
 */
export async function attachedProvider(env: Environment, clock?: MovableClock): Promise<AttachedProvider> {
  const host = idle.pop() ?? (await startHost());
  const time = clock && ServiceTime.of(clock);
  host.send({ env: definedIn({ ...process.env, ...env }), isTimed: time !== undefined } satisfies Lend);
  const [{ ports }] = (await once(host, "message")) as [Lent];
  const providers = Object.entries(ports).map(([name, port]) => `${name}:${port}`);
  const onWait = ({ wait, milliseconds }: Wait) =>
    void time?.wait(milliseconds).then(() => host.connected && host.send({ ended: wait }));
  host.on("message", onWait);
  return {
    env: { PULUMI_DEBUG_PROVIDERS: providers.join(",") },
    release: () => {
      host.off("message", onWait);
      idle.push(host);
    },
  };
}

async function startHost(): Promise<ChildProcess> {
  // The SDK's script asks for the address of an engine, and connects to none.
  const host = fork(path.join(__dirname, "providerHost.ts"), ["engine"], {
    cwd: repositoryRoot,
    execArgv: ["--import", "tsx"],
    serialization: "json",
  });
  await once(host, "message");
  // It ends when this process does, and does not keep it from ending.
  host.unref();
  host.channel?.unref();
  return host;
}

function definedIn(env: Environment): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return Object.fromEntries(entries);
}
