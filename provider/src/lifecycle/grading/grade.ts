import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../../aws/awsError";
import type { Connect } from "../../connect/connect";
import type { Changes, Evaluation, Form } from "../../connect/evaluation";
import { Failure } from "../../shared/errors";
import type { Answer, Inputs, State } from "../../shared/model";
import { own } from "../../shared/plain";
import { isUnreadable, PAUSES_MS } from "../absence";
import { parseEvaluationArn } from "../evaluationArn";
import type { Session } from "../session";
import { means, type Spelling, toValue } from "./answers";
import { questionOf } from "./fit";
import { saysTheSame } from "./notes";
import { submitOnce } from "./submitOnce";
import { isSuggested } from "./suggestions";
import { waitForAutoEvaluation } from "./waitForAutoEvaluation";
import { fingerprint, type Own } from "./written";

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
  before: Own & Pick<State, "evaluatorArn">;
  /** An earlier run may have got further than the state and the description show. */
  mayBeFurther: boolean;
}

export interface Graded {
  /** Without a status if Connect did not show the change yet: the next `up` looks again. */
  observed: Partial<Evaluation> & { evaluationArn: string };
  written?: string | undefined;
}

/** Whether there is anything to grade. */
export const isGraded = ({ answers = {}, notes = {}, submit }: Partial<Inputs>): boolean =>
  Object.keys({ ...answers, ...notes }).length > 0 || submit === true;

/** IAM: connect:UpdateContactEvaluation, connect:SubmitContactEvaluation, connect:DescribeEvaluationForm. */
export async function grade(grading: Grading, evaluation: Evaluation): Promise<Graded> {
  const { connect, inputs, before } = grading;
  // Observe.
  const current = await waitForAutoEvaluation(connect, evaluation, inputs);
  if (!isGraded(inputs) && !isGraded(before)) return { observed: current };
  const form = await grading.session.forms.version(connect, current, current.evaluationFormVersion);
  const target: Target = { ...grading, form };
  const changes = differences(target, current, (key, answer) =>
    grading.mayBeFurther ? current.status === "DRAFT" : isNew(own(before.answers ?? {}, key), answer),
  );
  // Act.
  const submits = inputs.submit === true && (current.status === "DRAFT" || !isEmpty(changes));
  if (isEmpty(changes) && !submits) return { observed: current, written: keptOrFound(grading, current) };
  refuseToChange(current, submits);
  if (submits) await submit(target, current, changes);
  else await update(target, current, changes);
  // Record.
  const seen = await lookUntil(
    target,
    current.evaluationArn,
    (found) => isDone(target, found) && isScored(target, found),
  );
  if (seen !== undefined && isDone(target, seen)) return { observed: seen, written: fingerprint(seen, inputs) };
  grading.session.say(
    `Amazon Connect does not show the change of ${current.evaluationArn} yet; the next up looks again`,
  );
  const { status, ...known } = current;
  return { observed: known };
}

interface Target extends Grading {
  /** The version that the evaluation pinned; `undefined` without the permission to look. */
  form: Form | undefined;
}

interface Differences {
  answers: Record<string, Answer | undefined>;
  notes: Record<string, string | undefined>;
}

/**
 * What would turn the evaluation into what the program declares.
 * @param ifUnknown whether an answer counts as different that only the form could compare.
 */
function differences(
  { inputs, before, form }: Target,
  { answers, notes }: Evaluation,
  ifUnknown: (key: string, answer: Answer) => boolean,
): Differences {
  const differs = ([key, answer]: [string, Answer]) => {
    const isSame = means(own(answers, key)?.value, answer, form && questionOf(form, key));
    return isSame === undefined ? ifUnknown(key, answer) : !isSame;
  };
  const changed = Object.entries(inputs.answers ?? {}).filter(differs);
  const dropped = droppedKeys(before.answers, inputs.answers).filter((key) => {
    const given = own(answers, key);
    return given !== undefined && !isSuggested(given);
  });
  const rewritten = Object.entries(inputs.notes ?? {}).filter(([key, note]) => !saysTheSame(own(notes, key), note));
  const removed = droppedKeys(before.notes, inputs.notes).filter((key) => Object.hasOwn(notes, key));
  return {
    answers: Object.fromEntries([...changed, ...dropped.map((key) => [key, undefined])]),
    notes: Object.fromEntries([...rewritten, ...removed.map((key) => [key, undefined])]),
  };
}

/** Whether the program changed the answer since the state recorded it. */
const isNew = (recorded: Answer | undefined, answer: Answer): boolean => !isDeepStrictEqual(recorded, answer);

const droppedKeys = (before: object = {}, declared: object = {}): string[] =>
  Object.keys(before).filter((key) => !Object.hasOwn(declared, key));

const isEmpty = ({ answers, notes }: Differences): boolean =>
  Object.keys(answers).length === 0 && Object.keys(notes).length === 0;

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

