import { defined } from "../../wire/plain";
import { acknowledgementOf } from "../acknowledgement";
import { instanceOf, type Operation, timestamp } from "../context";
import { type PageInput, page } from "../pages";
import { meetsCriteria, type SearchCriteria } from "../search/criteria";
import { passesFilter, type SearchFilter } from "../search/filter";
import type { Evaluation } from "../store";
import { liveInView } from "../visibility";

/** Input of SearchContactEvaluations. */
export interface SearchContactEvaluationsInput extends PageInput {
  InstanceId: string;
  SearchCriteria?: SearchCriteria;
  SearchFilter?: SearchFilter;
}

/** Finds live evaluations in pages, oldest first; the total is exact here. */
export const searchContactEvaluations: Operation<SearchContactEvaluationsInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const meets = meetsCriteria(input.SearchCriteria ?? {});
  const passes = passesFilter(input.SearchFilter ?? {});
  const live = liveInView(context, "SearchContactEvaluations", instance);
  const matches = live.filter((evaluation) => meets(evaluation) && passes(evaluation));
  const { items, next } = page(matches, input);
  return { EvaluationSearchSummaryList: items.map(summary), ApproximateTotalCount: matches.length, ...next };
};

function summary(evaluation: Evaluation): object {
  return {
    EvaluationId: evaluation.evaluationId,
    EvaluationArn: evaluation.arn,
    EvaluationFormId: evaluation.evaluationFormId,
    EvaluationFormVersion: evaluation.evaluationFormVersion,
    EvaluationFormTitle: evaluation.evaluationFormTitle,
    Metadata: metadata(evaluation),
    Status: evaluation.status,
    EvaluationType: evaluation.evaluationType,
    CreatedTime: timestamp(evaluation.createdTime),
    LastModifiedTime: timestamp(evaluation.lastModifiedTime),
    Tags: evaluation.tags,
  };
}

function metadata(evaluation: Evaluation): object {
  return defined({
    ContactId: evaluation.contactId,
    EvaluatorArn: evaluation.evaluatorArn,
    ContactAgentId: evaluation.contactAgentId,
    ScorePercentage: evaluation.score?.Percentage,
    ScoreAutomaticFail: evaluation.score?.AutomaticFail,
    ScoreNotApplicable: evaluation.score?.NotApplicable,
    AutoEvaluationEnabled: evaluation.autoEvaluation?.enabled,
    AutoEvaluationStatus: evaluation.autoEvaluation?.status,
    EarnedPoints: evaluation.score?.EarnedPoints,
    MaxBasePoint: evaluation.score?.MaxBasePoint,
    PerformanceCategory: evaluation.score?.PerformanceCategory,
    ReviewId: evaluation.review?.reviewId,
    ...(evaluation.acknowledgement ? acknowledgementOf(evaluation.acknowledgement) : {}),
  });
}
