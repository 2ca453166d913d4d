import { AwsError, isNotFound, orUnknown } from "../aws/awsError";
import type { Evaluation, EvaluationSummary, RecordedEvaluation } from "../connect/evaluation";
import type { ConnectArn } from "../shared/arns";
import { parseEvaluationArn } from "./evaluationArn";

/**
 * Connect is eventually consistent: usually within seconds, sometimes minutes. So an evaluation that cannot be read is
 * not gone yet: its absence has to be proven, by its age or by the contact's record.
 */

/** What a proof of absence needs of Connect. */
export interface AbsenceCalls {
  describeContactEvaluation(arn: ConnectArn): Promise<Evaluation>;
  describeContactRecord(instanceId: string, contactId: string): Promise<RecordedEvaluation[]>;
  listContactEvaluations(instanceId: string, contactId: string): Promise<EvaluationSummary[]>;
}

/** The service's clock, as well as it is known. */
export interface Clock {
  now(): Date;
  wait(milliseconds: number): Promise<void>;
}

/** An evaluation of this age or less may be invisible to reads. */
const YOUNG_MS = 10 * 60 * 1000;
/** The pauses before further looks, ten seconds in all. */
export const PAUSES_MS = [250, 500, 1000, 2000, 3000, 3250];

export const isYoung = (clock: Clock, startedAt: Date | string | number): boolean =>
  clock.now().getTime() - new Date(startedAt).getTime() < YOUNG_MS;

/** The two answers to a read that comes too early. */
export const isUnreadable = (error: unknown): boolean =>
  isNotFound(error) || (error instanceof AwsError && error.answer.name === "InvalidRequestException");

/** "not described": the contact's list has it, and yet it cannot be read, perhaps because its form was deleted. */
export type Sight = Evaluation | "gone" | "not visible yet" | "not described";

interface Target {
  evaluationArn: string;
  contactId: string;
}

/** Looks again for ten seconds at an evaluation that could not be read, or until the contact's record calls it deleted. */
export async function lookAgain(calls: AbsenceCalls, clock: Clock, target: Target): Promise<Sight> {
  const arn = parseEvaluationArn(target.evaluationArn);
  for (const pause of PAUSES_MS) {
    if (await isRecordedAsDeleted(calls, target)) return "gone";
    await clock.wait(pause);
    try {
      return await calls.describeContactEvaluation(arn);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
    }
  }
  return (await isRecordedAsDeleted(calls, target)) ? "gone" : "not visible yet";
}

/** The evaluation in the contact's record, which has the latest one of each form. */
async function recorded(calls: AbsenceCalls, target: Target): Promise<RecordedEvaluation | undefined> {
  const { instanceId } = parseEvaluationArn(target.evaluationArn);
  const record = await orUnknown(calls.describeContactRecord(instanceId, target.contactId));
  return record?.find(({ evaluationArn }) => evaluationArn === target.evaluationArn);
}

async function isRecordedAsDeleted(calls: AbsenceCalls, target: Target): Promise<boolean> {
  return (await recorded(calls, target))?.status === "DELETED";
}

async function isListed(calls: AbsenceCalls, target: Target): Promise<boolean> {
  const { instanceId } = parseEvaluationArn(target.evaluationArn);
  const listed = (await orUnknown(calls.listContactEvaluations(instanceId, target.contactId))) ?? [];
  return listed.some(({ evaluationArn }) => evaluationArn === target.evaluationArn);
}

/** Whether the contact's record or list has the evaluation, so that it is not gone. */
export async function isNamed(calls: AbsenceCalls, target: Target): Promise<boolean> {
  return (await recorded(calls, target)) !== undefined || isListed(calls, target);
}

export interface Missing extends Target {
  calls: AbsenceCalls;
  clock: Clock;
  /** The recorded `createdTime`, or for an unfinished start when it was recorded; `undefined` where no state has it. */
  startedAt: Date | string | undefined;
  /** Throws when the caller's account is not the one that the ARN names. */
  assertOwnAccount(evaluationArn: string): Promise<void>;
}

/**
 * What an evaluation is that a call did not find: gone, not visible yet, or there after all.
 * IAM: connect:DescribeContact, connect:DescribeContactEvaluation, connect:ListContactEvaluations; sts:GetCallerIdentity
 * needs no permission.
 * @throws `error` when it does not say "not found" in Connect's own word, and what the account's comparison throws.
 */
export async function proveAbsence(
  { assertOwnAccount, startedAt, ...missing }: Missing,
  error: unknown,
): Promise<Sight> {
  const mayBeYoung = startedAt !== undefined && isYoung(missing.clock, startedAt);
  if (!isNotFound(error) && !(mayBeYoung && isUnreadable(error))) throw error;
  await assertOwnAccount(missing.evaluationArn);
  if (mayBeYoung) return lookAgain(missing.calls, missing.clock, missing);
  // The list may still show what was deleted a moment ago; the record says so.
  if (!(await isListed(missing.calls, missing)) || (await isRecordedAsDeleted(missing.calls, missing))) return "gone";
  return "not described";
}
