import type { Shape } from "../wire/shape";
import extract from "./model.json";

/** The names of all operations. Written out, since declarations that import JSON need an option of the compiler. */
export const operationNames = [
  "StartContactEvaluation",
  "DescribeContactEvaluation",
  "UpdateContactEvaluation",
  "SubmitContactEvaluation",
  "DeleteContactEvaluation",
  "ListContactEvaluations",
  "SearchContactEvaluations",
  "TagResource",
  "UntagResource",
  "ListTagsForResource",
  "CreateEvaluationForm",
  "UpdateEvaluationForm",
  "DescribeEvaluationForm",
  "DeleteEvaluationForm",
  "ActivateEvaluationForm",
  "DeactivateEvaluationForm",
  "ListEvaluationForms",
  "ListEvaluationFormVersions",
  "DescribeContact",
  "DescribeInstance",
] as const;

/** An operation that the emulator serves. */
export type ConnectOperationName = (typeof operationNames)[number];

/** How one operation travels over HTTP, and which errors it models. */
export interface OperationModel {
  method: string;
  uri: string;
  input: string;
  /** Members outside the body; `as` is their name on the wire where it differs. */
  bindings: Record<string, { in: string; as?: string }>;
  errors: string[];
}

/** The API model of the served operations of Connect. */
export const model: {
  operations: Record<ConnectOperationName, OperationModel>;
  errors: Record<string, number>;
  shapes: Record<string, Shape>;
} = extract;
