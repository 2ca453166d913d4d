import { ARN_FORM, type ArnKind, type ConnectArn, looksLikeArn, parseConnectArn } from "../shared/arns";
import { INPUTS, type Inputs, isUnknown } from "../shared/model";
import { isObject, type Json } from "../shared/plain";
import { TAG_LIMITS, type Tags, tagKeyFault } from "../shared/tags";

/** The rules for what a program declares. Pure; nothing here throws, and a value that is not known yet always passes. */

export interface Checked {
  /** The inputs with ARNs reduced to ids, the Region that an ARN names, and the stack's default tags. */
  inputs: Json;
  /** Every fault, each a sentence that names the property, what is expected and what came. */
  faults: string[];
}

export function checkInputs(news: Json, defaultTags: Tags): Checked {
  // The engine's `null` is a program's `undefined`: not declared.
  const declared = Object.fromEntries(
    Object.entries(news).filter(([, value]) => value !== undefined && value !== null),
  );
  const faults = [...strangers(declared), ...INPUTS.flatMap((property) => faultsOf(property, declared[property]))];
  const arns = parseArns(declared);
  faults.push(...disagreements(declared, arns));
  const tags = withDefaults(declared.tags, defaultTags);
  const inputs = {
    ...declared,
    ...Object.fromEntries(arns.map(({ property, arn }) => [property, arn.id])),
    ...regionOf(declared, arns),
    ...(tags !== undefined && { tags }),
  };
  return { inputs, faults: [...faults, ...tooManyTags(tags)] };
}

interface IdRule {
  kind: ArnKind;
  noun: string;
  max: number;
}

/** Lengths of InstanceId, ContactId and ResourceId in the API model (botocore 1.43, connect 2017-08-08). */
const IDS: Readonly<Record<"instanceId" | "contactId" | "evaluationFormId", IdRule>> = {
  instanceId: { kind: "instance", noun: "the id of a Connect instance", max: 100 },
  contactId: { kind: "contact", noun: "the id of a contact", max: 256 },
  evaluationFormId: { kind: "evaluation-form", noun: "the id of an evaluation form", max: 500 },
};

const REGION = /^[a-z]{2}(-[a-z]+)+-\d+$/;
const CLIENT_TOKEN_LENGTH = 500;

/** What is wrong with the value of a property; `undefined` stands for one that is not declared. */
type Rule = (property: string, value: unknown) => string[];

const optional =
  (rule: Rule): Rule =>
  (property, value) =>
    value === undefined ? [] : rule(property, value);

const mustBe = (property: string, expected: string, value: unknown): string[] => [
  `${property} must be ${expected}; got ${whatCame(value)}`,
];

const id = ({ kind, noun, max }: IdRule): Rule => {
  const expected = `${noun} (1 to ${max} characters) or its ARN (${ARN_FORM[kind]})`;
  return (property, value) => {
    if (value === undefined) return [`${property} is missing: give ${expected}`];
    if (typeof value !== "string" || value.trim() === "") return mustBe(property, expected, value);
    const tooLong = (parseConnectArn(value)?.id ?? value).length > max;
    const wrongArn = looksLikeArn(value) && parseConnectArn(value)?.kind !== kind;
    return tooLong || wrongArn ? mustBe(property, expected, value) : [];
  };
};

const flag: Rule = (property, value) => (typeof value === "boolean" ? [] : mustBe(property, "true or false", value));

const RULES: Readonly<Record<keyof Inputs, Rule>> = {
  instanceId: id(IDS.instanceId),
  contactId: id(IDS.contactId),
  evaluationFormId: id(IDS.evaluationFormId),
  autoEvaluationConfiguration: optional((property, value) => {
    if (!isObject(value)) return mustBe(property, "an object { enabled: true } or { enabled: false }", value);
    const strange = Object.keys(value).filter((key) => key !== "enabled");
    if (strange.length > 0) return [`${property} has only the member enabled; got also ${strange.join(", ")}`];
    return isUnknown(value.enabled) ? [] : flag(`${property}.enabled`, value.enabled);
  }),
  clientToken: optional((property, value) =>
    typeof value === "string" && value.length >= 1 && value.length <= CLIENT_TOKEN_LENGTH
      ? []
      : mustBe(property, `a string of 1 to ${CLIENT_TOKEN_LENGTH} characters`, value),
  ),
  tags: optional((property, value) => {
    if (!isObject(value)) return mustBe(property, 'an object of strings, such as { purpose: "calibration" }', value);
    return Object.entries(value).flatMap(([key, tag]) => faultsOfTag(`${property}[${quote(key)}]`, key, tag));
  }),
  region: optional((property, value) =>
    typeof value === "string" && REGION.test(value)
      ? []
      : mustBe(property, "the name of an AWS Region, such as us-west-2", value),
  ),
  forceDestroy: optional(flag),
};

