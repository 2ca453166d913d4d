export type { ConnectEmulator } from "./emulator";
export type { Fault, FaultHandle, FaultRule } from "./faults";
export type { LoggedRequest, RequestPredicate } from "./log";
export type { OperationName } from "./operationName";
export {
  type Behaviour,
  documentedThrottle,
  type EmulatorOptions,
  type Rate,
  switches,
  type ThrottleOptions,
} from "./options";
export { startConnectEmulator } from "./server";
export type { Evaluation } from "./store";
export type * from "./types";
