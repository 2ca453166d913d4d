import { type Changes, mergeChanges, unknownQuestions } from "../answers";
import { evaluatorArn } from "../arns";
import { type Context, instanceOf, type Operation } from "../context";
import { connectError } from "../errors";
import type { Evaluation, EvaluationFormVersion, Instance } from "../store";
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
    throw connectError("ResourceConflictException", message);
  }
  change(context, instance, evaluation, input, input.UpdatedBy);
  return { EvaluationId: evaluation.evaluationId, EvaluationArn: evaluation.arn };
};

/** Stores the changes of an Update or a Submit and who made them; answers with the pinned form version. */
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
