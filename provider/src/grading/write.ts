import { AwsError } from "../aws/awsError";
import { failure } from "../aws/causes";
import { redact, type Sent } from "../aws/redaction";
import type { Connect } from "../connect/connect";
import type { AnswerValue, Changes, Evaluation, Form } from "../connect/evaluation";
import { eventually } from "../connect/eventually";
import { watch } from "../presence/find";
import { parseEvaluationArn } from "../shared/arns";
import type { Inputs } from "../shared/model";
import { type Spelling, toValue } from "./answers";
import { type Differences, isShown } from "./compare";
import { declaredEntries, placeOf, questionFor, storedEntries } from "./entries";

/** Sends changes, and looks whether they were taken before anything is sent again. */

export interface Writing {
  connect: Connect;
  inputs: Inputs;
  /** The version that the evaluation pinned; `undefined` without the permission to look. */
  form: Form | undefined;
  /** As it was seen last. */
  evaluation: Evaluation;
  changes: Differences;
  /** Whether the changes are to be submitted. */
  submits: boolean;
  /** An earlier run may have got further than the state and the description show. */
  mayBeFurther: boolean;
  /** Says whether Connect may have taken anything: that no attempt was sent which it did not refuse. */
  progress: { isSent: boolean };
}

/** Whether the evaluation is as the changes make it. */
export const isDone = ({ changes, form, submits }: Writing, evaluation: Evaluation): boolean =>
  isShown(changes, form, evaluation) && !(submits && evaluation.status === "DRAFT");

/** The evaluation as it was seen last; looked at again for ten seconds until it is as it should be. */
export function seenAfter(
  { connect, evaluation: { evaluationArn } }: Writing,
  isEnough: (seen: Evaluation) => boolean,
  pauses?: typeof ONCE,
): Promise<Evaluation | undefined> {
  const isSeen = (seen: Evaluation | undefined) => seen !== undefined && isEnough(seen);
  return eventually(watch(connect, evaluationArn, undefined), isSeen, {
    clock: connect.clock,
    ...(pauses && { pauses }),
  });
}

/** No pauses. */
const ONCE: readonly number[] = [];

async function isSeen(writing: Writing, pauses?: typeof ONCE): Promise<boolean> {
  const seen = await seenAfter(writing, (found) => isDone(writing, found), pauses);
  return seen !== undefined && isDone(writing, seen);
}

/**
 * Answers with whether Connect took the changes by its own word; else it shows them.
 * IAM: connect:UpdateContactEvaluation.
 */
export async function saveDraft(writing: Writing): Promise<boolean> {
  try {
    await sendUpdate(writing);
    return true;
  } catch (error) {
    // It may have been done all the same.
    if (!(error instanceof AwsError) || error.isRefusal) throw error;
    if (!(await isSeen(writing, ONCE))) throw error;
    return false;
  }
}

const sendUpdate = (writing: Writing): Promise<void> =>
  inAcceptedSpelling(writing, (changes) => {
    const { connect, evaluation, inputs } = writing;
    return connect.updateContactEvaluation(parseEvaluationArn(evaluation.evaluationArn), changes, inputs.evaluator);
  });

const sendSubmission = (writing: Writing): Promise<void> =>
  inAcceptedSpelling(writing, (changes) => {
    const { connect, evaluation, inputs } = writing;
    return connect.submitContactEvaluation(parseEvaluationArn(evaluation.evaluationArn), changes, inputs.evaluator);
  });

const MOST_ATTEMPTS = 3;

/**
 * Submitting again is another submission, on record for ever: what was not answered is looked at before it is repeated.
 * Answers with whether Connect took it by its own word; else it shows it.
 * IAM: connect:SubmitContactEvaluation, connect:UpdateContactEvaluation.
 */
export async function submitOnce(writing: Writing): Promise<boolean> {
  const isAgain = writing.evaluation.status !== "DRAFT";
  const pauses = isAgain ? undefined : ONCE;
  if (writing.mayBeFurther && !isAgain && (await wasSubmitted(writing))) return false;
  for (let attempts = 1; ; attempts += 1) {
    try {
      await sendSubmission(writing);
      return true;
    } catch (error) {
      if (!(error instanceof AwsError) || error.isRefusal) throw error;
      if (await isSeen(writing, pauses)) return false;
      if (isAgain || attempts === MOST_ATTEMPTS) throw error;
      if (await wasSubmitted(writing)) return false;
    }
  }
}

/**
 * Whether a draft was submitted and the description does not show it. An Update tells, which Connect takes for drafts
 * alone: unlike a description, it does not lag behind.
 * @throws while Connect has it as submitted and does not show it yet.
 */
async function wasSubmitted(writing: Writing): Promise<boolean> {
  try {
    await sendUpdate(writing);
    return false;
  } catch (refusal) {
    if (!(refusal instanceof AwsError) || !(refusal.isConflict || refusal.isInvalid)) throw refusal;
    if (await isSeen(writing)) return true;
    const cause = {
      why: "Amazon Connect takes no update of the draft that it shows: it seems to be submitted, and not shown so yet",
      remedy: "run the command again in a while, which looks first",
    };
    throw failure(`submit evaluation ${writing.evaluation.evaluationArn}`, cause, refusal);
  }
}

/** Sends options by their text, or by their RefId where the service takes no text. */
async function inAcceptedSpelling(writing: Writing, send: Send): Promise<void> {
  const { forms } = writing.connect;
  const { spelling } = forms;
  const other: Spelling = spelling === "text" ? "refId" : "text";
  try {
    return await attempt(writing, send, spelling);
  } catch (error) {
    const isElse = JSON.stringify(spelled(writing, spelling)) !== JSON.stringify(spelled(writing, other));
    if (!(error instanceof AwsError) || !error.isInvalid || !isElse) throw error;
    try {
      await attempt(writing, send, other);
    } catch (second) {
      // If neither is taken, the spelling is not the reason.
      throw second instanceof AwsError && second.isInvalid ? error : second;
    }
    forms.spelling = other;
  }
}

type Send = (changes: Changes) => Promise<void>;

async function attempt(writing: Writing, send: Send, spelling: Spelling): Promise<void> {
  const { progress } = writing;
  try {
    await send(spelled(writing, spelling));
    progress.isSent = true;
  } catch (error) {
    progress.isSent ||= !(error instanceof AwsError && error.isRefusal);
    throw withoutGrades(error, writing);
  }
}

/** Connect may name what it has and what was not sent now. Nobody tells which of it is a secret, so none of it is repeated. */
function withoutGrades(error: unknown, { inputs, evaluation }: Writing): unknown {
  if (!(error instanceof AwsError)) return error;
  const stored = [...storedEntries(evaluation).values()].map(({ value }) => value);
  const message = redact(error.answer.message, textsIn([...declaredEntries(inputs).values(), ...stored]));
  return new AwsError({ ...error.answer, message });
}

function textsIn(value: unknown): Sent[] {
  if (typeof value === "string" || typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function spelled({ changes, form }: Writing, spelling: Spelling): Changes {
  const answers: Record<string, AnswerValue | undefined> = {};
  const notes: Record<string, string | undefined> = {};
  for (const [name, declared] of changes) {
    const { property, key } = placeOf(name);
    const value = declared === undefined ? undefined : toValue(declared, questionFor(form, name), spelling);
    if (property === "answers") answers[key] = value;
    else notes[key] = value?.StringValue;
  }
  return { answers, notes };
}
