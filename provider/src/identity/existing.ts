import { isDenied } from "../aws/awsError";
import type { Connect } from "../connect/connect";
import type { Evaluation, EvaluationSummary, RecordedEvaluation } from "../connect/evaluation";
import { type Clock, eventually, isUnreadable, isYoung } from "../connect/eventually";
import { parseEvaluationArn } from "../shared/arns";
import type { Inputs } from "../shared/model";
import { workBeside } from "../work/loss";
import type { Holdings } from "./holdings";
import { whose } from "./marker";
import { type TaggedEvaluation, withTags } from "./ownership";

/** The evaluations that a contact already has with a form, and the one among them that is the resource's own. */

export type ExistingCalls = Pick<
  Connect,
  "clock" | "describeContactRecord" | "listContactEvaluations" | "describeContactEvaluation" | "listTagsForResource"
>;

/** The resource whose own evaluation is looked for. */
export interface Seeker {
  session: {
    holdings: Holdings;
    /** Prints a line under the stack, each line once in a process. */
    sayOnce(line: string): void;
  };
  connect: ExistingCalls;
  inputs: Inputs;
  /** The value of the resource's marker. */
  marker: string;
}

export interface Existing {
  /** The contact's latest evaluation with the form, deleted or not; "unknown" without the permission to look. */
  latest: RecordedEvaluation | undefined | "unknown";
  /** Those that are not deleted. */
  alive: EvaluationSummary[];
  /** The resource's own, which no resource of this process has. */
  own?: TaggedEvaluation;
  /** One that may be the resource's own and cannot be read yet. */
  unreadable?: string;
}

/** An older evaluation is not what an interrupted run left. */
const RECOVERABLE_MS = 24 * 60 * 60 * 1000;
/** Reads lag by less, usually: what was started beside an evaluation of this age is visible. */
const RECENT_MS = 10 * 1000;

/**
 * Looks for the resource's own evaluation before a start, for ten seconds while there may be one that cannot be seen.
 * IAM: connect:DescribeContact, connect:ListContactEvaluations, connect:DescribeContactEvaluation.
 */
export const findExisting = (seeker: Seeker): Promise<Existing> =>
  findOwn(seeker, false, (existing) => isSettled(seeker, existing));

/** Looks for the resource's own evaluation for ten seconds after a start was refused, since it may be the reason. */
export const findAfterRefusal = (seeker: Seeker): Promise<Existing> => findOwn(seeker, true, () => false);

const findOwn = (seeker: Seeker, isRefused: boolean, isEnough: (existing: Existing) => boolean): Promise<Existing> =>
  eventually(
    () => existingNow(seeker, isRefused),
    (existing) => existing.own !== undefined || isEnough(existing),
    { clock: seeker.connect.clock, pauses: "seldom" },
  );

/**
 * One that was started seconds ago may be the resource's own, if it cannot be read; and if it can, the record may show
 * it in place of what an interrupted run started beside it.
 */
function isSettled({ connect, session: { holdings } }: Seeker, { alive, unreadable }: Existing): boolean {
  const isKnown = (arn: string) => holdings.isStartedHere(arn) || holdings.isDeleted(arn);
  const others = alive.filter(({ evaluationArn }) => !isKnown(evaluationArn));
  return unreadable === undefined && others.every(({ createdTime }) => ageOf(connect.clock, createdTime) >= RECENT_MS);
}

async function existingNow(seeker: Seeker, isRefused: boolean): Promise<Existing> {
  const { connect, inputs } = seeker;
  const { instanceId, contactId, evaluationFormId } = inputs;
  const ofForm = (entry: { evaluationFormId: string }) => entry.evaluationFormId === evaluationFormId;
  const record = await unlessDenied(seeker, "DescribeContact", connect.describeContactRecord(instanceId, contactId));
  const latest = record === undefined ? "unknown" : record.find(ofForm);
  if (latest === undefined && !isRefused) return { latest, alive: [] };

  const listing = connect.listContactEvaluations(instanceId, contactId);
  // The record's latest evaluation may hide the resource's own: then there has to be a list.
  const mayBeDenied = latest === "unknown" || isRefused;
  const listed = mayBeDenied ? ((await unlessDenied(seeker, "ListContactEvaluations", listing)) ?? []) : await listing;
  const alive = withLatest(listed, latest, connect.clock).filter(ofForm);
  return { latest, alive, ...(await ownAmong(seeker, alive)) };
}

