import type { ConnectEmulator } from "../../emulator/src";
import { orInterrupted } from "../../provider/src/shared/interruption";
import { Lifecycle } from "../../provider/src/verbs/lifecycle";
import { Session } from "../../provider/src/verbs/session";
import { ServiceTime } from "./serviceTime";

/** The Region of every life cycle here. */
export const REGION = "us-west-2";

/**
 * The provider's life cycle without an engine. Each run of the engine has a process, and so one, of its own. It waits in
 * the emulator's time.
 */
export function lifecycleOf(
  emulator: ConnectEmulator,
  more: Record<string, string> = {},
  say = (_: string) => {},
): Lifecycle {
  return new Lifecycle(sessionOf(emulator, more, say));
}

/** Connect as the provider calls it. */
export const connectTo = (emulator: ConnectEmulator) => sessionOf(emulator).connectIn(REGION);

/** What its verbs work with, for functions that belong to no resource. */
export function sessionOf(
  emulator: ConnectEmulator,
  more: Record<string, string> = {},
  say = (_: string) => {},
): Session {
  const config: Record<string, string> = {
    "aws:region": REGION,
    "aws:accessKey": "AKIATESTTESTTEST",
    "aws:secretKey": "secret",
    "aws:endpoints": JSON.stringify([{ connect: emulator.url, sts: emulator.url }]),
    "aws:maxRetries": "0",
    ...more,
  };
  const session = new Session((key) => config[key], say);
  const { connectIn } = session;
  const time = ServiceTime.of(emulator);
  const waitingThere = (region?: string) => {
    const connect = connectIn(region);
    connect.clock.wait = (milliseconds) => orInterrupted(() => time.wait(milliseconds));
    return connect;
  };
  return Object.assign(session, { connectIn: waitingThere });
}
