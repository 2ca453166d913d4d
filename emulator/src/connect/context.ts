import type { Caller } from "../wire/identities";
import type { ConnectBehaviour } from "./behaviour";
import type { Instance, Store } from "./store";

/** What an operation gets besides its input: the caller, the state, and the switches. */
export interface Context {
  store: Store;
  behaviour: ConnectBehaviour;
  newId: () => string;
  region: string;
  caller: Caller;
}

/** An operation, without HTTP. No output means an empty body. */
export type Operation<Input> = (context: Context, input: Input) => object | undefined;

/** Input of the operations on one evaluation. */
export interface EvaluationInput {
  InstanceId: string;
  EvaluationId: string;
}

/** The instance that a request names, if the caller's account and Region have it. */
export function instanceOf(context: Context, input: { InstanceId: string }): Instance {
  return context.store.instanceOrThrow(input.InstanceId, context);
}

/** Connect's timestamps are epoch seconds with a fraction. */
export function timestamp(date: Date): number {
  return date.getTime() / 1000;
}
