import type { ConnectBehaviour } from "./behaviour";
import type { Evaluation, Store } from "./store";
import { submitted } from "./submission";
import type { EvaluationAnswerData, EvaluationAnswerOutput } from "./types";

/** Ends the automation of all evaluations that have waited for it long enough. */
export function endAutomation(store: Store, behaviour: ConnectBehaviour): void {
  for (const evaluation of store.automated.take(behaviour.now(), behaviour.automationMs)) {
    if (evaluation.autoEvaluation?.status !== "IN_PROGRESS") continue;
    const end = new Date(evaluation.createdTime.getTime() + behaviour.automationMs);
    if (behaviour.automationOutcome === "SUCCEEDED") suggest(evaluation, behaviour.automatedAnswers, behaviour);
    evaluation.autoEvaluation = { enabled: true, status: behaviour.automationOutcome };
    evaluation.lastModifiedTime = end;
  }
}

/** Puts what automation found into an evaluation. */
export function suggest(
  evaluation: Evaluation,
  answers: Record<string, EvaluationAnswerData>,
  { suggestionsIn }: Pick<ConnectBehaviour, "suggestionsIn">,
): void {
  for (const [question, suggested] of Object.entries(answers)) {
    const known = evaluation.answers[question];
    const filled: EvaluationAnswerOutput = suggestionsIn === "Value" ? { Value: suggested } : {};
    evaluation.answers[question] = {
      ...filled,
      ...known,
      SystemSuggestedValue: suggested,
      SuggestedAnswers: [{ Value: suggested, Status: "SUCCEEDED", AnalysisType: "GEN_AI" }],
    };
  }
}

/** Connect submits an evaluation by itself: the evaluator stays as it is. */
export function submitAutomatically(store: Store, evaluation: Evaluation, behaviour: ConnectBehaviour): void {
  if (evaluation.autoEvaluation?.enabled) {
    suggest(evaluation, behaviour.automatedAnswers, behaviour);
    evaluation.autoEvaluation = { enabled: true, status: "SUCCEEDED" };
  }
  const form = store.formVersionOf(evaluation);
  Object.assign(evaluation, submitted(evaluation, form, behaviour.now(), behaviour));
  evaluation.lastModifiedTime = behaviour.now();
}
