import type {
  ContactEvaluation,
  DescribeContactEvaluationCommandOutput,
  EvaluationSummary as SummaryOutput,
} from "@aws-sdk/client-connect";
import { AwsError } from "../aws/awsError";
import type { ConnectArn } from "../shared/arns";
import type { EvaluationScore } from "../shared/model";
import { defined, plain } from "../shared/plain";
import type { Evaluation, EvaluationSummary, RecordedEvaluation } from "./evaluation";

/** From the SDK's answers to plain values. */

/** A member that the API model requires; its absence is an answer that is not Connect's. */
export function demand<T>(member: T | undefined): T {
  if (member !== undefined) return member;
  throw new AwsError({ name: "SyntaxError", message: "the answer lacks a member that the API promises" });
}

export function toEvaluation(
  { instanceId }: ConnectArn,
  { Evaluation, EvaluationForm }: DescribeContactEvaluationCommandOutput,
): Evaluation {
  const { Metadata, ...evaluation } = demand(Evaluation);
  return plain<Evaluation>({
    evaluationArn: demand(evaluation.EvaluationArn),
    evaluationId: demand(evaluation.EvaluationId),
    instanceId,
    contactId: demand(Metadata?.ContactId),
    evaluationFormId: demand(EvaluationForm?.EvaluationFormId),
    evaluationFormVersion: EvaluationForm?.EvaluationFormVersion,
    status: demand(evaluation.Status),
    evaluationType: evaluation.EvaluationType,
    evaluatorArn: Metadata?.EvaluatorArn,
    contactAgentId: Metadata?.ContactAgentId,
    score: toScore(Metadata?.Score),
    autoEvaluationEnabled: Metadata?.AutoEvaluation?.AutoEvaluationEnabled,
    autoEvaluationStatus: Metadata?.AutoEvaluation?.AutoEvaluationStatus,
    createdTime: demand(evaluation.CreatedTime).toISOString(),
    lastModifiedTime: demand(evaluation.LastModifiedTime).toISOString(),
    tags: evaluation.Tags,
    answers: mapped(evaluation.Answers ?? {}, toAnswer),
    notes: mapped(evaluation.Notes ?? {}, ({ Value = "" }) => Value),
  });
}

type AnswerOutput = NonNullable<NonNullable<DescribeContactEvaluationCommandOutput["Evaluation"]>["Answers"]>[string];

function toAnswer({ Value, SystemSuggestedValue, SuggestedAnswers = [] }: AnswerOutput) {
  const suggestions = [SystemSuggestedValue, ...SuggestedAnswers.map((suggestion) => suggestion.Value)];
  return defined({ value: Value, suggestions: suggestions.filter((suggestion) => suggestion !== undefined) });
}

type ScoreOutput = NonNullable<NonNullable<DescribeContactEvaluationCommandOutput["Evaluation"]>["Metadata"]>["Score"];

function toScore(score: ScoreOutput): EvaluationScore | undefined {
  if (score === undefined) return undefined;
  const entries = Object.entries(score).map(([member, value]) => [
    member.charAt(0).toLowerCase() + member.slice(1),
    value,
  ]);
  return Object.fromEntries(entries) as EvaluationScore;
}

function mapped<T, R>(from: Readonly<Record<string, T>>, to: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value)]));
}

export function toSummary(summary: SummaryOutput): EvaluationSummary {
  return {
    evaluationArn: demand(summary.EvaluationArn),
    evaluationFormId: demand(summary.EvaluationFormId),
    evaluationType: summary.EvaluationType,
    status: demand(summary.Status),
    createdTime: demand(summary.CreatedTime).toISOString(),
  };
}

/** Every member of the record's entry is optional in the API model; one without ARN or status says nothing. */
export function toRecorded(entry: ContactEvaluation): RecordedEvaluation[] {
  const { EvaluationArn: evaluationArn, FormId: evaluationFormId = "", Status: status, StartTimestamp } = entry;
  if (evaluationArn === undefined || status === undefined) return [];
  return [defined({ evaluationArn, evaluationFormId, status, startedTime: StartTimestamp?.toISOString() })];
}
