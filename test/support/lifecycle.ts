import type { ConnectEmulator } from "../../emulator/src";
import { Lifecycle } from "../../provider/src/verbs/lifecycle";
import { Session } from "../../provider/src/verbs/session";

/** The Region of every life cycle here. */
export const REGION = "us-west-2";

/**
 * The provider's life cycle without an engine. Each run of the engine has a process, and so one, of its own.
 * @param wait how it waits before it looks again; by default in real time.
 */
export function lifecycleOf(
  emulator: ConnectEmulator,
  more: Record<string, string> = {},
  say = (_: string) => {},
  wait?: (milliseconds: number) => Promise<void>,
): Lifecycle {
  const session = sessionOf(emulator, more, say);
  if (wait !== undefined) Object.assign(session.connectIn(REGION).clock, { wait });
  return new Lifecycle(session);
}

/** Connect as the provider calls it. */
export const connectTo = (emulator: ConnectEmulator) => sessionOf(emulator, {}, () => {}).connectIn(REGION);

function sessionOf(emulator: ConnectEmulator, more: Record<string, string>, say: (line: string) => void): Session {
  const config: Record<string, string> = {
    "aws:region": REGION,
    "aws:accessKey": "AKIATESTTESTTEST",
    "aws:secretKey": "secret",
    "aws:endpoints": JSON.stringify([{ connect: emulator.url, sts: emulator.url }]),
    "aws:maxRetries": "0",
    ...more,
  };
  return new Session((key) => config[key], say);
}