function faultsOf(property: keyof Inputs, value: unknown): string[] {
  return isUnknown(value) ? [] : RULES[property](property, value);
}

function faultsOfTag(path: string, key: string, value: unknown): string[] {
  const keyFault = tagKeyFault(key);
  if (keyFault !== undefined) return [`${path}: the key ${keyFault}; choose another key`];
  if (isUnknown(value)) return [];
  if (typeof value === "string" && value.length <= TAG_LIMITS.valueLength) return [];
  return mustBe(path, `a string of at most ${TAG_LIMITS.valueLength} characters`, value);
}

function tooManyTags(tags: unknown): string[] {
  const count = isObject(tags) ? Object.keys(tags).length : 0;
  if (count <= TAG_LIMITS.count) return [];
  return [`tags has ${count} entries, the stack's aws:defaultTags included; Amazon Connect allows ${TAG_LIMITS.count}`];
}

/** Properties that this resource does not have, most often a misspelt one. */
function strangers(declared: Json): string[] {
  const known: readonly string[] = INPUTS;
  return Object.keys(declared)
    .filter((key) => !key.startsWith("__") && !known.includes(key))
    .map((key) => `${key} is not a property of ContactEvaluation; it has ${INPUTS.join(", ")}`);
}

interface GivenArn {
  property: keyof typeof IDS;
  arn: ConnectArn;
}

/** The properties that are given as an ARN of the kind that they take. */
function parseArns(declared: Json): GivenArn[] {
  return (Object.keys(IDS) as (keyof typeof IDS)[]).flatMap((property) => {
    const value = declared[property];
    const arn = typeof value === "string" ? parseConnectArn(value) : undefined;
    return arn?.kind === IDS[property].kind ? [{ property, arn }] : [];
  });
}

function regionOf(declared: Json, arns: readonly GivenArn[]): { region?: string } {
  const region = arns[0]?.arn.region;
  return declared.region === undefined && region !== undefined ? { region } : {};
}

/** ARNs that name another instance, Region or account than the other inputs do. */
function disagreements(declared: Json, arns: readonly GivenArn[]): string[] {
  const [first] = arns;
  if (first === undefined) return [];
  const instance = arns.find(({ property }) => property === "instanceId")?.arn.id ?? declared.instanceId;
  const region = typeof declared.region === "string" && !isUnknown(declared.region) ? declared.region : undefined;
  return arns.flatMap(({ property, arn }) => [
    ...differs(property, "instance", arn.instanceId, "instanceId", isUnknown(instance) ? undefined : instance),
    ...differs(property, "Region", arn.region, "region", region),
    ...differs(property, "Region", arn.region, first.property, first.arn.region),
    ...differs(property, "account", arn.accountId, first.property, first.arn.accountId),
  ]);
}

function differs(property: string, what: string, is: string, than: string, expected: unknown): string[] {
  if (typeof expected !== "string" || expected === is) return [];
  return [`${property} is an ARN of ${what} ${clip(is)}, and ${than} says ${clip(expected)}; make them agree`];
}

/** The stack's default tags under the resource's own, as `@pulumi/aws` merges them. */
function withDefaults(tags: unknown, defaultTags: Tags): unknown {
  if (Object.keys(defaultTags).length === 0 || (tags !== undefined && !isObject(tags))) return tags;
  return { ...defaultTags, ...tags };
}

/** The kind of a value, never the value: it may be a secret. */
function whatCame(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "string") return isObject(value) ? "an object" : `a ${typeof value}`;
  if (value.trim() === "") return value === "" ? "an empty string" : "a blank string";
  const arn = parseConnectArn(value);
  if (arn !== undefined) return `an ARN of kind ${arn.kind}`;
  return looksLikeArn(value) ? "another ARN" : `a string of ${value.length} characters`;
}

const LONGEST_QUOTE = 140;
const clip = (text: string): string => (text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
const quote = (text: string): string => JSON.stringify(clip(text));
