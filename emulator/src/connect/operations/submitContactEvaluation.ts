import { changed, commit } from "../changes";
import { instanceOf, type Operation } from "../context";
import { connectError } from "../errors";
import type { Changes } from "../fit";
import type { Evaluation, EvaluationFormVersion } from "../store";
import { submitted, unanswered } from "../submission";
import type { EvaluatorUserUnion } from "../types";

/** Input of SubmitContactEvaluation. */
export interface SubmitContactEvaluationInput extends Changes {
  InstanceId: string;
  EvaluationId: string;
  SubmittedBy?: EvaluatorUserUnion;
}

const inReview = ["REVIEW_REQUESTED", "UNDER_REVIEW"];

/** Merges answers and notes and submits the evaluation; a second time is a resubmission. */
export const submitContactEvaluation: Operation<SubmitContactEvaluationInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const evaluation = context.store.evaluationOrThrow(instance, input.EvaluationId);
  if (context.behaviour.submitInReview === "refused" && inReview.includes(evaluation.status)) {
    const message = `Contact evaluation ${evaluation.evaluationId} is ${evaluation.status} and is not submitted again`;
    throw connectError("ResourceConflictException", message);
  }
  const copy = changed(context, instance, evaluation, input, input.SubmittedBy);
  const form = context.store.formVersionOf(evaluation);
  if (context.behaviour.unansweredQuestions === "refused") refuseUnanswered(copy, form);
  commit(context, evaluation, submitted(copy, form, copy.lastModifiedTime, context.behaviour));
  return { EvaluationId: evaluation.evaluationId, EvaluationArn: evaluation.arn };
};

function refuseUnanswered(evaluation: Evaluation, form: EvaluationFormVersion): void {
  const open = unanswered(evaluation, form);
  if (open.length === 0) return;
  throw connectError("InvalidParameterException", `Answers: no answer to ${open.join(", ")}`);
}
