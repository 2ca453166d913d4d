/** The resource's properties as the engine stores them, and what may change about each. */

/** The Pulumi type of the resource. */
export const TYPE = "pulumi-nodejs:dynamic/connect:ContactEvaluation";

/** A JSON object whose values nobody has checked yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether Amazon Connect fills in the answers itself. */
export interface AutoEvaluationConfiguration {
  /** Whether to evaluate automatically. */
  enabled: boolean;
}

/** What a stack author declares, resolved; `check` has validated it. */
export interface Declared {
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
  autoEvaluationConfiguration?: AutoEvaluationConfiguration;
  clientToken?: string;
  tags?: Record<string, string>;
  region?: string;
  forceDestroy?: boolean;
}

/** What the class passes beside them. Every one of these stands in users' states. */
export interface Hidden {
  /** How the engine finds this provider; see providerSource.ts. */
  __provider?: string;
  /** Identity of the resource: a hash of organisation and URN, which the engine does not tell a dynamic provider. */
  __key?: string;
  /** ARN of an existing evaluation to adopt: the resource option `import`, which the engine cannot serve here. */
  __import?: string;
  /** The resource option `retainOnDelete`, which `diff` cannot see otherwise. */
  __retainOnDelete?: boolean;
}

export interface Inputs extends Declared, Hidden {}

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

/** The state of a resource. Of one whose start was not finished only the ARN and the id are observed. */
export interface Outputs extends Inputs, Partial<Observed> {
  evaluationArn: string;
}

/** Every declared property, and what a change of it means. */
export const ON_CHANGE: Readonly<Record<keyof Declared, "replace" | "update">> = {
  instanceId: "replace",
  contactId: "replace",
  evaluationFormId: "replace",
  autoEvaluationConfiguration: "replace",
  region: "replace",
  clientToken: "update",
  tags: "update",
  forceDestroy: "update",
};

export const DECLARED = Object.keys(ON_CHANGE) as (keyof Declared)[];

export const HIDDEN: readonly (keyof Hidden)[] = ["__provider", "__key", "__import", "__retainOnDelete"];

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

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The same value as plain JSON: the engine's struct encoder fails on `undefined`, and on it alone after this. */
export function plain<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The named properties of `from`, those that are there. */
export function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Pick<T, K>;
}
