import { isDenied } from "../aws/awsError";
import type { Evaluation, EvaluationSummary, RecordedEvaluation } from "../connect/evaluation";
import type { ConnectArn } from "../shared/arns";
import type { Inputs } from "../shared/model";
import type { Tags } from "../shared/tags";
import { type Clock, isUnreadable, isYoung } from "./absence";
import { parseEvaluationArn } from "./evaluationArn";
import { workBeside } from "./gradingWork";
import type { Holdings } from "./holdings";
import { isMarkedAs } from "./marker";
import { tagsOf } from "./tagging";

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
/** Reads lag by less, usually: what was started beside an evaluation of this age is visible. */
const RECENT_MS = 10 * 1000;
/** As long in all. */
const PAUSES_MS = [0, 1000, 2000, 3000, 4000];

/**
 * Looks for the resource's own evaluation before a start, for ten seconds while there may be one that cannot be seen.
 * IAM: connect:DescribeContact, connect:ListContactEvaluations, connect:DescribeContactEvaluation.
 */
export const findExisting = (wanted: Wanted): Promise<Existing> =>
  lookUntil((existing) => isSettled(wanted, existing), wanted, false);

/**
 * One that was started seconds ago may be the resource's own, if it cannot be read; and if it can, the record may show
 * it in place of what an interrupted run started beside it.
 */
function isSettled({ clock, holdings }: Wanted, { alive, unreadable }: Existing): boolean {
  const isKnown = (arn: string) => holdings.isStartedHere(arn) || holdings.isDeleted(arn);
  const others = alive.filter(({ evaluationArn }) => !isKnown(evaluationArn));
  return unreadable === undefined && others.every(({ createdTime }) => ageOf(clock, createdTime) >= RECENT_MS);
}

/** Looks for the resource's own evaluation for ten seconds after a start was refused, since it may be the reason. */
export const findAfterRefusal = (wanted: Wanted): Promise<Existing> => lookUntil(() => false, wanted, true);

async function lookUntil(
  isEnough: (existing: Existing) => boolean,
  wanted: Wanted,
  isRefused: boolean,
): Promise<Existing> {
  let existing: Existing = { latest: undefined, alive: [] };
  for (const pause of PAUSES_MS) {
    await wanted.clock.wait(pause);
    existing = await look(wanted, isRefused);
    if (existing.own !== undefined || isEnough(existing)) break;
  }
  return existing;
}

async function look(wanted: Wanted, isRefused: boolean): Promise<Existing> {
  const { calls, inputs, clock, holdings } = wanted;
  const { instanceId, contactId, evaluationFormId } = inputs;
  const ofForm = (entry: { evaluationFormId: string }) => entry.evaluationFormId === evaluationFormId;
  const record = await unlessDenied(wanted, "DescribeContact", calls.describeContactRecord(instanceId, contactId));
  const latest = record === undefined ? "unknown" : record.find(ofForm);
  if (latest === undefined && !isRefused) return { latest, alive: [] };

  const listing = calls.listContactEvaluations(instanceId, contactId);
  // The record's latest evaluation may hide the resource's own: then there has to be a list.
  const mayBeDenied = latest === "unknown" || isRefused;
  const listed = mayBeDenied ? ((await unlessDenied(wanted, "ListContactEvaluations", listing)) ?? []) : await listing;
  const alive = withLatest(listed, latest, clock).filter(ofForm);
  // The newest first: an older one may be a deleted one that reads still show.
  for (const { evaluationArn, createdTime } of alive.toSorted(byAge)) {
    if (holdings.isHeld(evaluationArn) || holdings.isDeleted(evaluationArn)) continue;
    if (ageOf(clock, createdTime) >= RECOVERABLE_MS) continue;
    const evaluation = await read(wanted, evaluationArn);
    if (evaluation === undefined && isYoung(clock, createdTime)) return { latest, alive, unreadable: evaluationArn };
    if (evaluation !== undefined && (await isOwn(wanted, evaluation))) return { latest, alive, own: evaluation };
  }
  return { latest, alive };
}

/** The record may show an evaluation before the list does, and calls one deleted that the list still shows. */
function withLatest(listed: EvaluationSummary[], latest: Existing["latest"], clock: Clock): EvaluationSummary[] {
  if (latest === undefined || latest === "unknown") return listed;
  const others = listed.filter(({ evaluationArn }) => evaluationArn !== latest.evaluationArn);
  if (latest.status === "DELETED") return others;
  if (others.length < listed.length) return listed;
  return [...listed, { ...latest, createdTime: latest.startedTime ?? clock.now().toISOString() }];
}

/** Started for this resource, with what it declares, and with nobody's work beside it. */
async function isOwn({ calls, inputs, ownMarker }: Wanted, evaluation: Evaluation): Promise<boolean> {
  const { autoEvaluationEnabled: isAutomatic } = evaluation;
  const wantsAutomatic = inputs.autoEvaluationConfiguration?.enabled;
  if (isAutomatic !== undefined && isAutomatic !== (wantsAutomatic ?? isAutomatic)) return false;
  return isMarkedAs(await tagsOf(calls, evaluation), ownMarker) && workBeside(evaluation, inputs) === undefined;
}

export const isRecoverable = (clock: Clock, inputs: Inputs, evaluation: Evaluation): boolean =>
  workBeside(evaluation, inputs) === undefined && ageOf(clock, evaluation.createdTime) < RECOVERABLE_MS;

/** `undefined` for one that is gone or not visible yet. One that the caller may not read could be its own: that fails. */
async function read({ calls }: Wanted, evaluationArn: string): Promise<Evaluation | undefined> {
  try {
    return await calls.describeContactEvaluation(parseEvaluationArn(evaluationArn));
  } catch (error) {
    if (isUnreadable(error)) return undefined;
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

const byAge = (one: EvaluationSummary, other: EvaluationSummary): number =>
  Date.parse(other.createdTime) - Date.parse(one.createdTime);

const ageOf = (clock: Clock, createdTime: string): number => clock.now().getTime() - Date.parse(createdTime);
