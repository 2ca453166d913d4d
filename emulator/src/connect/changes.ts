import { evaluatorArn } from "./arns";
import type { Context } from "./context";
import { connectError } from "./errors";
import { questionsOf } from "./questions";
import type { Evaluation, EvaluationFormVersion, Instance } from "./store";
import type { EvaluationAnswerInput, EvaluationNote, EvaluatorUserUnion } from "./types";

/** Answers and notes in an Update or a Submit. */
export interface Changes {
  Answers?: Record<string, EvaluationAnswerInput>;
  Notes?: Record<string, EvaluationNote>;
}

const noteCharactersPerQuestion = 1024;

/** Stores the changes of an Update or a Submit and their author; returns the evaluation's form version. */
export function change(
  context: Context,
  instance: Instance,
  evaluation: Evaluation,
  changes: Changes,
  by: EvaluatorUserUnion | undefined,
): EvaluationFormVersion {
  const form = context.store.formOrThrow(instance, evaluation.evaluationFormId);
  const version = context.store.formVersionOrThrow(form, evaluation.evaluationFormVersion);
  if (context.behaviour.unknownQuestions === "refused") refuseUnknownQuestions(version, changes);
  mergeChanges(evaluation, version, changes);
  evaluation.lastModifiedTime = context.behaviour.now();
  evaluation.evaluatorArn = by?.ConnectUserArn ?? evaluatorArn(instance, context.caller);
  return version;
}

function refuseUnknownQuestions(version: EvaluationFormVersion, { Answers }: Changes): void {
  const unknown = unknownQuestions(version, Answers);
  if (unknown.length === 0) return;
  throw connectError("InvalidParameterException", `Answers: the form has no question ${unknown.join(", ")}`);
}

// An entry without a value deletes the stored one.
function mergeChanges(evaluation: Evaluation, form: EvaluationFormVersion, changes: Changes): void {
  const notes = merged(evaluation.notes, changes.Notes);
  refuseTooLongNotes(notes, form);
  evaluation.notes = notes;
  evaluation.answers = mergedAnswers(evaluation.answers, changes.Answers);
}

function unknownQuestions(form: EvaluationFormVersion, answers: Changes["Answers"] = {}): string[] {
  const known = new Set(questionsOf(form.Items));
  return Object.keys(answers).filter((question) => !known.has(question));
}

// Suggestions belong to the service, so they stay when a value is deleted or overwritten.
function mergedAnswers(stored: Evaluation["answers"], changes: Changes["Answers"] = {}): Evaluation["answers"] {
  const answers = { ...stored };
  for (const [question, { Value }] of Object.entries(changes)) {
    const { Value: _, ...suggestions } = answers[question] ?? {};
    if (Value !== undefined) answers[question] = { Value, ...suggestions };
    else if (suggestions.SuggestedAnswers) answers[question] = suggestions;
    else delete answers[question];
  }
  return answers;
}

function merged(stored: Record<string, EvaluationNote>, changes: Changes["Notes"] = {}) {
  const entries = Object.entries({ ...stored, ...changes });
  return Object.fromEntries(entries.filter(([, { Value }]) => Value !== undefined));
}

function refuseTooLongNotes(notes: Record<string, EvaluationNote>, form: EvaluationFormVersion): void {
  const questions = questionsOf(form.Items).length;
  if (questions === 0) return;
  const total = Object.values(notes).reduce((sum, { Value = "" }) => sum + Value.length, 0);
  const limit = questions * noteCharactersPerQuestion;
  if (total <= limit) return;
  const message = `Notes: all notes together must have at most ${limit} characters, but have ${total}`;
  throw connectError("InvalidParameterException", message);
}