async function update(target: Target, evaluation: Evaluation, changes: Differences): Promise<void> {
  const { connect, inputs } = target;
  const arn = parseEvaluationArn(evaluation.evaluationArn);
  try {
    await inAcceptedSpelling(target, changes, (spelled) =>
      connect.updateContactEvaluation(arn, spelled, inputs.evaluator),
    );
  } catch (error) {
    // It may have been done all the same.
    if (!(error instanceof AwsError) || error.isRefusal) throw error;
    if (!(await shows(target, evaluation.evaluationArn, 1))) throw error;
  }
}

function submit(target: Target, { evaluationArn, status }: Evaluation, changes: Differences): Promise<void> {
  const { connect, inputs, mayBeFurther } = target;
  const arn = parseEvaluationArn(evaluationArn);
  return submitOnce({
    attempt: `submit evaluation ${evaluationArn}`,
    isAgain: status !== "DRAFT",
    mayBeDone: mayBeFurther,
    submit: () =>
      inAcceptedSpelling(target, changes, (spelled) => connect.submitContactEvaluation(arn, spelled, inputs.evaluator)),
    isDone: (certain) => shows(target, evaluationArn, certain ? undefined : 1),
    refusalOfUpdate: async () => {
      try {
        await inAcceptedSpelling(target, changes, (spelled) =>
          connect.updateContactEvaluation(arn, spelled, inputs.evaluator),
        );
        return undefined;
      } catch (error) {
        if (error instanceof AwsError && (error.isConflict || error.isInvalid)) return error;
        throw error;
      }
    },
  });
}

/** Sends options by their text, or by their RefId where the service takes no text. */
async function inAcceptedSpelling(
  { form, session: { forms } }: Target,
  { answers, notes }: Differences,
  send: (changes: Changes) => Promise<void>,
): Promise<void> {
  const spelled = (spelling: Spelling): Changes => ({ answers: valuesOf(answers, form, spelling), notes });
  const { spelling } = forms;
  const other: Spelling = spelling === "text" ? "refId" : "text";
  try {
    return await send(spelled(spelling));
  } catch (error) {
    const isElse = JSON.stringify(spelled(spelling)) !== JSON.stringify(spelled(other));
    if (!(error instanceof AwsError) || !error.isInvalid || !isElse) throw error;
    try {
      await send(spelled(other));
    } catch (second) {
      // If neither is taken, the spelling is not the reason.
      throw second instanceof AwsError && second.isInvalid ? error : second;
    }
    forms.spelling = other;
  }
}

function valuesOf(answers: Differences["answers"], form: Form | undefined, spelling: Spelling): Changes["answers"] {
  const entries = Object.entries(answers).map(([key, answer]) => [
    key,
    answer === undefined ? undefined : toValue(answer, form && questionOf(form, key), spelling),
  ]);
  return Object.fromEntries(entries);
}

/** Whether the evaluation is as the program declares it. */
const isDone = (target: Target, evaluation: Evaluation): boolean =>
  isEmpty(differences(target, evaluation, () => false)) &&
  (target.inputs.submit !== true || evaluation.status !== "DRAFT");

/** Whether the score is there, where one is to come. */
const isScored = ({ form, inputs }: Target, { score }: Evaluation): boolean =>
  inputs.submit !== true || form?.isScored !== true || score !== undefined;

async function shows(target: Target, evaluationArn: string, looks?: number): Promise<boolean> {
  const seen = await lookUntil(target, evaluationArn, (found) => isDone(target, found), looks);
  return seen !== undefined && isDone(target, seen);
}

/** The evaluation as it was seen last; looked at again for ten seconds until it is as it should be. */
async function lookUntil(
  { connect }: Target,
  evaluationArn: string,
  isEnough: (evaluation: Evaluation) => boolean,
  looks = PAUSES_MS.length + 1,
): Promise<Evaluation | undefined> {
  let seen: Evaluation | undefined;
  for (const pause of [0, ...PAUSES_MS].slice(0, looks)) {
    if (pause > 0) await connect.clock.wait(pause);
    try {
      seen = await connect.describeContactEvaluation(parseEvaluationArn(evaluationArn));
      if (isEnough(seen)) return seen;
    } catch (error) {
      if (!isUnreadable(error)) throw error;
    }
  }
  return seen;
}

/**
 * Where nothing had to be sent: what is there is still what the resource wrote, or what a run wrote that was cut off. Of
 * one that was killed, the state says nothing: there, who changed the evaluation last has to be who did so before.
 */
function keptOrFound({ inputs, before, mayBeFurther }: Grading, evaluation: Evaluation): string | undefined {
  const { evaluatorArn, status } = evaluation;
  const isAsWritten = before.written === fingerprint(evaluation, before);
  const isAsDeclared = (status === "SUBMITTED") === (inputs.submit === true);
  const mayBeOwn = mayBeFurther || (evaluatorArn !== undefined && evaluatorArn === before.evaluatorArn);
  return isAsWritten || (mayBeOwn && isAsDeclared) ? fingerprint(evaluation, inputs) : before.written;
}
