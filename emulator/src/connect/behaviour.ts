import type { ConnectOperationName } from "./model";
import type { EvaluationStatus } from "./types";

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
  unknownQuestions: {
    question: "Whether an answer to a question that the form does not have is stored",
    positions: ["stored", "refused"],
  },
  unansweredQuestions: {
    question: "Whether an evaluation with unanswered questions may be submitted",
    positions: ["allowed", "refused"],
  },
  submitInReview: {
    question: "Whether an evaluation in review may be submitted again",
    positions: ["refused", "allowed"],
  },
  automatedSubmission: {
    question: "Which evaluations Connect submits by itself, right at the start",
    positions: ["none", "automated", "all"],
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
  /** How long a ClientToken of a start is remembered. @default Infinity */
  tokenLifetimeMs: number;
  /** How many reads (Describe, ListTagsForResource) do not see a new evaluation. @default 0 */
  readAfterWriteDelayReads: number;
  /** How long the views do not show an evaluation that was started. @default 0 */
  startLagMs: Lag;
  /** How long the views still show an evaluation that was deleted. @default 0 */
  deleteLagMs: Lag;
  /** The clock of timestamps, the Date header, lags, token lifetimes, sessions, and quotas. @default the real time */
  now: () => Date;
}

/** Every switch in its default position. */
export function defaultConnectBehaviour(): ConnectBehaviour {
  const positions = Object.entries(switches).map(([name, { positions }]) => [name, positions[0]]);
  return {
    ...(Object.fromEntries(positions) as Switches),
    deleteInStatus: [],
    tokenLifetimeMs: Number.POSITIVE_INFINITY,
    readAfterWriteDelayReads: 0,
    startLagMs: 0,
    deleteLagMs: 0,
    now: () => new Date(),
  };
}
