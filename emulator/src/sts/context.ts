import type { Caller, Identities } from "../wire/identities";
import type { XmlContent } from "./xml";

/** What an operation gets besides its input. The caller of an unsigned one is anonymous. */
export interface StsContext {
  identities: Identities;
  caller: Caller;
  now: Date;
}

/** An operation, without HTTP and XML. */
export type StsOperation<Input> = (context: StsContext, input: Input) => Record<string, XmlContent>;
