export { type Behaviour, switches } from "./connect/behaviour";
export type { Evaluation } from "./connect/store";
export { documentedThrottle, type Rate, type ThrottleOptions } from "./connect/throttle";
export type * from "./connect/types";
export type { ConnectEmulator } from "./emulator";
export type { EmulatorOptions } from "./options";
export type { FaultRule, LoggedRequest, OperationName, RequestPredicate } from "./requests";
export { startConnectEmulator } from "./server";
export type { Fault, FaultHandle } from "./wire/faults";
