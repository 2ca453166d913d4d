/** The resource's properties as the engine stores them, and what may change about each. */

/** The Pulumi type of the resource. */
export const TYPE = "pulumi-nodejs:dynamic/connect:ContactEvaluation";

/** Whether Amazon Connect fills in the answers itself. */
export interface AutoEvaluationConfiguration {
  /** Whether to evaluate automatically. */
  enabled: boolean;
}

/** What a stack author declares, resolved; `check` has validated it. */
export interface Inputs {
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
  autoEvaluationConfiguration?: AutoEvaluationConfiguration;
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
  autoEvaluationStatus?: string;
  createdTime: string;
  lastModifiedTime: string;
}

/** Scores that Amazon Connect computed, once the evaluation is submitted. */
export interface EvaluationScore {
  percentage?: number;
  notApplicable?: boolean;
  automaticFail?: boolean;
  appliedWeight?: number;
  earnedPoints?: number;
  maxBasePoint?: number;
  performanceCategory?: string;
}

/** The state of a resource. Of one whose start is unfinished only the ARN and the id are observed. */
export interface State extends Inputs, Partial<Observed> {
  evaluationArn: string;
  /** The value of the tag by which the resource recognizes its evaluation, as it was last set. */
  marker?: string;
}

/** Every input, and what a change of it means. */
export const ON_CHANGE: Readonly<Record<keyof Inputs, "replace" | "update">> = {
  instanceId: "replace",
  contactId: "replace",
  evaluationFormId: "replace",
  autoEvaluationConfiguration: "replace",
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
  "autoEvaluationStatus",
  "createdTime",
  "lastModifiedTime",
];

/** The SDK's word for a value that is not known yet; it stands at any depth, in place of a value of any type. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isUnknown = (value: unknown): value is typeof UNKNOWN => value === UNKNOWN;
