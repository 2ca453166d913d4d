import { connectError } from "./errors";
import type { Evaluation, EvaluationFormVersion } from "./store";
import type { EvaluationAnswerInput, EvaluationFormItem, EvaluationNote, EvaluationScore } from "./types";

/** Answers and notes as Update and Submit take them. */
export interface Changes {
  Answers?: Record<string, EvaluationAnswerInput>;
  Notes?: Record<string, EvaluationNote>;
}

const noteCharactersPerQuestion = 1024;

/** Merges answers and notes into those of an evaluation; an entry without a value deletes the stored one. */
export function mergeChanges(evaluation: Evaluation, form: EvaluationFormVersion, changes: Changes): void {
  const notes = merged(evaluation.notes, changes.Notes);
  refuseTooLongNotes(notes, form);
  evaluation.notes = notes;
  evaluation.answers = mergedAnswers(evaluation.answers, changes.Answers);
}

/** The questions of a form, those inside sections too. */
export function questionsOf(items: EvaluationFormItem[]): string[] {
  return items.flatMap(({ Section, Question }) => [
    ...(Question ? [Question.RefId] : []),
    ...questionsOf(Section?.Items ?? []),
  ]);
}

/** Ids of the form's questions that have no answer. */
export function unanswered(evaluation: Evaluation, form: EvaluationFormVersion): string[] {
  return questionsOf(form.Items).filter((question) => evaluation.answers[question]?.Value === undefined);
}

/** A stand-in for the service's scoring: the share of the form's questions that have an answer. */
export function scoreOf(evaluation: Evaluation, form: EvaluationFormVersion): EvaluationScore {
  const all = questionsOf(form.Items).length;
  const answered = all - unanswered(evaluation, form).length;
  return { Percentage: all === 0 ? 100 : (100 * answered) / all, NotApplicable: false, AutomaticFail: false };
}

/** The part of the answers that a form has no question for. */
export function unknownQuestions(form: EvaluationFormVersion, answers: Changes["Answers"] = {}): string[] {
  const known = new Set(questionsOf(form.Items));
  return Object.keys(answers).filter((question) => !known.has(question));
}

// Suggestions belong to the service: they outlive a deleted or overwritten value.
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
