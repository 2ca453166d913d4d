import { changed, commit } from "../changes";
import { instanceOf, type Operation } from "../context";
import { connectError } from "../errors";
import type { Changes } from "../fit";
import type { EvaluatorUserUnion } from "../types";

/** Input of UpdateContactEvaluation. */
export interface UpdateContactEvaluationInput extends Changes {
  InstanceId: string;
  EvaluationId: string;
  UpdatedBy?: EvaluatorUserUnion;
}

/** Merges answers and notes into a draft. */
export const updateContactEvaluation: Operation<UpdateContactEvaluationInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const evaluation = context.store.evaluationOrThrow(instance, input.EvaluationId);
  if (evaluation.status !== "DRAFT") {
    const message = `Contact evaluation ${evaluation.evaluationId} is ${evaluation.status}, only a draft is updated`;
    throw connectError(context.behaviour.updateOfSubmitted, message);
  }
  commit(context, evaluation, changed(context, instance, evaluation, input, input.UpdatedBy));
  return { EvaluationId: evaluation.evaluationId, EvaluationArn: evaluation.arn };
};
