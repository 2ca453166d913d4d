import { defined } from "../../wire/plain";
import { type Context, type EvaluationInput, instanceOf, type Operation, timestamp } from "../context";
import { formContent } from "../formVersions";
import type { Evaluation, EvaluationForm, EvaluationFormVersion } from "../store";
import { evaluationInView } from "../visibility";

/** Describes an evaluation and the version of the form it was started with. */
export const describeContactEvaluation: Operation<EvaluationInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const evaluation = evaluationInView(context, instance, input.EvaluationId);
  const form = context.store.formOrThrow(instance, evaluation.evaluationFormId);
  const version = context.store.formVersionOrThrow(form, evaluation.evaluationFormVersion);
  return { Evaluation: describe(context, evaluation), EvaluationForm: evaluationFormOf(form, version) };
};

function describe(context: Context, evaluation: Evaluation): object {
  return defined({
    EvaluationId: evaluation.evaluationId,
    EvaluationArn: evaluation.arn,
    Metadata: metadata(evaluation),
    Answers: evaluation.answers,
    Notes: evaluation.notes,
    Status: evaluation.status,
    CreatedTime: timestamp(evaluation.createdTime),
    LastModifiedTime: timestamp(evaluation.lastModifiedTime),
    EvaluationType: evaluation.evaluationType,
    Tags: context.behaviour.describeTags === "filled" ? evaluation.tags : undefined,
  });
}

function metadata(evaluation: Evaluation): object {
  const { autoEvaluation } = evaluation;
  return defined({
    ContactId: evaluation.contactId,
    EvaluatorArn: evaluation.evaluatorArn,
    ContactAgentId: evaluation.contactAgentId,
    Score: evaluation.score,
    AutoEvaluation: autoEvaluation && {
      AutoEvaluationEnabled: autoEvaluation.enabled,
      AutoEvaluationStatus: autoEvaluation.status,
    },
  });
}

function evaluationFormOf(form: EvaluationForm, version: EvaluationFormVersion): object {
  return {
    EvaluationFormVersion: version.version,
    EvaluationFormId: form.evaluationFormId,
    EvaluationFormArn: form.arn,
    ...formContent(version),
  };
}
