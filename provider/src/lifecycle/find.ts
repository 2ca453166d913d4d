import { orUnknown } from "../aws/awsError";
import type { Connect } from "../connect/connect";
import { type Cause, Failure } from "../shared/errors";
import type { State } from "../shared/model";
import { proveAbsence, type Sight } from "./absence";
import { parseEvaluationArn } from "./evaluationArn";

/** The evaluation that a state has, or how certain its absence is. */
export async function find(connect: Connect, state: State): Promise<Sight> {
  try {
    return await connect.describeContactEvaluation(parseEvaluationArn(state.evaluationArn));
  } catch (error) {
    return lookFor(connect, state, error);
  }
}

/** The same, after a call that did not find it. */
export function lookFor(connect: Connect, state: State, error: unknown): Promise<Sight> {
  const { evaluationArn, contactId, createdTime: startedAt } = state;
  const assertOwnAccount = (arn: string) => refuseOtherAccount(connect, arn);
  return proveAbsence(
    { calls: connect, clock: connect.clock, evaluationArn, contactId, startedAt, assertOwnAccount },
    error,
  );
}

/** Another account sees none of the evaluations of this one. When STS does not answer, this stays unknown. */
async function refuseOtherAccount(connect: Connect, evaluationArn: string): Promise<void> {
  const { accountId } = parseEvaluationArn(evaluationArn);
  const caller = await orUnknown(connect.callerAccount());
  if (caller === undefined || caller === accountId) return;
  throw new Failure(`find evaluation ${evaluationArn}`, {
    why: `it belongs to account ${accountId}, and the credentials to account ${caller}, which cannot see it`,
    remedy: "use credentials of the evaluation's account; nothing was forgotten",
  });
}

/** What keeps a command from going on with an evaluation that is not gone. */
export const UNSEEN: Readonly<Record<"not visible yet" | "not described", Cause>> = {
  "not visible yet": {
    why: "Amazon Connect does not show it yet; it was started less than ten minutes ago",
    remedy: "run the command again in a while",
  },
  "not described": {
    why: "Amazon Connect lists it among the evaluations of its contact and does not find it, perhaps because its evaluation form was deleted",
    remedy:
      "run the command again in a while; if it stays so, let go of it: `pulumi state delete URN`, which deletes nothing in Amazon Connect",
  },
};
