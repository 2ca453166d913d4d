import { during } from "../aws/causes";
import { UserError } from "../shared/errors";
import { inSentence } from "../shared/inSentence";
import type { ContactEvaluationSummary, GetContactEvaluationsResult } from "../shared/model";
import type { Json } from "../shared/plain";
import { checkQuery } from "./check";
import type { Session } from "./session";

/** Ids, the Region that an ARN among them named, and the form if only its evaluations are asked for. */
interface Query {
  instanceId: string;
  contactId: string;
  evaluationFormId?: string;
  region?: string;
}

/**
 * The evaluations of a contact, the oldest first, with one call of ListContactEvaluations, which has no pages.
 * @param given ids or ARNs, as a program gives them.
 */
export async function getContactEvaluations(session: Session, given: Json): Promise<GetContactEvaluationsResult> {
  const { inputs, faults } = checkQuery(given);
  if (faults.length > 0) throw new UserError(faults.map((fault) => inSentence(fault)).join("; "));
  const { instanceId, contactId, evaluationFormId, region } = inputs as unknown as Query;
  const listed = await during(`list the evaluations of contact ${contactId}`, () =>
    session.connectIn(region).listContactEvaluations(instanceId, contactId),
  );
  const wanted = listed.filter((one) => evaluationFormId === undefined || one.evaluationFormId === evaluationFormId);
  return { evaluations: wanted.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1)) };
}

/** Two of one second always come in the same order. */
const sortKey = ({ createdTime, evaluationArn }: ContactEvaluationSummary) => `${createdTime} ${evaluationArn}`;
