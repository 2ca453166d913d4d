import type { Json } from "../shared/plain";
import type { Session } from "../verbs/session";

/** The functions that a program may call, by token. */
export const FUNCTIONS: Readonly<Record<string, (session: Session, args: Json) => Promise<Json>>> = {};
