import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { type Clock, eventually, isSince, isSurelyBefore, latestNow } from "../connect/eventually";
import { isGivenOrGone, isGraded } from "../grading/compare";
import { declaredEntries } from "../grading/entries";
import { isDone, saveDraft, seenAfter, submitOnce, type Writing } from "../grading/write";
import { isLater } from "../identity/marker";
import { watch } from "../presence/find";
import { Failure } from "../shared/errors";
import type { Inputs, State } from "../shared/model";
import { defined } from "../shared/plain";
import {
  ABSENT,
  descriptionPrint,
  expectedHand,
  handOf,
  type Ledger,
  ledgerOf,
  NOTHING,
  printOf,
  writtenFrom,
} from "../work/ledger";
import { mayLoseWork } from "../work/loss";
import { refuseDisputed, refuseReviewed, refuseUnseen } from "../work/overwrite";
import {
  ledgerAsFound,
  ledgerAsWritten,
  ledgerInSight,
  ledgerOfCut,
  type Plan,
  planFor,
  type Values,
} from "../work/plan";
import type { Session } from "./session";
import type { Seen } from "./state";

/**
 * Gives an evaluation the answers and notes that a program declares, and submits it. Connect merges: what the program
 * never declared is not touched. Only what changed in the program is sent, and nothing is submitted that is submitted
 * already.
 */

/** What grading an evaluation needs to know beside the evaluation. */
export interface Grading {
  session: Session;
  connect: Connect;
  inputs: Inputs;
  /** What the state has; nothing for an evaluation that was just started. */
  before: Partial<State>;
  /** An earlier run started it: it may have graded it as well. */
  recovered?: boolean;
}

/** What there is to grade, when nothing stands against it. */
export interface Grades extends Values {
  current: Evaluation;
  plan: Plan;
  submits: boolean;
  /** An earlier run may have got further than the state and the description show. */
  mayBeFurther: boolean;
  /** Besides, when the write was begun that Connect has taken. */
  progress: Writing["progress"] & { takenAfter?: string };
}

export interface Graded {
  /** Without a status if Connect did not show the change yet: the next `up` looks again. */
  observed: Seen;
  written?: string | undefined;
}

/** Observes and refuses: changes nothing. IAM: connect:DescribeEvaluationForm. */
export async function plannedGrades(grading: Grading, evaluation: Evaluation): Promise<Grades> {
  const { session, connect, inputs, before } = grading;
  // Observe.
  const seen = await waitForAutoEvaluation(connect, evaluation, inputs);
  const known = await valuesOf(grading, seen);
  const mayOverwrite = mayLoseWork(session.settings, inputs);
  const isFree = (found: Evaluation) => mayOverwrite || planFor(inSight(known, found), found).disputed.length === 0;
  // Reads lag behind the resource's own writes, too.
  const { clock } = connect;
  const first = async () => seen;
  const current = await eventually(watch(connect, seen.evaluationArn, seen), isFree, { clock, first });
  const values = inSight(known, current);
  const plan = planFor(values, current);
  const submits = inputs.submit === true && (current.status === "DRAFT" || plan.changes.size > 0);
  // Refuse.
  if (submits || plan.changes.size > 0) refuseToChange(current, submits);
  if (!mayOverwrite) {
    refuseDisputed(current, plan);
    if (submits) refuseReviewed(current);
    if (submits && current.status === "DRAFT") refuseUnseen(values, plan, current);
  }
  const mayBeFurther = grading.recovered === true || values.ledger.submitting !== undefined || isUnknown(before);
  return { ...values, current, plan, submits, mayBeFurther, progress: { isSent: false } };
}

/** What the resource did, in the light of what Connect shows. */
const inSight = (values: Values, evaluation: Evaluation): Values => ({
  ...values,
  ledger: ledgerInSight(values, evaluation),
});

/** The declared and the recorded values. */
async function valuesOf(grading: Grading, evaluation: Evaluation): Promise<Values> {
  const { connect, inputs, before } = grading;
  const { answers, notes, submit, lastModifiedTime } = before;
  const recorded = defined({ answers, notes, submit });
  const ledger = ledgerToGrade(grading, evaluation);
  const isAny = isGraded(inputs) || isGraded(before) || Object.keys({ ...ledger.entries, ...ledger.open }).length > 0;
  const form = isAny ? await connect.forms.version(evaluation, evaluation.evaluationFormVersion) : undefined;
  return { inputs, recorded, ledger, form, lastModifiedTime };
}

