import type { FastifyRequest } from "fastify";
import type { JsonSchema } from "./schema";
import type { Input } from "./service";

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
export function violationOf(request: FastifyRequest, schema: JsonSchema, input: Input): string | undefined {
  const check = request.compileValidationSchema(schema);
  if (check(input)) return undefined;
  return describeViolation((check.errors ?? []) as unknown as Violation[]);
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