/** The resource's own, or else one that may be. The newest first: an older one may be a deleted one that reads still show. */
async function ownAmong(
  seeker: Seeker,
  alive: readonly EvaluationSummary[],
): Promise<Pick<Existing, "own" | "unreadable">> {
  const { holdings } = seeker.session;
  const { clock } = seeker.connect;
  for (const { evaluationArn, createdTime } of alive.toSorted(byAge)) {
    if (holdings.isHeld(evaluationArn) || holdings.isDeleted(evaluationArn)) continue;
    if (ageOf(clock, createdTime) >= RECOVERABLE_MS) continue;
    const evaluation = await described(seeker, evaluationArn);
    if (evaluation === undefined && isYoung(clock, createdTime)) return { unreadable: evaluationArn };
    const found = evaluation && (await ownOr(seeker, evaluation));
    // The diff of another resource may have claimed it meanwhile.
    if (found !== undefined && !holdings.isHeld(evaluationArn)) return { own: found };
  }
  return {};
}

/** The record may show an evaluation before the list does, and calls one deleted that the list still shows. */
function withLatest(listed: EvaluationSummary[], latest: Existing["latest"], clock: Clock): EvaluationSummary[] {
  if (latest === undefined || latest === "unknown") return listed;
  const others = listed.filter(({ evaluationArn }) => evaluationArn !== latest.evaluationArn);
  if (latest.status === "DELETED") return others;
  if (others.length < listed.length) return listed;
  return [...listed, { ...latest, createdTime: latest.startedTime ?? clock.now().toISOString() }];
}

/** The evaluation, if it was started for this resource. */
async function ownOr(seeker: Seeker, evaluation: Evaluation): Promise<TaggedEvaluation | undefined> {
  const { autoEvaluationEnabled: isAutomatic } = evaluation;
  const wantsAutomatic = seeker.inputs.autoEvaluationConfiguration?.enabled;
  if (isAutomatic !== undefined && isAutomatic !== (wantsAutomatic ?? isAutomatic)) return undefined;
  const tagged = await withTags(seeker.connect, evaluation);
  return whose(tagged.tags, seeker.marker) === "ours" && isRecoverable(seeker, evaluation) ? tagged : undefined;
}

/**
 * Whether an earlier run may have left it: it is less than a day old, has the version of the form that the program
 * expects, and nobody worked in it.
 */
export const isRecoverable = ({ connect, inputs }: Seeker, evaluation: Evaluation): boolean =>
  [undefined, evaluation.evaluationFormVersion].includes(inputs.evaluationFormVersion) &&
  workBeside(evaluation, inputs) === undefined &&
  ageOf(connect.clock, evaluation.createdTime) < RECOVERABLE_MS;

/** `undefined` for one that is gone or not visible yet. One that the caller may not read could be its own: that fails. */
async function described({ connect }: Seeker, evaluationArn: string): Promise<Evaluation | undefined> {
  try {
    return await connect.describeContactEvaluation(parseEvaluationArn(evaluationArn));
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

async function unlessDenied<T>({ session }: Seeker, action: string, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (!isDenied(error)) throw error;
    session.sayOnce(
      `without the permission connect:${action} an evaluation that an interrupted run started may not be found`,
    );
    return undefined;
  }
}

const byAge = (one: EvaluationSummary, other: EvaluationSummary): number =>
  Date.parse(other.createdTime) - Date.parse(one.createdTime);

const ageOf = (clock: Clock, createdTime: string): number => clock.now().getTime() - Date.parse(createdTime);
