import type { EvaluationStatus } from "./types";

/**
 * What nobody outside AWS knows for certain about Connect, as switches: each has a question, its
 * possible positions, and the first position as its default.
 */
export const switches = {
  tokenOfDeletedEvaluation: {
    question: "What a start answers whose ClientToken belongs to an evaluation deleted since",
    positions: ["old id", "new evaluation", "conflict", "not found"],
  },
  tokenWithOtherParameters: {
    question: "What a start answers whose ClientToken was used with other parameters (Tags count)",
    positions: ["ignored", "refused"],
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
    question: "How an error answer spells the member with its text",
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
    question: "Whether an evaluation whose review is requested or under way may be submitted again",
    positions: ["refused", "allowed"],
  },
} as const satisfies Record<string, { question: string; positions: readonly [string, ...string[]] }>;

type Switches = { -readonly [Name in keyof typeof switches]: (typeof switches)[Name]["positions"][number] };

/** All switches of the running Connect; each may be set at any time. */
export interface Behaviour extends Switches {
  /** Statuses in which DeleteContactEvaluation is refused with a conflict. @default [] */
  deleteInStatus: EvaluationStatus[];
  /** How long a ClientToken of a start is remembered. @default Infinity */
  tokenLifetimeMs: number;
  /** How many reads of a fresh evaluation (Describe, ListTagsForResource) answer 404. @default 0 */
  readAfterWriteDelayReads: number;
  /** The clock of timestamps, token lifetimes and throttling. @default the real time */
  now: () => Date;
}

/** Every switch in its default position. */
export function defaultBehaviour(): Behaviour {
  const positions = Object.entries(switches).map(([name, { positions }]) => [name, positions[0]]);
  return {
    ...(Object.fromEntries(positions) as Switches),
    deleteInStatus: [],
    tokenLifetimeMs: Number.POSITIVE_INFINITY,
    readAfterWriteDelayReads: 0,
    now: () => new Date(),
  };
}
