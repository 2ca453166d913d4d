import { type ConnectBehaviour, defaultConnectBehaviour } from "./connect/behaviour";
import type { OperationName } from "./requests";

/** All switches of the running emulator; each may be set at any time. */
export interface Behaviour extends ConnectBehaviour {
  /** Operations that no caller is permitted. @default [] */
  denied: OperationName[];
}

/** Every switch in its default position. */
export function defaultBehaviour(): Behaviour {
  return { ...defaultConnectBehaviour(), denied: [] };
}
