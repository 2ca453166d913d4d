import type { Evaluation, EvaluationFormVersion } from "./store";
import type { EvaluationFormItem, EvaluationScore } from "./types";

/** The questions of a form, including those inside sections. */
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
