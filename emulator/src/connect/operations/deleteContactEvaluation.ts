import { type EvaluationInput, instanceOf, type Operation } from "../context";
import { connectError } from "../errors";

/** Deletes an evaluation. Its tags and its entry in the contact's record stay. */
export const deleteContactEvaluation: Operation<EvaluationInput> = (context, input) => {
  const { store, behaviour } = context;
  const instance = instanceOf(context, input);
  const wasDeleted = instance.evaluations.get(input.EvaluationId)?.deletedTime !== undefined;
  if (wasDeleted && behaviour.secondDelete === "success") return undefined;
  const evaluation = store.evaluationOrThrow(instance, input.EvaluationId);
  if (behaviour.deleteInStatus.includes(evaluation.status)) {
    const message = `Contact evaluation ${evaluation.evaluationId} is ${evaluation.status} and is not deleted`;
    throw connectError("ResourceConflictException", message);
  }
  store.delete(evaluation, behaviour.now());
  return undefined;
};
