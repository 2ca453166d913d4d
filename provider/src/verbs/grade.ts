import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { type Clock, eventually } from "../connect/eventually";
import { type Compared, differencesFrom, isDone, isEmpty, isGraded, isNewIn } from "../grading/compare";
import { saveDraft, seenAfter, submitOnce, type Writing } from "../grading/write";
import { watch } from "../presence/find";
import { Failure } from "../shared/errors";
import type { Inputs, State } from "../shared/model";
import { fingerprint, type Own } from "../work/own";
import type { Session } from "./session";
import type { Seen } from "./state";

/**
 * Gives an evaluation the answers and notes that a program declares, and submits it. Connect merges: what the program
 * never declared is not touched. Only what differs is sent, and nothing is submitted that is submitted already.
 */

/** What grading an evaluation needs to know beside the evaluation. */
export interface Grading {
  session: Session;
  connect: Connect;
  inputs: Inputs;
  /** What the resource declared before; its keys are deleted when the program drops them. */
  before: Own & Pick<State, "submit" | "evaluatorArn">;
  /** An earlier run may have got further than the state and the description show. */
  mayBeFurther: boolean;
}

export interface Graded {
  /** Without a status if Connect did not show the change yet: the next `up` looks again. */
  observed: Seen;
  written?: string | undefined;
}

/** IAM: connect:UpdateContactEvaluation, connect:SubmitContactEvaluation, connect:DescribeEvaluationForm. */
export async function grade(grading: Grading, evaluation: Evaluation): Promise<Graded> {
  const { session, connect, inputs, before } = grading;
  // Observe.
  const current = await waitForAutoEvaluation(connect, evaluation, inputs);
  if (!isGraded(inputs) && !isGraded(before)) return { observed: current };
  const form = await connect.forms.version(current, current.evaluationFormVersion);
  const compared = { inputs, before, form };
  const changes = differencesFrom(compared, current, (key, answer) =>
    grading.mayBeFurther ? current.status === "DRAFT" : isNewIn(compared, key, answer),
  );
  const submits = inputs.submit === true && (current.status === "DRAFT" || !isEmpty(changes));
  if (isEmpty(changes) && !submits) return { observed: current, written: keptOrFound(grading, current) };
  // Refuse and act.
  refuseToChange(current, submits);
  const writing: Writing = { ...grading, ...compared, evaluation: current, changes };
  await (submits ? submitOnce(writing) : saveDraft(writing));
  // Record.
  const seen = await seenAfter(writing, (found) => isDone(compared, found) && isScored(compared, found));
  if (seen !== undefined && isDone(compared, seen)) return { observed: seen, written: fingerprint(seen, inputs) };
  session.say(`Amazon Connect does not show the change of ${current.evaluationArn} yet; the next up looks again`);
  const { status, ...known } = current;
  return { observed: known };
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
const isScored = ({ form, inputs }: Compared, { score }: Evaluation): boolean =>
  inputs.submit !== true || form?.isScored !== true || score !== undefined;

/**
 * Where nothing had to be sent, what is there is the resource's own
 * - if it is as the state says that the resource wrote it;
 * - if it is as declared, and an earlier run may have got further;
 * - if it is as declared, and who changed the evaluation last is who did so before: then a run was killed, of which the
 *   state says nothing.
 */
function keptOrFound({ inputs, before, mayBeFurther }: Grading, evaluation: Evaluation): string | undefined {
  const { evaluatorArn, status } = evaluation;
  const isAsWritten = before.written === fingerprint(evaluation, before);
  const isAsDeclared = (status === "SUBMITTED") === (inputs.submit === true);
  const mayBeOwn = mayBeFurther || (evaluatorArn !== undefined && evaluatorArn === before.evaluatorArn);
  return isAsWritten || (mayBeOwn && isAsDeclared) ? fingerprint(evaluation, inputs) : before.written;
}

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
