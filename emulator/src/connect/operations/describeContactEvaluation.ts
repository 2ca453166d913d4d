import { defined } from "../../wire/plain";
import { acknowledgementOf } from "../acknowledgement";
import { type Context, type EvaluationInput, instanceOf, type Operation, timestamp } from "../context";
import { connectError } from "../errors";
import { formContent } from "../formVersions";
import { spelled } from "../spelling";
import type { Evaluation, EvaluationFormVersion, Review } from "../store";
import { evaluationInView } from "../visibility";

/** Describes an evaluation and the version of the form it was started with. */
export const describeContactEvaluation: Operation<EvaluationInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const evaluation = evaluationInView(context, instance, input.EvaluationId);
  const version = context.store.formVersionOf(evaluation);
  if (version.isDeleted) refuseDeletedForm(context, evaluation);
  return {
    Evaluation: describe(context, evaluation, version),
    EvaluationForm: {
      EvaluationFormVersion: version.version,
      EvaluationFormId: evaluation.evaluationFormId,
      EvaluationFormArn: `${instance.arn}/evaluation-form/${evaluation.evaluationFormId}`,
      ...formContent(version),
    },
  };
};

function refuseDeletedForm({ behaviour }: Context, { evaluationFormId }: Evaluation): void {
  const { evaluationOfDeletedForm } = behaviour;
  if (evaluationOfDeletedForm === "described") return;
  throw connectError(evaluationOfDeletedForm, `Evaluation form ${evaluationFormId} was deleted`);
}

function describe({ behaviour }: Context, evaluation: Evaluation, form: EvaluationFormVersion): object {
  return defined({
    EvaluationId: evaluation.evaluationId,
    EvaluationArn: evaluation.arn,
    Metadata: metadata(evaluation),
    Answers: spelled(behaviour, form, evaluation.answers),
    Notes: evaluation.notes,
    Status: evaluation.status,
    Scores: evaluation.scores,
    CreatedTime: timestamp(evaluation.createdTime),
    LastModifiedTime: timestamp(evaluation.lastModifiedTime),
    EvaluationType: evaluation.evaluationType,
    Tags: behaviour.describeTags === "filled" ? evaluation.tags : undefined,
  });
}

function metadata(evaluation: Evaluation): object {
  const { autoEvaluation, acknowledgement, review } = evaluation;
  return defined({
    ContactId: evaluation.contactId,
    EvaluatorArn: evaluation.evaluatorArn,
    ContactAgentId: evaluation.contactAgentId,
    Score: evaluation.score,
    AutoEvaluation: autoEvaluation && {
      AutoEvaluationEnabled: autoEvaluation.enabled,
      AutoEvaluationStatus: autoEvaluation.status,
    },
    Acknowledgement: acknowledgement && acknowledgementOf(acknowledgement),
    Review: review && reviewOf(review),
  });
}

function reviewOf({ reviewId, requestedTime, requestedBy, comment, createdTime, createdBy }: Review): object {
  const requested = timestamp(requestedTime);
  return defined({
    ReviewId: reviewId,
    RequestedTime: requested,
    RequestedBy: requestedBy,
    CreatedTime: createdTime && timestamp(createdTime),
    CreatedBy: createdBy,
    ReviewRequestComments: [{ Comment: comment, CreatedTime: requested, CreatedBy: requestedBy }],
  });
}
