import type { ValidateFunction } from "ajv";
import type { JsonSchema } from "./schema";

/** A broken rule, as Ajv reports it. */
export interface Violation {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
  parentSchema?: JsonSchema;
  propertyName?: string;
}

/** What Ajv found in the last value. */
export function violationsOf({ errors }: ValidateFunction): Violation[] {
  return (errors ?? []) as unknown as Violation[];
}

/** Says which member is wrong and what it must be. */
export function describeViolation(violation: Violation): string {
  const { keyword, message = "is not valid", parentSchema } = violation;
  const say = sayings[keyword];
  const described = typeof parentSchema?.description === "string" ? `must be ${parentSchema.description}` : message;
  return [memberPath(violation), say ? say(violation) : described].filter(Boolean).join(": ");
}

const sayings: Record<string, (violation: Violation) => string> = {
  required: () => "is required",
  oneOf: ({ parentSchema }) => `must have exactly one of ${alternatives(parentSchema).join(", ")}`,
  enum: ({ params }) => `must be one of ${[params.allowedValues].flat().join(", ")}`,
  additionalProperties: ({ parentSchema }) =>
    `is not known; allowed are ${Object.keys(parentSchema?.properties ?? {}).join(", ")}`,
  "false schema": () => "does not go with the members beside it",
};

function alternatives({ oneOf }: JsonSchema = {}): string[] {
  return ((oneOf ?? []) as { required: string[] }[]).flatMap(({ required }) => required);
}

function memberPath({ instancePath, keyword, params, propertyName }: Violation): string {
  const steps = instancePath.split("/").slice(1).map(unescapePointer);
  if (keyword === "required") steps.push(String(params.missingProperty));
  if (keyword === "additionalProperties") steps.push(String(params.additionalProperty));
  if (propertyName !== undefined) steps.push(propertyName);
  return steps.join(".");
}

function unescapePointer(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
