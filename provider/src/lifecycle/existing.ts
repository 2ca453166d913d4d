import { isDenied } from "../aws/awsError";
import type { Evaluation, EvaluationSummary, RecordedEvaluation } from "../connect/evaluation";
import type { ConnectArn } from "../shared/arns";
import type { Inputs } from "../shared/model";
import type { Tags } from "../shared/tags";
import { type Clock, isUnreadable, isYoung } from "./absence";
import { parseEvaluationArn } from "./evaluationArn";
import { somebodysWork } from "./gradingWork";
import type { Holdings } from "./holdings";
import { isMarkedAs } from "./marker";

/** The evaluations that a contact already has with a form, and the one among them that is the resource's own. */

export interface ExistingCalls {
  describeContactRecord(instanceId: string, contactId: string): Promise<RecordedEvaluation[]>;
  listContactEvaluations(instanceId: string, contactId: string): Promise<EvaluationSummary[]>;
  describeContactEvaluation(arn: ConnectArn): Promise<Evaluation>;
  listTagsForResource(evaluationArn: string): Promise<Tags>;
}

export interface Wanted {
  calls: ExistingCalls;
  clock: Clock;
  inputs: Inputs;
  /** The value of the resource's marker. */
  ownMarker: string;
  holdings: Holdings;
  /** Prints a line under the stack, each line once in a process. */
  sayOnce: (line: string) => void;
}

export interface Existing {
  /** The contact's latest evaluation with the form, deleted or not; "unknown" without the permission to look. */
  latest: RecordedEvaluation | undefined | "unknown";
  /** Those that are not deleted. */
  alive: EvaluationSummary[];
  /** The resource's own, which no resource of this process has. */
  own?: Evaluation;
  /** One that may be the resource's own and cannot be read yet. */
  unreadable?: string;
}

/** An older evaluation is not what an interrupted run left. */
const RECOVERABLE_MS = 24 * 60 * 60 * 1000;
/** A start beside another one that is as recent as this may not be visible yet. */
const RECENT_MS = 10 * 1000;
const PAUSES_MS = [0, 1000, 2000, 3000, 4000];

/** When to stop looking before the ten seconds are over. */
type Until = (wanted: Wanted, existing: Existing) => boolean;

/**
 * Nothing is there that may be the resource's own. A record that already shows what another run started seconds ago may
 * still hide what an interrupted run of this resource started beside it.
 */
const isSettled: Until = ({ clock, holdings }, { alive, unreadable }) => {
  const isRecent = ({ evaluationArn, createdTime }: EvaluationSummary) =>
    !holdings.isStartedHere(evaluationArn) && ageOf(clock, createdTime) < RECENT_MS;
  return unreadable === undefined && !alive.some(isRecent);
};

/**
 * Looks for the resource's own evaluation before a start, for up to ten seconds while one may be its own.
 * IAM: connect:DescribeContact, connect:ListContactEvaluations, connect:DescribeContactEvaluation.
 */
export const findExisting = (wanted: Wanted): Promise<Existing> => lookUntil(wanted, isSettled, false);

/**
 * Looks for the resource's own evaluation after a refused start, for ten seconds while nothing explains the refusal.
 * @param explains whether another evaluation of the contact with the form would.
 */
export const findAfterRefusal = (wanted: Wanted, explains: boolean): Promise<Existing> =>
  lookUntil(wanted, (_, { alive, unreadable }) => explains && unreadable === undefined && alive.length > 0, true);

/** @param whole looks at the list even when the contact's record has no evaluation with the form. */
async function lookUntil(wanted: Wanted, isEnough: Until, whole: boolean): Promise<Existing> {
  let existing: Existing = { latest: undefined, alive: [] };
  for (const pause of PAUSES_MS) {
    await wanted.clock.wait(pause);
    existing = await look(wanted, whole);
    if (existing.own !== undefined || isEnough(wanted, existing)) break;
  }
  return existing;
}

async function look(wanted: Wanted, whole: boolean): Promise<Existing> {
  const { calls, inputs, clock, holdings } = wanted;
  const { instanceId, contactId, evaluationFormId } = inputs;
  const ofForm = (entry: { evaluationFormId: string }) => entry.evaluationFormId === evaluationFormId;
  const record = await unlessDenied(wanted, "DescribeContact", calls.describeContactRecord(instanceId, contactId));
  const latest = record === undefined ? "unknown" : record.find(ofForm);
  if (latest === undefined && !whole) return { latest, alive: [] };

  const listing = calls.listContactEvaluations(instanceId, contactId);
  const listed = (await unlessDenied(wanted, "ListContactEvaluations", listing)) ?? [];
  const alive = withLatest(listed, latest, clock).filter(ofForm);
  const found: Existing = { latest, alive };
  for (const { evaluationArn, createdTime } of alive) {
    if (holdings.isHeld(evaluationArn) || holdings.isDeleted(evaluationArn)) continue;
    if (ageOf(clock, createdTime) >= RECOVERABLE_MS) continue;
    const evaluation = await read(wanted, evaluationArn);
    if (evaluation === undefined && isYoung(clock, createdTime)) found.unreadable = evaluationArn;
    if (evaluation !== undefined && (await isOwn(wanted, evaluation))) return { ...found, own: evaluation };
  }
  return found;
}

/** The record may show an evaluation before the list does, and calls one deleted that the list still shows. */
function withLatest(listed: EvaluationSummary[], latest: Existing["latest"], clock: Clock): EvaluationSummary[] {
  if (latest === undefined || latest === "unknown") return listed;
  const others = listed.filter(({ evaluationArn }) => evaluationArn !== latest.evaluationArn);
  if (latest.status === "DELETED") return others;
  if (others.length < listed.length) return listed;
  return [...listed, { ...latest, createdTime: latest.startedTime ?? clock.now().toISOString() }];
}

/** Started for this resource, with what it declares, and untouched by people; Connect itself may have submitted it. */
async function isOwn({ calls, inputs, ownMarker }: Wanted, evaluation: Evaluation): Promise<boolean> {
  const { evaluationArn, autoEvaluationEnabled: isAutomatic } = evaluation;
  const wantsAutomatic = inputs.autoEvaluationConfiguration?.enabled;
  if (isAutomatic !== undefined && isAutomatic !== (wantsAutomatic ?? isAutomatic)) return false;
  const tags = evaluation.tags ?? (await calls.listTagsForResource(evaluationArn));
  return isMarkedAs(tags, ownMarker) && isUntouched(evaluation);
}

const isUntouched = (evaluation: Evaluation): boolean =>
  ["DRAFT", "SUBMITTED"].includes(evaluation.status) && somebodysWork({ ...evaluation, status: "DRAFT" }) === undefined;

export const isRecoverable = (clock: Clock, evaluation: Evaluation): boolean =>
  isUntouched(evaluation) && ageOf(clock, evaluation.createdTime) < RECOVERABLE_MS;

/** `undefined` for one that is gone, not visible yet, or not for the caller to see. */
async function read({ calls }: Wanted, evaluationArn: string): Promise<Evaluation | undefined> {
  try {
    return await calls.describeContactEvaluation(parseEvaluationArn(evaluationArn));
  } catch (error) {
    if (isUnreadable(error) || isDenied(error)) return undefined;
    throw error;
  }
}

async function unlessDenied<T>({ sayOnce }: Wanted, action: string, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (!isDenied(error)) throw error;
    sayOnce(`without the permission connect:${action} an evaluation that an interrupted run started may not be found`);
    return undefined;
  }
}

const ageOf = (clock: Clock, createdTime: string): number => clock.now().getTime() - Date.parse(createdTime);
