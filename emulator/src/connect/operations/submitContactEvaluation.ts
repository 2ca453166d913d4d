import { type Changes, change } from "../changes";
import { instanceOf, type Operation } from "../context";
import { connectError } from "../errors";
import { scoreOf, unanswered } from "../questions";
import type { Evaluation, EvaluationFormVersion } from "../store";
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
  // On a copy, because a refused submission must not store its answers.
  const submitted = { ...evaluation };
  const form = change(context, instance, submitted, input, input.SubmittedBy);
  if (context.behaviour.unansweredQuestions === "refused") refuseUnanswered(submitted, form);
  Object.assign(evaluation, submitted, {
    status: "SUBMITTED",
    score: scoreOf(submitted, form),
    submissions: evaluation.submissions + 1,
    submittedTime: context.behaviour.now(),
  });
  return { EvaluationId: evaluation.evaluationId, EvaluationArn: evaluation.arn };
};

function refuseUnanswered(evaluation: Evaluation, form: EvaluationFormVersion): void {
  const open = unanswered(evaluation, form);
  if (open.length === 0) return;
  throw connectError("InvalidParameterException", `Answers: no answer to ${open.join(", ")}`);
}
