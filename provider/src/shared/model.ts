/** The resource's properties as the engine stores them, and what may change about each. */

/** Whether Amazon Connect fills in the answers itself. */
export interface AutoEvaluationConfiguration {
  /** Whether to evaluate automatically. */
  enabled: boolean;
}

/** How long to wait for Amazon Connect's own answers. */
export interface WaitForAutoEvaluation {
  /** Seconds, 1 to 3600. Default: 300. */
  timeoutSeconds?: number;
}

/**
 * The answer to a question of the form: to a single select an option's text or its RefId, to a text question the text,
 * to a numeric one the number, to a multi select the options, to a date question the time in ISO 8601.
 */
export type Answer = string | number | string[] | { dateTime: string } | { notApplicable: true };

/** What a stack author declares, resolved; `check` has validated it. */
export interface Inputs {
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
  evaluationFormVersion?: number;
  autoEvaluationConfiguration?: AutoEvaluationConfiguration;
  waitForAutoEvaluation?: WaitForAutoEvaluation;
  /** By the RefId of the question. */
  answers?: Record<string, Answer>;
  /** By the RefId of the question or section. */
  notes?: Record<string, string>;
  submit?: boolean;
  evaluator?: string;
  triggers?: unknown[];
  clientToken?: string;
  tags?: Record<string, string>;
  region?: string;
  forceDestroy?: boolean;
}

/** What the service alone decides. None of it ever causes a diff. */
export interface Observed {
  evaluationId: string;
  status: string;
  evaluationType?: string;
  evaluationFormVersion?: number;
  evaluatorArn?: string;
  contactAgentId?: string;
  score?: EvaluationScore;
  /** By the RefId of the section or question. */
  scores?: Record<string, EvaluationScore>;
  autoEvaluationStatus?: string;
  createdTime: string;
  lastModifiedTime: string;
}

/** A score that Amazon Connect computed after submission, of the whole evaluation, a section, or a question. */
export interface EvaluationScore {
  /** 0 to 100. */
  percentage?: number;
  /** Whether it was marked as not applicable. */
  notApplicable?: boolean;
  /** Whether an answer made it fail, whatever the others are. */
  automaticFail?: boolean;
  /** The weight that it had in the overall score. */
  appliedWeight?: number;
  /** With scoring by points: those that the answers earned. */
  earnedPoints?: number;
  /** With scoring by points: the most that there are without a bonus. */
  maxBasePoint?: number;
  /** NEEDS_IMPROVEMENT or EXCEEDS_EXPECTATIONS, where the form has such thresholds. */
  performanceCategory?: string;
}

/** What a contact's list of evaluations says of one of them. */
export interface ContactEvaluationSummary {
  /** The ARN of the evaluation. */
  evaluationArn: string;
  /** The id of the evaluation in its instance. */
  evaluationId: string;
  /** The id of the evaluation form. */
  evaluationFormId: string;
  /** The title of the evaluation form. */
  evaluationFormTitle: string;
  /** DRAFT, SUBMITTED, REVIEW_REQUESTED, UNDER_REVIEW, or what Connect adds to these. */
  status: string;
  /** STANDARD, or CALIBRATION for one that a calibration session made. */
  evaluationType?: string;
  /** The id of the calibration session, for one that a session made. */
  calibrationSessionId?: string;
  /** The ARN of who last updated the evaluation: a user of Connect, or an IAM identity. */
  evaluatorArn?: string;
  /** The overall score, once Connect computed one. */
  score?: EvaluationScore;
  /** IN_PROGRESS, FAILED, or SUCCEEDED, where Connect evaluates automatically. */
  autoEvaluationStatus?: string;
  /** When the evaluation was started, in ISO 8601. */
  createdTime: string;
  /** When the evaluation was last changed, in ISO 8601. */
  lastModifiedTime: string;
}

/** What `getContactEvaluations` gives. */
export interface GetContactEvaluationsResult {
  /** The evaluations of the contact, the oldest first. */
  evaluations: ContactEvaluationSummary[];
}

/** The state of a resource. Of one whose start is unfinished only the ARN, the id, and, as far as it is known, the time and
 * the form's version are observed: it has no status. */
export interface State extends Inputs, Partial<Observed> {
  evaluationArn: string;
  /** The value of the tag by which the resource recognizes its evaluation; it says, too, in which life the resource has it. */
  marker?: string;
  /** What a look found in its place, or the empty text where the evaluation had no such tag. */
  foundMarker?: string;
  /** What the resource itself wrote, by name and as fingerprints (work/ledger.ts). */
  written?: string;
  /** Whether the program declared the form's version, which is an output as well. */
  expectsVersion?: boolean;
}

/** Every input, and what a change of it means; for some it depends (verbs/diff.ts). */
export const ON_CHANGE: Readonly<Record<keyof Inputs, "replace" | "update">> = {
  instanceId: "replace",
  contactId: "replace",
  evaluationFormId: "replace",
  evaluationFormVersion: "replace",
  autoEvaluationConfiguration: "replace",
  waitForAutoEvaluation: "update",
  answers: "update",
  notes: "update",
  submit: "update",
  evaluator: "update",
  triggers: "replace",
  region: "replace",
  clientToken: "update",
  tags: "update",
  forceDestroy: "update",
};

export const INPUTS = Object.keys(ON_CHANGE) as (keyof Inputs)[];

export const OBSERVED: readonly (keyof Observed)[] = [
  "evaluationId",
  "status",
  "evaluationType",
  "evaluationFormVersion",
  "evaluatorArn",
  "contactAgentId",
  "score",
  "scores",
  "autoEvaluationStatus",
  "createdTime",
  "lastModifiedTime",
];

/** The SDK's word for a value that is not known yet; it stands at any depth, in place of a value of any type. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isUnknown = (value: unknown): value is typeof UNKNOWN => value === UNKNOWN;
