import type { Json } from "../shared/plain";
import { getContactEvaluations } from "../verbs/getContactEvaluations";
import type { Session } from "../verbs/session";

/** The functions that a program may call, by token. */
export const FUNCTIONS: Readonly<Record<string, (session: Session, args: Json) => Promise<Json>>> = {
  "connect-evaluations:index:getContactEvaluations": async (session, args) => ({
    ...(await getContactEvaluations(session, args)),
  }),
};
