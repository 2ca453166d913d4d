import { questionsOf } from "./questions";
import type { Evaluation, EvaluationFormVersion } from "./store";

/** Ids of the form's questions that have no answer. */
export function unanswered({ answers }: Evaluation, form: EvaluationFormVersion): string[] {
  return questionsOf(form.Items)
    .map(({ RefId }) => RefId)
    .filter((question) => answers[question]?.Value === undefined);
}

/** What a submission, whoever makes it, changes in an evaluation. */
export function submission(evaluation: Evaluation, form: EvaluationFormVersion, at: Date): Partial<Evaluation> {
  const all = questionsOf(form.Items).length;
  const answered = all - unanswered(evaluation, form).length;
  return {
    status: "SUBMITTED",
    submissions: evaluation.submissions + 1,
    submittedTime: at,
    score: { Percentage: all === 0 ? 100 : (100 * answered) / all, NotApplicable: false, AutomaticFail: false },
  };
}
