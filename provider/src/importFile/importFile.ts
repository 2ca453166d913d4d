import type { Evaluation } from "../connect/evaluation";
import type { HiddenInputs } from "../dynamic/hiddenInputs";
import { DECLARED_SOURCE, PROVIDER_SOURCE } from "../dynamic/providerSource";
import { TYPE } from "../dynamic/type";
import type { Inputs, State } from "../shared/model";
import { inputsOf, stateOf } from "../verbs/state";

/** The file for `pulumi import --file`, and the program that declares what it imports. Nothing here makes a call. */

/** An evaluation under the name that its resource is to have. */
export interface NamedEvaluation {
  name: string;
  evaluation: Evaluation;
  /** What the program is to declare beside the evaluation itself. */
  grades?: Pick<Inputs, "answers" | "notes" | "submit">;
}

/** What the engine imports: with outputs it asks no provider, so the state is what stands here. */
export interface ImportEntry {
  type: string;
  name: string;
  id: string;
  inputs: Inputs & HiddenInputs;
  outputs: State & HiddenInputs;
}

export const DEFAULT_PREFIX = "evaluation-";
const SHORT_ID = 8;

/** Names every evaluation after its id, the same in every run; those whose short ids are alike get their whole ids. */
export function nameEach(evaluations: readonly Evaluation[], prefix: string = DEFAULT_PREFIX): NamedEvaluation[] {
  const short = ({ evaluationId }: Evaluation) => evaluationId.slice(0, SHORT_ID);
  const uses = new Map<string, number>();
  for (const evaluation of evaluations) uses.set(short(evaluation), (uses.get(short(evaluation)) ?? 0) + 1);
  return evaluations.map((evaluation) => {
    const id = uses.get(short(evaluation)) === 1 ? short(evaluation) : evaluation.evaluationId;
    return { name: `${prefix}${id}`, evaluation };
  });
}

const declared = ({ evaluation, grades }: NamedEvaluation): Inputs => ({ ...inputsOf(evaluation), ...grades });

function importEntryOf(named: NamedEvaluation): ImportEntry {
  const { name, evaluation } = named;
  const inputs = declared(named);
  // A key, empty until the next `up`, tells what is managed from what a program only reads.
  const __key = "";
  return {
    type: TYPE,
    name,
    id: evaluation.evaluationArn,
    inputs: { ...inputs, __provider: DECLARED_SOURCE, __key },
    outputs: { ...stateOf(inputs, evaluation), __provider: PROVIDER_SOURCE, __key },
  };
}

export function importFileOf(evaluations: readonly NamedEvaluation[]): { resources: ImportEntry[] } {
  return { resources: evaluations.map(importEntryOf) };
}

/** A TypeScript module that declares the evaluations. */
export function programOf(evaluations: readonly NamedEvaluation[]): string {
  const declarations = evaluations.map(
    (named) => `new ContactEvaluation(${quoted(named.name)}, ${literal(declared(named), "")});\n`,
  );
  return ['import { ContactEvaluation } from "pulumi-connect-evaluations";\n', ...declarations].join("\n");
}

function literal(value: unknown, indent: string): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, indent)).join(", ")}]`;
  const inner = `${indent}  `;
  const members = Object.entries(value).map(([key, member]) => `${inner}${keyOf(key)}: ${literal(member, inner)},\n`);
  return `{\n${members.join("")}${indent}}`;
}

/** A plain `__proto__` in a literal is no member of the object, but its prototype. */
function keyOf(key: string): string {
  if (key === "__proto__") return `[${quoted(key)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

/** Nothing invisible is left in it: no line ends beyond JSON's, and no marks that turn the direction of the text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const quoted = (text: string): string =>
  JSON.stringify(text).replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
