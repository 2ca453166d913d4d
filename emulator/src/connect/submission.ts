import type { ConnectBehaviour } from "./behaviour";
import { enabledQuestions } from "./enablement";
import { scoresOf } from "./scoring/scores";
import type { Evaluation, EvaluationFormVersion } from "./store";

/** Ids of the questions that need an answer and have none. Optional questions may be skipped. */
export function unanswered({ answers }: Evaluation, form: EvaluationFormVersion): string[] {
  return enabledQuestions(form.Items, answers)
    .filter(({ RefId, NotApplicableEnabled }) => !NotApplicableEnabled && answers[RefId]?.Value === undefined)
    .map(({ RefId }) => RefId);
}

/** An evaluation after a submission, whoever makes it. */
export function submitted(
  { score, scores, ...evaluation }: Evaluation,
  form: EvaluationFormVersion,
  at: Date,
  behaviour: ConnectBehaviour,
): Evaluation {
  return {
    ...evaluation,
    ...scoresOf(form, evaluation.answers, behaviour),
    status: "SUBMITTED",
    submissions: evaluation.submissions + 1,
    submittedTime: at,
  };
}
