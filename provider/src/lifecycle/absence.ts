import { AwsError, isNotFound, orUnknown } from "../aws/awsError";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import type { ConnectArn } from "../shared/arns";
import { Failure } from "../shared/errors";

/**
 * Whether an evaluation that Connect does not show is gone. Connect is eventually consistent: not seeing an evaluation
 * proves nothing while it is young, and another account's keys see none at all.
 */

/** What is known of the evaluation that is looked for. */
export interface Known {
  evaluationArn: string;
  contactId: string;
  /** When it was started, by the service's clock; unknown in the state of an unfinished start of early versions. */
  createdTime?: string | undefined;
}

/** `gone` is proven; `unseen` may be gone, or not visible yet. */
export type Absence = "gone" | "unseen";

type Calls = Pick<Connect, "describeContactEvaluation" | "describeContactRecord" | "callerAccount" | "clock">;

/** Connect's reads follow its writes "usually within a few seconds, sometimes minutes"; this is taken for certain. */
export const VISIBLE_WITHIN_MS = 10 * 60 * 1000;

/** The waits before each further look at what is not visible yet: ten seconds together. */
export const LOOK_AGAIN_AFTER_MS: readonly number[] = [250, 500, 1000, 2000, 3000, 3250];

/** The evaluation, or how certain its absence is. */
export async function findEvaluation(calls: Calls, arn: ConnectArn, known: Known): Promise<Evaluation | Absence> {
  return (await look(calls, arn, known)) ?? (await absenceOf(calls, arn, known));
}

/** How certain the absence is of an evaluation that Connect just said it does not know; or the evaluation after all. */
export async function absenceOf(calls: Calls, arn: ConnectArn, known: Known): Promise<Evaluation | Absence> {
  await refuseOtherAccount(calls, arn, known);
  if (!isYoung(calls, known)) return "gone";
  if (await isRecordedAsDeleted(calls, arn, known)) return "gone";
  for (const pause of LOOK_AGAIN_AFTER_MS) {
    await calls.clock.wait(pause);
    const seen = await look(calls, arn, known);
    if (seen !== undefined) return seen;
  }
  return (await isRecordedAsDeleted(calls, arn, known)) ? "gone" : "unseen";
}

async function look(calls: Calls, arn: ConnectArn, known: Known): Promise<Evaluation | undefined> {
  try {
    return await calls.describeContactEvaluation(arn);
  } catch (error) {
    if (isNotFound(error) || (isTooEarly(error) && isYoung(calls, known))) return undefined;
    throw error;
  }
}

/** The documentation names this error for reads right after a write. */
const isTooEarly = (error: unknown): boolean =>
  error instanceof AwsError && error.answer.name === "InvalidRequestException";

function isYoung({ clock }: Calls, { createdTime }: Known): boolean {
  return createdTime !== undefined && clock.now().getTime() - Date.parse(createdTime) < VISIBLE_WITHIN_MS;
}

/** The contact's record keeps the latest evaluation with each form as DELETED. */
async function isRecordedAsDeleted(calls: Calls, { instanceId }: ConnectArn, known: Known): Promise<boolean> {
  const recorded = (await orUnknown(calls.describeContactRecord(instanceId, known.contactId))) ?? [];
  return recorded.some(({ evaluationArn, status }) => evaluationArn === known.evaluationArn && status === "DELETED");
}

/** Another account sees none of the evaluations of this one. When STS does not answer, this stays unknown. */
async function refuseOtherAccount(calls: Calls, { accountId }: ConnectArn, { evaluationArn }: Known): Promise<void> {
  const caller = await orUnknown(calls.callerAccount());
  if (caller === undefined || caller === accountId) return;
  throw new Failure(`find evaluation ${evaluationArn}`, {
    why: `it belongs to account ${accountId}, and the credentials to account ${caller}, which cannot see it`,
    remedy: "use credentials of the evaluation's account; nothing was forgotten",
  });
}

export const NOT_VISIBLE_YET = {
  why: "Amazon Connect does not show it yet; it was started less than ten minutes ago",
  remedy: "run the command again in a while",
};
