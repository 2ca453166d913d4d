import type { Caller } from "./identities";
import type { Behaviour } from "./options";
import type { Instance, Store } from "./store";

/** What an operation gets beside its input: who calls, the state, and the switches. */
export interface Context {
  store: Store;
  behaviour: Behaviour;
  newId: () => string;
  region: string;
  caller: Caller;
}

/** An operation, free of HTTP: no output means an empty body. */
export type Operation<Input> = (context: Context, input: Input) => object | undefined;

/** The instance of a request, as the caller's account and Region see it. */
export function instanceOf(context: Context, input: { InstanceId: string }): Instance {
  return context.store.instanceOrThrow(input.InstanceId, context);
}

/** Connect's timestamps are epoch seconds with a fraction. */
export function timestamp(date: Date): number {
  return date.getTime() / 1000;
}

/** An object without its undefined members. */
export function defined<Thing extends object>(thing: Thing): Thing {
  return Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as Thing;
}
