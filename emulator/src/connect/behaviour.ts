import type { ConnectOperationName } from "./model";
import type { EvaluationAnswerData, EvaluationStatus } from "./types";

/**
 * What AWS does not document about Connect, as switches: each has a question and the possible positions, of which
 * the first is the default.
 */
export const switches = {
  tokenOfDeletedEvaluation: {
    question: "What a start answers if its ClientToken belongs to an evaluation that was deleted",
    positions: ["old id", "new evaluation", "conflict", "not found"],
  },
  tokenWithOtherParameters: {
    question: "What a start answers if its ClientToken was used with other parameters, tags included",
    positions: ["ignored", "refused"],
  },
  tokenError: {
    question: "Which error refuses a ClientToken with other parameters",
    positions: ["ResourceConflictException", "IdempotencyException"],
  },
  secondEvaluation: {
    question: "Whether a contact may have a second live evaluation with the same form",
    positions: ["allowed", "refused"],
  },
  noActiveVersion: {
    question: "Which error refuses a start with a form that has no active version",
    positions: ["ResourceConflictException", "InvalidParameterException", "ResourceNotFoundException"],
  },
  evaluationOfDeletedForm: {
    question: "What DescribeContactEvaluation answers after the evaluation's form, or version of it, was deleted",
    positions: ["described", "ResourceConflictException", "ResourceNotFoundException"],
  },
  formTags: {
    question: "Whether a started evaluation gets a copy of its form's tags",
    positions: ["not copied", "copied"],
  },
  describeTags: {
    question: "Whether DescribeContactEvaluation fills Tags",
    positions: ["filled", "omitted"],
  },
  secondDelete: {
    question: "What deleting a deleted evaluation answers",
    positions: ["not found", "success"],
  },
  errorMember: {
    question: "Name of the member with the text of an error",
    positions: ["Message", "message"],
  },
  requestDate: {
    question: "When a request is refused for an x-amz-date that is no date, or is more than five minutes off",
    positions: ["unless moved", "always", "never"],
  },
  unfitAnswers: {
    question: "What happens to answers and notes that do not fit the form",
    positions: ["refused", "stored"],
  },
  optionsAccepted: {
    question: "Which spellings of an option an answer may have",
    positions: ["both", "text", "ref id"],
  },
  optionSpelling: {
    question: "How reads spell the options of an answer",
    positions: ["as written", "text", "ref id"],
  },
  textAnswers: {
    question: "How reads show the answer to a text question",
    positions: ["as written", "trimmed"],
  },
  numbers: {
    question: "How reads show a number",
    positions: ["as written", "rounded"],
  },
  dateTimeSpelling: {
    question: "How reads spell a date: as written, in UTC with milliseconds, or in UTC without them",
    positions: ["as written", "UTC", "seconds"],
  },
  repeatedOptions: {
    question: "What happens to an answer to a multiple selection that has an option twice",
    positions: ["refused", "stored"],
  },
  dateWithoutTime: {
    question: "What happens to the answer to a date question that has no time",
    positions: ["refused", "stored"],
  },
  unknownEvaluator: {
    question: "What a change on behalf of a user answers whom the instance does not have",
    positions: ["accepted", "refused", "not found"],
  },
  updateOfSubmitted: {
    question: "Which error refuses the update of an evaluation that is no draft",
    positions: ["ResourceConflictException", "InvalidParameterException", "InvalidRequestException"],
  },
  unansweredQuestions: {
    question: "Whether an evaluation with unanswered questions may be submitted",
    positions: ["allowed", "refused"],
  },
  submitInReview: {
    question: "Whether an evaluation in review may be submitted again",
    positions: ["refused", "allowed"],
  },
  unansweredScore: {
    question: "What a question without an answer counts in a score",
    positions: ["zero", "not applicable"],
  },
  fullScore: {
    question: "What a question's score is a share of",
    positions: ["ten", "best option"],
  },
  notApplicableWeight: {
    question: "Where the weight of a question that is not applicable goes if sections have the weights",
    positions: ["over the form", "within the section"],
  },
  subsectionWeight: {
    question: "What the weight of a subsection is a share of",
    positions: ["section", "form"],
  },
  automaticFailZero: {
    question:
      "What an automatic fail sets to zero: the form or section that it fails, or all from the question up to it",
    positions: ["scope", "path"],
  },
  bonusOption: {
    question: "What a bonus option earns: its points on top of the question's best other option, or its points alone",
    positions: ["on top", "its points"],
  },
  bonusPercentage: {
    question: "Whether bonus points lift a percentage above 100",
    positions: ["above 100", "capped"],
  },
  falseFlags: {
    question: "Whether a score has NotApplicable and AutomaticFail where they are false",
    positions: ["sent", "omitted"],
  },
  automatedSubmission: {
    question: "Which evaluations Connect submits by itself, right at the start",
    positions: ["none", "automated", "all"],
  },
  automationOutcome: {
    question: "How automation ends",
    positions: ["SUCCEEDED", "FAILED"],
  },
  suggestionsIn: {
    question: "Where automation puts its answers: beside the value, or in the value too unless a person set it",
    positions: ["SuggestedAnswers", "Value"],
  },
  contactRecord: {
    question: "Which evaluation of each form DescribeContact names; without a live one always the latest",
    positions: ["latest", "latest alive"],
  },
  unseenEvaluation: {
    question: "What DescribeContactEvaluation answers as long as it does not see a new evaluation",
    positions: ["ResourceNotFoundException", "InvalidRequestException"],
  },
} as const satisfies Record<string, { question: string; positions: readonly [string, ...string[]] }>;

