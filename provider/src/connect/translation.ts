import type {
  ContactEvaluation,
  DescribeContactEvaluationCommandOutput,
  EvaluationFormItem,
  EvaluationFormQuestion,
  EvaluationForm as FormOutput,
  EvaluationSummary as SummaryOutput,
} from "@aws-sdk/client-connect";
import { AwsError } from "../aws/awsError";
import type { ConnectArn } from "../shared/arns";
import type { ContactEvaluationSummary, EvaluationScore } from "../shared/model";
import { defined, plain } from "../shared/plain";
import type { AnswerValue, Changes, Evaluation, Form, GivenAnswer, Question, RecordedEvaluation } from "./evaluation";

/** Between the SDK's values and plain ones. */

/** What every answer of Connect has: without it, something else answered. */
export function demand<T>(member: T | undefined): T {
  if (member !== undefined) return member;
  throw new AwsError({
    name: "SyntaxError",
    message: "the answer lacks a part that every answer of Amazon Connect has",
  });
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
    score: Metadata?.Score && toScore(Metadata.Score),
    scores: evaluation.Scores && mapped(evaluation.Scores, toScore),
    autoEvaluationEnabled: Metadata?.AutoEvaluation?.AutoEvaluationEnabled,
    autoEvaluationStatus: Metadata?.AutoEvaluation?.AutoEvaluationStatus,
    createdTime: demand(evaluation.CreatedTime).toISOString(),
    lastModifiedTime: demand(evaluation.LastModifiedTime).toISOString(),
    tags: evaluation.Tags,
    answers: mapped(evaluation.Answers ?? {}, toGivenAnswer),
    notes: mapped(evaluation.Notes ?? {}, ({ Value = "" }) => Value),
    isReviewed: Metadata?.Review === undefined ? undefined : true,
    isAcknowledged: Metadata?.Acknowledgement === undefined ? undefined : true,
  });
}

type EvaluationOutput = NonNullable<DescribeContactEvaluationCommandOutput["Evaluation"]>;

function toGivenAnswer({ Value, SystemSuggestedValue, SuggestedAnswers = [] }: AnswerOutput): GivenAnswer {
  const suggestions = [SystemSuggestedValue, ...SuggestedAnswers.map((suggestion) => suggestion.Value)];
  return defined({ value: Value, suggestions: suggestions.filter((suggestion) => suggestion !== undefined) });
}

type AnswerOutput = NonNullable<EvaluationOutput["Answers"]>[string];

function toScore(score: ScoreOutput): EvaluationScore {
  const entries = Object.entries(score).map(([member, value]) => [
    member.charAt(0).toLowerCase() + member.slice(1),
    value,
  ]);
  return Object.fromEntries(entries) as EvaluationScore;
}

type ScoreOutput = NonNullable<EvaluationOutput["Scores"]>[string];

/** An entry without a value deletes what is stored. */
export function fromChanges({ answers, notes }: Changes) {
  const entryOf = <T>(value: T | undefined) => (value === undefined ? {} : { Value: value });
  const Answers = mapped(answers, entryOf<AnswerValue>);
  const Notes = mapped(notes, entryOf<string>);
  return {
    ...(Object.keys(Answers).length > 0 && { Answers: Answers as Record<string, { Value?: AnswerOutput["Value"] }> }),
    ...(Object.keys(Notes).length > 0 && { Notes }),
  };
}

function mapped<T, R>(from: Readonly<Record<string, T>>, to: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value)]));
}

/**
 * UntagResource takes its keys in the URL. HTTP recommends to support request lines of 8,000 bytes (RFC 9112, section 3),
 * and API Gateway takes 10,240 bytes together with the headers, a session token of some kilobytes among them.
 */
const LONGEST_QUERY = 6_000;

/**
 * The keys in as few calls of UntagResource as a URL allows. Whoever drops some twenty long keys of a script beyond Latin
 * at once needs a second call: without it the update fails, and nothing says that a smaller one would not.
 */
export function inUntagCalls(keys: readonly string[]): string[][] {
  const calls: string[][] = [];
  let room = 0;
  for (const key of keys) {
    const length = `&tagKeys=${encodeURIComponent(key)}`.length;
    if (length > room) {
      calls.push([]);
      room = LONGEST_QUERY;
    }
    calls.at(-1)?.push(key);
    room -= length;
  }
  return calls;
}

export function toSummary(summary: SummaryOutput): ContactEvaluationSummary {
  return defined({
    evaluationArn: demand(summary.EvaluationArn),
    evaluationId: demand(summary.EvaluationId),
    evaluationFormId: demand(summary.EvaluationFormId),
    evaluationFormTitle: demand(summary.EvaluationFormTitle),
    status: demand(summary.Status),
    evaluationType: summary.EvaluationType,
    calibrationSessionId: summary.CalibrationSessionId,
    evaluatorArn: summary.EvaluatorArn,
    score: summary.Score && toScore(summary.Score),
    autoEvaluationStatus: summary.AutoEvaluationStatus,
    createdTime: demand(summary.CreatedTime).toISOString(),
    lastModifiedTime: demand(summary.LastModifiedTime).toISOString(),
  });
}

/** Every member of the record's entry is optional in the API model; one without ARN or status says nothing. */
export function toRecorded(entry: ContactEvaluation): RecordedEvaluation[] {
  const { EvaluationArn: evaluationArn, FormId: evaluationFormId = "", Status: status, StartTimestamp } = entry;
  if (evaluationArn === undefined || status === undefined) return [];
  return [defined({ evaluationArn, evaluationFormId, status, startedTime: StartTimestamp?.toISOString() })];
}

export function toForm(form: FormOutput | undefined): Form {
  const { Title, EvaluationFormVersion, Status, ScoringStrategy, Items } = demand(form);
  const items = withNested(demand(Items));
  const questions = items.flatMap(({ Question: question }) => (question === undefined ? [] : [question]));
  return {
    title: demand(Title),
    version: demand(EvaluationFormVersion),
    isActive: Status === "ACTIVE",
    isScored: ScoringStrategy?.Status === "ENABLED",
    questions: Object.fromEntries(questions.map((question) => [demand(question.RefId), toQuestion(question)])),
    sections: items.flatMap(({ Section }) => (Section === undefined ? [] : [demand(Section.RefId)])),
  };
}

const withNested = (items: readonly EvaluationFormItem[]): EvaluationFormItem[] =>
  items.flatMap((item) => [item, ...withNested(item.Section?.Items ?? [])]);

function toQuestion({
  Title,
  QuestionType,
  NotApplicableEnabled,
  QuestionTypeProperties,
}: EvaluationFormQuestion): Question {
  const { Numeric, SingleSelect, MultiSelect } = QuestionTypeProperties ?? {};
  const options = SingleSelect?.Options ?? MultiSelect?.Options ?? [];
  return defined({
    title: demand(Title),
    type: demand(QuestionType),
    allowsNotApplicable: NotApplicableEnabled === true,
    options: options.map(({ RefId, Text }) => ({ refId: demand(RefId), text: demand(Text) })),
    range: Numeric && { min: demand(Numeric.MinValue), max: demand(Numeric.MaxValue) },
  });
}
