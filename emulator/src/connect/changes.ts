import { evaluatorArn } from "./arns";
import type { Context } from "./context";
import { connectError } from "./errors";
import { type Changes, misfits } from "./fit";
import { questionsOf } from "./questions";
import { type Evaluation, type EvaluationFormVersion, type Instance, notFound } from "./store";
import type { EvaluationNote, EvaluatorUserUnion } from "./types";
import { longest } from "./visibility";

const noteCharactersPerQuestion = 1024;

/** A copy of an evaluation with the changes of an Update or a Submit and their author. */
export function changed(
  context: Context,
  instance: Instance,
  evaluation: Evaluation,
  changes: Changes,
  by: EvaluatorUserUnion | undefined,
): Evaluation {
  const form = context.store.formVersionOf(evaluation);
  refuseMisfits(context, form, changes);
  const notes = mergedNotes(evaluation.notes, changes.Notes);
  refuseTooLongNotes(notes, form);
  return {
    ...evaluation,
    notes,
    answers: mergedAnswers(evaluation.answers, changes.Answers),
    lastModifiedTime: context.behaviour.now(),
    evaluatorArn: evaluatorOf(context, instance, by),
  };
}

/** Puts a changed copy in the place of an evaluation, which views that lag still show as it was. */
export function commit(
  { store, behaviour }: Pick<Context, "store" | "behaviour">,
  evaluation: Evaluation,
  copy: Evaluation,
): void {
  if (longest(behaviour.changeLagMs) > 0) {
    const { past, ...before } = evaluation;
    past.push({ until: copy.lastModifiedTime, evaluation: structuredClone(before) });
    store.changed.add(evaluation, copy.lastModifiedTime);
  }
  Object.assign(evaluation, copy);
  store.expect(evaluation);
}

function refuseMisfits({ behaviour }: Context, form: EvaluationFormVersion, changes: Changes): void {
  if (behaviour.unfitAnswers === "stored") return;
  const faults = misfits(form, changes, behaviour);
  if (faults.length > 0) throw connectError("InvalidParameterException", faults.join("; "));
}

function evaluatorOf({ behaviour, caller }: Context, instance: Instance, by: EvaluatorUserUnion | undefined): string {
  const user = by?.ConnectUserArn;
  if (user === undefined) return evaluatorArn(instance, caller);
  if (behaviour.unknownEvaluator === "accepted" || instance.users.has(user)) return user;
  if (behaviour.unknownEvaluator === "not found") throw notFound("User", user);
  throw connectError("InvalidParameterException", `ConnectUserArn: ${user} is no user of this instance`);
}

// An entry without a value deletes the stored one. Suggestions belong to the service, so they stay.
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

function mergedNotes(stored: Record<string, EvaluationNote>, changes: Changes["Notes"] = {}) {
  const entries = Object.entries({ ...stored, ...changes });
  return Object.fromEntries(entries.filter(([, { Value }]) => Value !== undefined));
}

function refuseTooLongNotes(notes: Record<string, EvaluationNote>, form: EvaluationFormVersion): void {
  const questions = questionsOf(form.Items).length;
  if (questions === 0) return;
  const total = Object.values(notes).reduce((sum, { Value = "" }) => sum + [...Value].length, 0);
  const limit = questions * noteCharactersPerQuestion;
  if (total <= limit) return;
  const message = `Notes: all notes together must have at most ${limit} characters, but have ${total}`;
  throw connectError("InvalidParameterException", message);
}
