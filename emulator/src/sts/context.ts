import type { Caller, Identities } from "../wire/identities";
import type { XmlContent } from "./xml";

/** What an operation of STS gets beside its input; the caller of an unsigned one is anonymous. */
export interface StsContext {
  identities: Identities;
  caller: Caller;
  now: Date;
}

/** An operation, free of HTTP and XML. */
export type StsOperation<Input> = (context: StsContext, input: Input) => Record<string, XmlContent>;
