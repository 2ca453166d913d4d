import { isNotFound, orUnknown } from "../aws/awsError";
import type { Connect } from "../connect/connect";
import type { Evaluation, RecordedEvaluation } from "../connect/evaluation";
import { eventually, isUnreadable, isYoung } from "../connect/eventually";
import { parseEvaluationArn } from "../shared/arns";
import { type Cause, Failure } from "../shared/errors";

/** Whether an evaluation is there. One that cannot be read is not gone yet: its absence has to be proven. */

/** What a proof of absence needs of Connect. */
export type FindCalls = Pick<
  Connect,
  "clock" | "callerAccount" | "describeContactEvaluation" | "describeContactRecord" | "listContactEvaluations"
>;

/** An evaluation that is looked for. */
export interface Sought {
  connect: FindCalls;
  state: {
    evaluationArn: string;
    contactId: string;
    /** Of an unfinished start, when it was recorded; `undefined` where no state has it. */
    createdTime?: string;
  };
}

/** "not described": the contact's list has it, and yet it cannot be read, perhaps because its form was deleted. */
export type Sight = Evaluation | "gone" | "not visible yet" | "not described";

/** The evaluation that a state has, or how certain its absence is. */
export async function find(sought: Sought): Promise<Sight> {
  const { connect, state } = sought;
  try {
    return await connect.describeContactEvaluation(parseEvaluationArn(state.evaluationArn));
  } catch (error) {
    return findAfter(sought, error);
  }
}

/**
 * What an evaluation is that a call did not find: gone, not visible yet, or there after all.
 * IAM: connect:DescribeContact, connect:DescribeContactEvaluation, connect:ListContactEvaluations; sts:GetCallerIdentity
 * needs no permission.
 * @throws `error` when it does not say "not found" in Connect's own word, and where another account is asked.
 */
export async function findAfter(sought: Sought, error: unknown): Promise<Sight> {
  const { clock } = sought.connect;
  const { createdTime } = sought.state;
  const mayBeYoung = createdTime !== undefined && isYoung(clock, createdTime);
  if (!isNotFound(error) && !(mayBeYoung && isUnreadable(error))) throw error;
  await refuseOtherAccount(sought);
  if (mayBeYoung) return eventually(() => sightOf(sought), isDecided, { clock, first: () => unseen(sought) });
  // The list may still show what was deleted a moment ago; the record says so.
  return (await isListed(sought)) && !(await isRecordedAsDeleted(sought)) ? "not described" : "gone";
}

/** Looks for ten seconds at an evaluation that was just started, or until the contact's record calls it deleted. */
export const findStarted = (sought: Sought): Promise<Sight> =>
  eventually(() => sightOf(sought), isDecided, sought.connect);

/** Looks at an evaluation again and again: where a read comes too early, the answer is what was seen before. */
export function watch<T extends Evaluation | undefined>(
  connect: Pick<FindCalls, "describeContactEvaluation">,
  evaluationArn: string,
  before: T,
): () => Promise<Evaluation | T> {
  let seen: Evaluation | T = before;
  return async () => {
    try {
      seen = await connect.describeContactEvaluation(parseEvaluationArn(evaluationArn));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
    }
    return seen;
  };
}

const isDecided = (sight: Sight): boolean => sight !== "not visible yet";

async function sightOf(sought: Sought): Promise<Sight> {
  try {
    return await sought.connect.describeContactEvaluation(parseEvaluationArn(sought.state.evaluationArn));
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return unseen(sought);
  }
}

const unseen = async (sought: Sought): Promise<Sight> =>
  (await isRecordedAsDeleted(sought)) ? "gone" : "not visible yet";

/** Another account sees none of the evaluations of this one. When STS does not answer, this stays unknown. */
async function refuseOtherAccount({ connect, state: { evaluationArn } }: Sought): Promise<void> {
  const { accountId } = parseEvaluationArn(evaluationArn);
  const caller = await orUnknown(connect.callerAccount());
  if (caller === undefined || caller === accountId) return;
  throw new Failure(`find evaluation ${evaluationArn}`, {
    why: `it belongs to account ${accountId}, and the credentials to account ${caller}, which cannot see it`,
    remedy: "use credentials of the evaluation's account; nothing was forgotten",
  });
}

/** The evaluation in the contact's record, which has the latest one of each form. */
async function recorded({ connect, state }: Sought): Promise<RecordedEvaluation | undefined> {
  const { instanceId } = parseEvaluationArn(state.evaluationArn);
  const record = await orUnknown(connect.describeContactRecord(instanceId, state.contactId));
  return record?.find(({ evaluationArn }) => evaluationArn === state.evaluationArn);
}

const isRecordedAsDeleted = async (sought: Sought): Promise<boolean> => (await recorded(sought))?.status === "DELETED";

async function isListed({ connect, state }: Sought): Promise<boolean> {
  const { instanceId } = parseEvaluationArn(state.evaluationArn);
  const listed = (await orUnknown(connect.listContactEvaluations(instanceId, state.contactId))) ?? [];
  return listed.some(({ evaluationArn }) => evaluationArn === state.evaluationArn);
}

/** Whether the contact's record or list has the evaluation, so that it is not gone. */
export const isRecordedOrListed = async (sought: Sought): Promise<boolean> =>
  (await recorded(sought)) !== undefined || isListed(sought);

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
