import type { Connect } from "../connect/connect";
import type { Evaluation, GivenAnswer } from "../connect/evaluation";
import { declaredEntries, isNobodys, placeOf, storedEntries } from "../grading/entries";
import type { Sight } from "../presence/find";
import { Failure } from "../shared/errors";
import type { Inputs, State } from "../shared/model";
import { formToRecognize, isOwn, isOwnSubmission, ledgerOf } from "./ledger";
import { ledgerInSight } from "./plan";

/** Somebody's work in an evaluation, which is never deleted by surprise. */

/** What of an evaluation is not somebody's. */
export interface NotSomebodys {
  entry(name: string, given: GivenAnswer): boolean;
  submission: boolean;
}

/**
 * What somebody did to the evaluation beside what is declared, in words.
 * @param except what of it is the resource's own. By default all that is declared, and a submission: an interrupted run may
 * have answered, submitted, and not recorded it, or Connect may have submitted it by itself.
 */
export function workBeside(
  evaluation: Evaluation,
  declared: Pick<Inputs, "answers" | "notes">,
  except = asDeclared(declared),
): string | undefined {
  const { status, isReviewed, isAcknowledged } = evaluation;
  const names = [...storedEntries(evaluation)]
    .filter(([name, given]) => !isNobodys(given) && !except.entry(name, given))
    .map(([name]) => placeOf(name).property);
  const count = (property: string) => names.filter((one) => one === property).length;
  const has = [...counted(count("answers"), "answer"), ...counted(count("notes"), "note")];
  const work = [
    ...(status === "DRAFT" || (status === "SUBMITTED" && except.submission) ? [] : [`it is ${status}`]),
    ...(has.length === 0 ? [] : [`it has ${has.join(" and ")}`]),
    ...(isReviewed ? ["it was reviewed"] : []),
    ...(isAcknowledged ? ["the agent acknowledged it"] : []),
  ];
  return work.length === 0 ? undefined : work.join(" and ");
}

function asDeclared(declared: Pick<Inputs, "answers" | "notes">): NotSomebodys {
  const names = declaredEntries(declared);
  return { entry: (name) => names.has(name), submission: true };
}

/** What of an evaluation the resource wrote itself, by the state. IAM: connect:DescribeEvaluationForm. */
async function ownIn({ connect, state }: { connect: Connect; state: State }, evaluation: Evaluation) {
  const kept = ledgerOf(state);
  const form = await formToRecognize(connect, kept, evaluation);
  const ledger = ledgerInSight({ ledger: kept, recorded: state, form }, evaluation);
  return {
    entry: (name: string, { value }: GivenAnswer) => isOwn({ ledger, evaluation, form }, name, value),
    submission: isOwnSubmission(ledger, evaluation),
  };
}

const counted = (items: number, noun: string): string[] =>
  items === 0 ? [] : [`${items} ${noun}${items === 1 ? "" : "s"}`];

/** The environment variable that allows the deletion for one run. */
export const FORCE_DESTROY_VARIABLE = "CONNECT_EVALUATIONS_FORCE_DESTROY";

/** Whether an evaluation may be deleted whatever it holds: the resource, the stack or this run allows it. */
export function mayLoseWork(settings: { forceDestroy: boolean }, { forceDestroy }: Partial<Inputs>): boolean {
  return forceDestroy === true || settings.forceDestroy || process.env[FORCE_DESTROY_VARIABLE] === "true";
}

/** Refuses an attempt that would delete an evaluation with somebody's work in it. One that cannot be read may hold anything. */
export async function refuseToLose(
  context: { connect: Connect; state: State },
  sight: Sight,
  attempt: string,
): Promise<void> {
  if (sight === "not described") throw new Failure(attempt, { why: UNREAD, remedy: WAYS_ON });
  if (typeof sight === "string") return;
  const work = workBeside(sight, context.state, await ownIn(context, sight));
  if (work === undefined) return;
  const { lastModifiedTime, evaluatorArn = "somebody unknown" } = sight;
  const why = `it holds somebody's work: ${work}; last touched ${lastModifiedTime} by ${evaluatorArn}`;
  throw new Failure(attempt, { why, remedy: WAYS_ON });
}

const UNREAD =
  "it may hold somebody's work: Amazon Connect lists it among the evaluations of its contact and does not find it";

const WAYS_ON = [
  "if a `pulumi up` that changed it was cut off, run that again first; else choose one:",
  "- delete it all the same: set forceDestroy: true on the resource and run `pulumi up` first,",
  `- or, for this one run, set the environment variable ${FORCE_DESTROY_VARIABLE}=true,`,
  "- keep it in Amazon Connect and let go of it here: set the resource option retainOnDelete: true and run `pulumi up` first.",
].join("\n       ");
