import type { Behaviour } from "./behaviour";
import type { ThrottleOptions } from "./connect/throttle";
import type { FaultRule } from "./requests";
import type { Setup } from "./setup/setup";

/** What holds for an emulator that is told nothing else. */
export const defaults = {
  region: "us-east-1",
  account: "123456789012",
  host: "127.0.0.1",
  port: 0,
  allowedHosts: [],
  requestTimeoutMs: 60_000,
};

/** How an emulator is started. */
export interface EmulatorOptions {
  /** @default 127.0.0.1 */
  host: string;
  /** 0 picks a free one. @default 0 */
  port: number;
  /** Names by which clients reach it besides `localhost` and `host`. @default none */
  allowedHosts: string[];
  /** Milliseconds in which a request must have arrived, or it is cut off. @default 60000 */
  requestTimeoutMs: number;
  /** Region of instances added without one. @default us-east-1 */
  region: string;
  /** Account of instances and access keys added without one. @default 123456789012 */
  account: string;
  behaviour: Partial<Behaviour>;
  throttle: ThrottleOptions;
  /** What is there right after the start. @default nothing */
  setup: Setup;
  /** The calls that fail from the start. @default none */
  faults: FaultRule[];
  /** Makes the generated ids the same in every run. @default random ids */
  seed: string | undefined;
  /** Whether `requests` and `calls()` have every request. Without, memory does not grow with them. @default true */
  keepRequests: boolean;
}
