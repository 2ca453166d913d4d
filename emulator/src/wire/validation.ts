import { Ajv } from "ajv";
import { type JsonSchema, shapesSchema } from "./schema";
import type { Input } from "./service";
import type { Shape } from "./shape";

/** A broken rule, as Ajv reports it. */
interface Violation {
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
  parentSchema?: JsonSchema;
  propertyName?: string;
}

/** Says which member of an input is wrong and what it must be; undefined if none is. Drops unknown members. */
export type FindViolation<Name extends string> = (operation: Name, input: Input) => string | undefined;

/** Checks inputs against the model of a service: members of path, query, and body together. */
export function inputValidation<Name extends string>(
  service: string,
  { operations, shapes }: { operations: Record<Name, { input: string }>; shapes: Record<string, Shape> },
): FindViolation<Name> {
  const ajv = new Ajv({ removeAdditional: true, verbose: true });
  ajv.addSchema(shapesSchema(service, shapes));
  return (operation, input) => {
    const check = ajv.getSchema(`${service}#/definitions/${operations[operation].input}`);
    if (check === undefined) throw new Error(`The model of ${service} lacks the input of ${operation}`);
    return check(input) ? undefined : describeViolation((check.errors ?? []) as unknown as Violation[]);
  };
}

function describeViolation(violations: Violation[]): string {
  // A broken union reports each of its members first and itself last.
  const violation = violations.find(({ keyword }) => keyword === "oneOf") ?? violations[0];
  if (violation === undefined) return "The input is not valid";
  const { keyword, message = "is not valid" } = violation;
  const say = sayings[keyword];
  return `${memberPath(violation)}: ${say ? say(violation) : message}`;
}

const sayings: Record<string, (violation: Violation) => string> = {
  required: () => "is required",
  oneOf: ({ parentSchema }) => `must have exactly one of ${Object.keys(parentSchema?.properties ?? {}).join(", ")}`,
  enum: ({ params }) => `must be one of ${[params.allowedValues].flat().join(", ")}`,
};

function memberPath({ instancePath, keyword, params, propertyName }: Violation): string {
  const steps = instancePath.split("/").slice(1).map(unescapePointer);
  if (keyword === "required") steps.push(String(params.missingProperty));
  if (propertyName !== undefined) steps.push(propertyName);
  return steps.join(".");
}

function unescapePointer(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
