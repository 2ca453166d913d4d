import { ifNotFound, isNotFound, orUnknown } from "../aws/awsError";
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

/** What keeps an evaluation that cannot be read from counting as gone. */
export type Unseen =
  | "not visible yet"
  /** The contact's record or list has it, perhaps because its form was deleted. */
  | "not described"
  /** What would prove its absence could not be read. */
  | "record not read"
  | "list not read"
  | "neither read"
  /** Nothing of its contact is there for these credentials, and nothing says whose they are. */
  | "nothing found";

export type Sight = Evaluation | "gone" | Unseen;

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
  const isOwnAccount = await refuseOtherAccount(sought);
  if (mayBeYoung) return eventually(() => sightOf(sought), isDecided, { clock, first: () => unseen(sought) });
  const absence = await proveAbsence(sought, isOwnAccount);
  return absence === "gone" ? absence : secondSight(sought, absence);
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

/** A single answer may have been wrong: what is there after all is told as it is, and not as unseen. */
async function secondSight({ connect, state }: Sought, otherwise: Unseen): Promise<Sight> {
  const again = await orUnknown(connect.describeContactEvaluation(parseEvaluationArn(state.evaluationArn)));
  // Unknown: nothing was proven, and nothing is forgotten for it.
  return again ?? otherwise;
}

/** The record may be unknown here: without its word a young evaluation is not gone. */
const unseen = async (sought: Sought): Promise<Sight> =>
  (await inRecord(sought)) === "deleted" ? "gone" : "not visible yet";

/**
 * Another account sees none of the evaluations of this one. Answers with whether STS said that it is the right one; while
 * STS does not answer, absence needs the contact to be found, which no other account has.
 */
async function refuseOtherAccount({ connect, state: { evaluationArn } }: Sought): Promise<boolean> {
  const { accountId } = parseEvaluationArn(evaluationArn);
  const caller = await orUnknown(connect.callerAccount());
  if (caller === undefined || caller === accountId) return caller !== undefined;
  throw new Failure(`find evaluation ${evaluationArn}`, {
    why: `it belongs to account ${accountId}, and the credentials to account ${caller}, which cannot see it`,
    remedy: "use credentials of the evaluation's account; nothing was forgotten",
  });
}

/** What a look at the contact says of the evaluation. "no contact": Connect does not find that either. */
type Trace = "alive" | "deleted" | "none" | "no contact" | "unknown";

/** The contact's record has the latest evaluation of each form, deleted ones included. */
const inRecord = ({ connect, state }: Sought): Promise<Trace> =>
  traceIn(state, (instanceId) => connect.describeContactRecord(instanceId, state.contactId));

const inList = ({ connect, state }: Sought): Promise<Trace> =>
  traceIn(state, (instanceId) => connect.listContactEvaluations(instanceId, state.contactId));

async function traceIn(
  { evaluationArn }: Sought["state"],
  look: (instanceId: string) => Promise<Pick<RecordedEvaluation, "evaluationArn" | "status">[]>,
): Promise<Trace> {
  const { instanceId } = parseEvaluationArn(evaluationArn);
  const seen = await orUnknown(ifNotFound(look(instanceId), "no contact" as const));
  if (seen === undefined) return "unknown";
  if (seen === "no contact") return seen;
  const found = seen.find((one) => one.evaluationArn === evaluationArn);
  if (found === undefined) return "none";
  return found.status === "DELETED" ? "deleted" : "alive";
}

/**
 * An old evaluation that Connect does not find is gone if the record calls it deleted, or if record and list were read and
 * neither has it. What could not be read proves nothing.
 */
async function proveAbsence(sought: Sought, isOwnAccount: boolean): Promise<"gone" | Unseen> {
  const record = await inRecord(sought);
  // The list may still show what was deleted a moment ago.
  if (record === "deleted") return "gone";
  const list = await inList(sought);
  if (record === "alive" || list === "alive") return "not described";
  const isRecordRead = record === "none";
  const isListRead = list === "none" || list === "deleted";
  if (isRecordRead && isListRead) return "gone";
  const isNothingFound = record === "no contact" || list === "no contact";
  if (!isRecordRead && !isListRead) return isNothingFound && !isOwnAccount ? "nothing found" : "neither read";
  return isListRead ? "record not read" : "list not read";
}

/**
 * Whether the contact's record or list has the evaluation. What could not be read does not name it: who asks has the delete
 * of the very evaluation that was just started as the next proof.
 */
export const isRecordedOrListed = async (sought: Sought): Promise<boolean> => {
  const isNamed = (trace: Trace) => trace === "alive" || trace === "deleted";
  return isNamed(await inRecord(sought)) || isNamed(await inList(sought));
};

const unproven = (what: string, actions: string): Cause => ({
  why: `Amazon Connect does not find it, and that does not prove that it is gone: ${what} could not be read, which takes ${actions}`,
  remedy: `allow ${actions}, and run the command again; if the contact itself is gone, let go of it: \`pulumi state delete URN\`, which deletes nothing in Amazon Connect`,
});

const RECORD = ["the contact's record", "connect:DescribeContact"] as const;
const LIST = ["the list of the contact's evaluations", "connect:ListContactEvaluations"] as const;

/** What keeps a command from going on with an evaluation that is not gone. */
export const UNSEEN: Readonly<Record<Unseen, Cause>> = {
  "not visible yet": {
    why: "Amazon Connect does not show it yet; it was started less than ten minutes ago",
    remedy: "run the command again in a while",
  },
  "not described": {
    why: "Amazon Connect lists it among the evaluations of its contact and does not find it, perhaps because its evaluation form was deleted",
    remedy:
      "run the command again in a while; if it stays so, let go of it: `pulumi state delete URN`, which deletes nothing in Amazon Connect",
  },
  "record not read": unproven(...RECORD),
  "list not read": unproven(...LIST),
  "neither read": unproven(`${RECORD[0]} and ${LIST[0]}`, `${RECORD[1]} and ${LIST[1]}`),
  "nothing found": {
    why: "Amazon Connect finds neither it nor its contact, and AWS STS, which does not answer, cannot say whether the credentials are of its account",
    remedy: "check whose credentials these are, and run the command again when AWS STS answers",
  },
};

/** Where a delete may rely on Connect's own answer, since nothing else can be asked. */
export const isUnproven = (sight: Sight): boolean =>
  sight === "record not read" || sight === "list not read" || sight === "neither read";