/** IAM: connect:UpdateContactEvaluation, connect:SubmitContactEvaluation. */
export async function grade(
  { session, connect }: Pick<Grading, "session" | "connect">,
  grades: Grades,
): Promise<Graded> {
  const { inputs, plan, current, submits, form, progress, mayBeFurther } = grades;
  const { evaluationArn } = current;
  for (const name of plan.left) session.say(`left ${name} of ${evaluationArn} as somebody else wrote it`);
  if (plan.changes.size === 0 && !submits) {
    return { observed: current, written: writtenFrom(ledgerAsFound(grades, plan, current)) };
  }
  // Act.
  const { changes } = plan;
  const writing: Writing = { connect, inputs, form, evaluation: current, changes, submits, mayBeFurther, progress };
  const begun = connect.clock.now().toISOString();
  const isTaken = await (submits ? submitOnce(writing) : saveDraft(writing));
  if (isTaken) progress.takenAfter = begun;
  // Record.
  const isItsOwn = (found: Evaluation) =>
    isByOwnHand(grades, found) || (isTaken && isSince(found.lastModifiedTime, begun));
  const isEnough = (found: Evaluation) => isDone(writing, found) && isScored(grades, found);
  const seen = await seenAfter(writing, (found) => isEnough(found) && (isItsOwn(found) || !isTaken));
  if (seen !== undefined && isItsOwn(seen) && (isDone(writing, seen) || isRespelled(grades, seen, begun))) {
    return { observed: seen, written: writtenFrom(ledgerAsWritten(grades, plan, seen, submits)) };
  }
  // Nothing says that it arrived, and somebody else was there last: it is theirs.
  if (seen !== undefined && !isTaken && isDone(writing, seen)) {
    return { observed: seen, written: writtenFrom(ledgerAsFound(grades, plan, seen)) };
  }
  session.say(`Amazon Connect does not show the change of ${evaluationArn} yet; the next up looks again`);
  const { status, ...known } = current;
  return { observed: known, written: writtenFrom(ledgerWhenCut(grades, connect.clock)) };
}

/** The ledger when grading failed, was never begun, or does not show yet. */
export function ledgerWhenCut(grades: Grades, clock: Clock): Ledger {
  const { plan, submits, inputs, current, progress } = grades;
  const ledger = ledgerOfCut(grades, plan, progress.isSent);
  if (!progress.isSent) return ledger;
  const { startedBy, writtenBy = startedBy, ...others } = ledger;
  const submitting = submits ? expectedHand(inputs.evaluator) : ledger.submitting;
  const { takenAfter: after } = progress;
  return {
    ...others,
    submitting,
    writtenBy: inputs.evaluator === undefined ? writtenBy : undefined,
    sentOn: descriptionPrint(current),
    sentAs: inputs.evaluator && expectedHand(inputs.evaluator),
    outdated: after === undefined ? undefined : { after, before: latestNow(clock) },
  };
}

/** A state of which nobody knows how far its evaluation got. */
const isUnknown = ({ status, evaluationArn }: Partial<State>): boolean =>
  evaluationArn !== undefined && status === undefined;

type Begun = Pick<Grading, "before" | "inputs" | "recovered">;

const isUnfinishedStart = ({ before, recovered }: Begun): boolean =>
  recovered === true || (isUnknown(before) && before.lastModifiedTime === undefined);

/**
 * What the resource did, as far as it is known. All that an unfinished start was to do is open; one that another run has to
 * find again may have sent it.
 */
export function ledgerToGrade(begun: Begun, evaluation: Evaluation): Ledger {
  const { before, inputs, recovered = false } = begun;
  if (before.evaluationArn === undefined && !recovered) return { ...NOTHING, startedBy: starterOf(inputs, evaluation) };
  if (!isUnfinishedStart(begun)) return ledgerOf(before);
  const ledger = withStarter(begun, evaluation);
  const open = [...declaredEntries(inputs)].map(([name, declared]) => {
    const sent = recovered ? [printOf(declared, name, undefined)] : (ledger.open[name]?.sent ?? []);
    return [name, { was: ABSENT, sent }];
  });
  const submitting = recovered && inputs.submit ? expectedHand(inputs.evaluator) : ledger.submitting;
  return { ...ledger, open: { ...ledger.open, ...Object.fromEntries(open) }, submitting };
}

/** Nobody has changed an evaluation since this resource started it: who is its evaluator started it. */
function withStarter({ before, inputs, recovered }: Begun, evaluation: Evaluation): Ledger {
  const ledger = ledgerOf(before);
  const isAsCreated = evaluation.createdTime === evaluation.lastModifiedTime;
  const isKnown = (ledger.startedBy ?? ledger.writtenBy) !== undefined;
  // Reads may lag behind what went out on somebody's behalf, and what was adopted somebody else has started.
  const mayBeElse = inputs.evaluator !== undefined || isLater(before.marker ?? "", "");
  if (isKnown || !isAsCreated || mayBeElse) return ledger;
  const hand = starterOf(inputs, evaluation);
  const isSent = recovered || Object.values(ledger.open).some(({ sent }) => sent.length > 0);
  return isSent ? { ...ledger, writtenBy: hand } : { ...ledger, startedBy: hand };
}

