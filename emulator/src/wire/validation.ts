import { Ajv } from "ajv";
import { shapesSchema } from "./schema";
import type { Input } from "./service";
import type { Shape } from "./shape";
import { describeViolation, type Violation, violationsOf } from "./violations";

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
    return check(input) ? undefined : describeFirst(violationsOf(check));
  };
}

function describeFirst(violations: Violation[]): string {
  // A broken union reports each of its members first and itself last.
  const violation = violations.find(({ keyword }) => keyword === "oneOf") ?? violations[0];
  return violation === undefined ? "The input is not valid" : describeViolation(violation);
}
