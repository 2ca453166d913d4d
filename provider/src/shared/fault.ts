import { looksLikeArn, parseConnectArn } from "./arns";
import { isObject } from "./plain";
import { lengthOf } from "./text";

/** What is wrong with an input, as data: the engine and the command line have names of their own for the inputs. */
export type Fault = {
  /** The input as a program spells it: `contactId`, `tags["x"]`, `autoEvaluationConfiguration.enabled`. */
  property: string;
  expected: string;
  /** What it is instead: the kind of a value, never the value, which may be a secret. */
  got: string;
} & (
  | { kind: "missing" | "value" | "tagKey" | "tagCount" | "unknownProperty" | "unlikeImported" }
  /** Two inputs say different things; `other` is the one that expects it. */
  | { kind: "disagreement"; other: string }
);

export function wrongValue(property: string, expected: string, value: unknown): Fault {
  return { kind: "value", property, expected, got: kindOf(value) };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "string") return isObject(value) ? "an object" : `a ${typeof value}`;
  if (value.trim() === "") return value === "" ? "an empty string" : "a blank string";
  const arn = parseConnectArn(value);
  if (arn !== undefined) return `an ARN of kind ${arn.kind}`;
  const length = lengthOf(value);
  return looksLikeArn(value) ? "another ARN" : `a string of ${length} character${length === 1 ? "" : "s"}`;
}