/** Who started an evaluation matters where Connect may answer or submit it by itself. */
function starterOf(inputs: Inputs, evaluation: Evaluation): string | undefined {
  const { autoEvaluationEnabled: isAutomatic, status } = evaluation;
  const matters = isGraded(inputs) || isAutomatic === true || status !== "DRAFT";
  return matters ? handOf(evaluation) : undefined;
}

/** Connect took the write, shows the evaluation as it is since, and spells an entry in its own way. */
function isRespelled(grades: Grades, seen: Evaluation, begun: string): boolean {
  const { current, plan, submits } = grades;
  if (Date.parse(seen.lastModifiedTime) <= Date.parse(current.lastModifiedTime)) return false;
  // It may be an earlier run's write that did not show before.
  if (isSurelyBefore(seen.lastModifiedTime, begun) || !isGivenOrGone(plan.changes, seen)) return false;
  return !(submits && seen.status === "DRAFT") && isByOwnHand(grades, seen);
}

/** Whether the resource's caller was the last there, as far as the resource knows its own hand: a session may have a new name. */
function isByOwnHand({ inputs, ledger }: Grades, seen: Evaluation): boolean {
  const { startedBy = ledger.writtenBy } = ledger;
  const hand = inputs.evaluator === undefined ? startedBy : expectedHand(inputs.evaluator);
  return hand === undefined || hand === handOf(seen);
}

/** Connect updates nothing but drafts, and what people do in a review is theirs. */
function refuseToChange({ evaluationArn, status, evaluatorArn = "somebody" }: Evaluation, submits: boolean): void {
  if (status === "DRAFT" || (status === "SUBMITTED" && submits)) return;
  if (status === "SUBMITTED") {
    throw new Failure(`change the answers of evaluation ${evaluationArn}`, {
      why: `it was submitted, by ${evaluatorArn}: its answers and notes can only be changed by submitting it again`,
      remedy: "set submit: true, which submits it again with the changes; or declare what it holds",
    });
  }
  throw new Failure(`change the answers of evaluation ${evaluationArn}`, {
    why: `it is ${status}, and an evaluation in review is changed by its reviewers alone`,
    remedy: "wait until the review is over, or take the change back, then run `pulumi up` again",
  });
}

/** Whether the score is there, where one is to come. */
const isScored = ({ form, submits }: Grades, { score }: Evaluation): boolean =>
  !submits || form?.isScored !== true || score !== undefined;

const DEFAULT_TIMEOUT_S = 300;
/** Each look takes its part of the account's quota. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/** Waits until Amazon Connect has ended its own evaluation, where the program asks for that. */
async function waitForAutoEvaluation(
  connect: Connect,
  evaluation: Evaluation,
  { waitForAutoEvaluation: wait, autoEvaluationConfiguration: auto }: Inputs,
): Promise<Evaluation> {
  const isAutomatic = evaluation.autoEvaluationEnabled ?? auto?.enabled ?? false;
  if (wait === undefined || !isAutomatic) return evaluation;
  const { evaluationArn } = evaluation;
  const { timeoutSeconds = DEFAULT_TIMEOUT_S } = wait;
  const seen = await eventually(watch(connect, evaluationArn, evaluation), hasEnded, {
    clock: connect.clock,
    pauses: growingPauses(connect.clock, timeoutSeconds * 1000),
    first: async () => evaluation,
  });
  if (hasEnded(seen)) return seen;
  throw new Failure(`wait for the automatic evaluation of ${evaluationArn}`, {
    why: `Amazon Connect has not ended it after ${timeoutSeconds} s`,
    remedy: "run `pulumi up` again, which waits on; or allow more time with waitForAutoEvaluation.timeoutSeconds",
  });
}

const hasEnded = ({ autoEvaluationStatus = "" }: Evaluation): boolean =>
  ["SUCCEEDED", "FAILED"].includes(autoEvaluationStatus);

/** Each twice as long as the one before, until the time is up. */
function* growingPauses(clock: Clock, milliseconds: number): Generator<number> {
  const end = clock.now().getTime() + milliseconds;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const left = end - clock.now().getTime();
    if (left <= 0) return;
    yield Math.min(pause, left);
  }
}