type Switches = { -readonly [Name in keyof typeof switches]: (typeof switches)[Name]["positions"][number] };

/** Where an evaluation may stand. */
export const evaluationStatuses: readonly EvaluationStatus[] = [
  "DRAFT",
  "SUBMITTED",
  "REVIEW_REQUESTED",
  "UNDER_REVIEW",
];

/** The operations that read evaluations. Each may lag behind the writes. */
export const views = [
  "DescribeContactEvaluation",
  "ListContactEvaluations",
  "DescribeContact",
  "SearchContactEvaluations",
  "ListTagsForResource",
] as const satisfies ConnectOperationName[];

/** An operation that may lag behind the writes. */
export type View = (typeof views)[number];

/** Milliseconds, for all views or for each. */
export type Lag = number | Partial<Record<View, number>>;

/** All switches of the running Connect; each may be set at any time. */
export interface ConnectBehaviour extends Switches {
  /** Statuses in which DeleteContactEvaluation is refused with a conflict. @default [] */
  deleteInStatus: EvaluationStatus[];
  /** How many evaluations of an agent's contacts may be started in a month. @default Infinity */
  evaluationQuota: number;
  /** How long a ClientToken of a start is remembered. @default Infinity */
  tokenLifetimeMs: number;
  /** How many reads (Describe, ListTagsForResource) do not see a new evaluation. @default 0 */
  readAfterWriteDelayReads: number;
  /** How long the views do not show an evaluation that was started. @default 0 */
  startLagMs: Lag;
  /** How long the views still show an evaluation that was deleted. @default 0 */
  deleteLagMs: Lag;
  /** How long the views still show an evaluation as it was before an Update or a Submit. @default 0 */
  changeLagMs: Lag;
  /** For how long after a submission reads have no scores. @default 0 */
  scoreDelayMs: number;
  /** How long automation takes from the start of an evaluation. @default Infinity */
  automationMs: number;
  /** How long after a submission somebody asks for a review. @default Infinity */
  reviewMs: number;
  /** What automation answers, by question. @default {} */
  automatedAnswers: Record<string, EvaluationAnswerData>;
  /** The clock of timestamps, the Date header, lags, token lifetimes, sessions, and quotas. @default the real time */
  now: () => Date;
}

/** Every switch in its default position. */
export function defaultConnectBehaviour(): ConnectBehaviour {
  const positions = Object.entries(switches).map(([name, { positions }]) => [name, positions[0]]);
  return {
    ...(Object.fromEntries(positions) as Switches),
    deleteInStatus: [],
    evaluationQuota: Number.POSITIVE_INFINITY,
    tokenLifetimeMs: Number.POSITIVE_INFINITY,
    readAfterWriteDelayReads: 0,
    startLagMs: 0,
    deleteLagMs: 0,
    changeLagMs: 0,
    scoreDelayMs: 0,
    automationMs: Number.POSITIVE_INFINITY,
    reviewMs: Number.POSITIVE_INFINITY,
    automatedAnswers: {},
    now: () => new Date(),
  };
}
