import { isRegionConfigured } from "../aws/profiles";
import type { Settings } from "../aws/settings";
import { beside, faultsOfAnswers, faultsOfNotes, faultsWithActive } from "../grading/fit";
import { MARKER } from "../identity/marker";
import { ARN_FORM, type ArnKind, type ConnectArn, looksLikeArn, parseConnectArn } from "../shared/arns";
import { type Fault, wrongValue } from "../shared/fault";
import { inSentence } from "../shared/inSentence";
import { INPUTS, type Inputs, isUnknown } from "../shared/model";
import { isObject, type Json, plain } from "../shared/plain";
import { faultsOfTags, withDefaultTags } from "../shared/tags";
import { clip, lengthOf } from "../shared/text";
import { adoptionFaults } from "./adoption";
import type { Resource } from "./declarations";
import type { Session } from "./session";

/**
 * Validates what the program declares, all faults at once, and completes it: ids, Region, default tags.
 * @param isNew whether the state does not have the resource.
 */
export async function check(
  session: Session,
  resource: Resource,
  declared: Json,
  isNew: boolean,
): Promise<{ inputs: Inputs; faults: Fault[] }> {
  const { settings, declarations } = session;
  const checked = checkInputs(declared, settings.defaultTags, [MARKER]);
  const inputs = plain<Inputs>(checked.inputs as unknown as Inputs);
  declarations.note({ resource, inputs });
  if (!isNew) return { inputs, faults: checked.faults };
  const faults = [...checked.faults, ...(await faultsOfRegion(settings, resource, inputs))];
  if (!canLook(resource, faults)) return { inputs, faults };
  const atConnect = await faultsAtConnect(session, resource, inputs);
  return { inputs, faults: [...beside(faults, atConnect), ...atConnect] };
}

/** Where the form is must be right before it is looked at; an evaluation to adopt is compared with all inputs. */
const canLook = ({ adopts }: Resource, faults: readonly Fault[]): boolean =>
  adopts === undefined
    ? !faults.some(({ property }) => ["instanceId", "evaluationFormId", "region"].includes(property))
    : faults.length === 0;

const SOME_REGION =
  "the name of an AWS Region, or set the stack's aws:region (`pulumi config set aws:region us-west-2`), AWS_REGION, or a profile";

/** Whether anything says where a new evaluation is to be started; an ARN that is not known yet may still say it. */
async function faultsOfRegion(settings: Settings, { adopts }: Resource, inputs: Inputs): Promise<Fault[]> {
  const { region, instanceId, contactId, evaluationFormId } = inputs;
  const isToCome = adopts !== undefined || [instanceId, contactId, evaluationFormId].some(isUnknown);
  if (isToCome || region !== undefined || (await isRegionConfigured(settings))) return [];
  return [{ kind: "missing", property: "region", expected: SOME_REGION, got: "nothing" }];
}

/** What stands against a new evaluation at Connect, as far as that can be seen before the start. */
async function faultsAtConnect(session: Session, resource: Resource, inputs: Inputs): Promise<Fault[]> {
  if (resource.adopts !== undefined) return adoptionFaults(session, resource, inputs);
  const faults = await faultsWithActive(session.connectIn, inputs);
  // Triggers say that the form may change in this very deployment, before the start. create, and before a replacement
  // delete, have the last word.
  if (inputs.triggers === undefined && !session.declarations.mayStay(resource.key)) return faults;
  for (const fault of faults) session.sayOnce(`as the form is now, ${inSentence(fault)}`);
  return [];
}

/** The rules for what a program declares. Pure; nothing here throws, and a value that is not known yet always passes. */

export interface Checked {
  /** The inputs with ARNs reduced to ids, the Region that an ARN names, and the stack's default tags. */
  inputs: Json;
  /** Everything that is wrong with them. */
  faults: Fault[];
}

/**
 * @param defaultTags the stack's, as they are configured.
 * @param reservedKeys keys of the tags that this resource adds itself; none by default.
 */
export function checkInputs(news: Json, defaultTags: Json, reservedKeys: readonly string[] = []): Checked {
  const declared = withoutNull(news);
  const arns = parseArns(declared);
  const tags = withDefaultTags(declared.tags, defaultTags);
  const inputs = { ...placed(declared, arns), ...(tags !== undefined && { tags }) };
  const faults = [
    ...unknownProperties(declared, "ContactEvaluation", INPUTS),
    ...RULED.flatMap((property) => faultsOf(property, declared[property])),
    ...faultsOfTags(declared.tags, defaultTags, reservedKeys),
    ...disagreements(declared, arns),
    ...endlessWait(declared),
  ];
  return { inputs, faults };
}

/** What the function getContactEvaluations takes, by the rules for the same inputs of the resource. */
export function checkQuery(given: Json): Checked {
  const declared = withoutNull(given);
  const arns = parseArns(declared);
  const asked = declared.evaluationFormId === undefined ? QUERY.filter((one) => one !== "evaluationFormId") : QUERY;
  const faults = [
    ...unknownProperties(declared, "getContactEvaluations", QUERY),
    ...asked.flatMap((property) => faultsOf(property, declared[property])),
    ...disagreements(declared, arns),
  ];
  return { inputs: placed(declared, arns), faults };
}

const QUERY = ["instanceId", "contactId", "evaluationFormId", "region"] as const;

/** The engine's `null` is a program's `undefined`: not declared. */
const withoutNull = (given: Json): Json =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null));

/** With ARNs reduced to ids, and the Region that one of them names. */
const placed = (declared: Json, arns: readonly GivenArn[]): Json => ({
  ...declared,
  ...Object.fromEntries(arns.map(({ property, arn }) => [property, arn.id])),
  ...regionInArns(declared, arns),
});

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

/** In every partition: `us-west-2`, `us-gov-west-1`, `us-isob-east-1`, `eusc-de-east-1`. */
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
const CLIENT_TOKEN_LENGTH = 500;
const LONGEST_WAIT_S = 3600;
const USER_ARN = /^arn:[^:]+:connect:[^:]*:[^:]*:instance\/[^/]+\/agent\/.+$/s;

/** What is wrong with the value of a property; `undefined` stands for one that is not declared. */
type Rule = (property: string, value: unknown) => Fault[];

const optional =
  (rule: Rule): Rule =>
  (property, value) =>
    value === undefined ? [] : rule(property, value);

const id = ({ kind, noun, max }: IdRule): Rule => {
  const expected = `${noun} (1 to ${max} characters) or its ARN (${ARN_FORM[kind]})`;
  return (property, value) => {
    if (value === undefined) return [{ kind: "missing", property, expected, got: "nothing" }];
    if (typeof value !== "string" || value.trim() === "") return [wrongValue(property, expected, value)];
    const tooLong = lengthOf(parseConnectArn(value)?.id ?? value) > max;
    const wrongArn = looksLikeArn(value) && parseConnectArn(value)?.kind !== kind;
    return tooLong || wrongArn ? [wrongValue(property, expected, value)] : [];
  };
};

const trueOrFalse: Rule = (property, value) =>
  typeof value === "boolean" ? [] : [wrongValue(property, "true or false", value)];

const wholeNumber =
  (from: number, to = Number.MAX_SAFE_INTEGER): Rule =>
  (property, value) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= from && value <= to) return [];
    const range = to === Number.MAX_SAFE_INTEGER ? `, ${from} or more` : ` from ${from} to ${to}`;
    const fault = wrongValue(property, `a whole number${range}`, value);
    return [typeof value === "number" ? { ...fault, got: String(value) } : fault];
  };

/** An object with this one member. */
const only =
  (member: string, example: string, rule: Rule): Rule =>
  (property, value) => {
    if (!isObject(value)) return [wrongValue(property, `an object ${example}`, value)];
    const { [member]: known, ...others } = value;
    return [
      ...Object.keys(others).map((key) => unknownProperty(`${property}.${clip(key)}`, property, [member])),
      ...(isUnknown(known) ? [] : rule(`${property}.${member}`, known)),
    ];
  };

/** Tags have a file of their own. */
const RULES: Readonly<Record<Exclude<keyof Inputs, "tags">, Rule>> = {
  instanceId: id(IDS.instanceId),
  contactId: id(IDS.contactId),
  evaluationFormId: id(IDS.evaluationFormId),
  evaluationFormVersion: optional(wholeNumber(1)),
  autoEvaluationConfiguration: optional(only("enabled", "{ enabled: true } or { enabled: false }", trueOrFalse)),
  waitForAutoEvaluation: optional(
    only("timeoutSeconds", "{ timeoutSeconds: 300 }", optional(wholeNumber(1, LONGEST_WAIT_S))),
  ),
  answers: optional(faultsOfAnswers),
  notes: optional(faultsOfNotes),
  submit: optional(trueOrFalse),
  evaluator: optional((property, value) =>
    typeof value === "string" && USER_ARN.test(value)
      ? []
      : [
          wrongValue(
            property,
            "the ARN of a Connect user (arn:aws:connect:REGION:ACCOUNT:instance/INSTANCE/agent/USER)",
            value,
          ),
        ],
  ),
  triggers: optional((property, value) =>
    Array.isArray(value) ? [] : [wrongValue(property, "a list of any values", value)],
  ),
  clientToken: optional((property, value) =>
    typeof value === "string" && value !== "" && lengthOf(value) <= CLIENT_TOKEN_LENGTH
      ? []
      : [wrongValue(property, `a string of 1 to ${CLIENT_TOKEN_LENGTH} characters`, value)],
  ),
  region: optional((property, value) =>
    typeof value === "string" && REGION.test(value)
      ? []
      : [wrongValue(property, "the name of an AWS Region, such as us-west-2", value)],
  ),
  forceDestroy: optional(trueOrFalse),
};

const RULED = Object.keys(RULES) as (keyof typeof RULES)[];

function faultsOf(property: keyof typeof RULES, value: unknown): Fault[] {
  return isUnknown(value) ? [] : RULES[property](property, value);
}

/** Most often a misspelt one. */
function unknownProperties(declared: Json, owner: string, known: readonly string[]): Fault[] {
  return Object.keys(declared)
    .filter((key) => !known.includes(key))
    .map((key) => unknownProperty(clip(key), owner, known));
}

function unknownProperty(property: string, owner: string, known: readonly string[]): Fault {
  return { kind: "unknownProperty", property, expected: known.join(", "), got: `not a property of ${owner}` };
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

function regionInArns(declared: Json, arns: readonly GivenArn[]): { region?: string } {
  const region = arns[0]?.arn.region;
  return declared.region === undefined && region !== undefined ? { region } : {};
}

/** ARNs that name another instance, Region or account than the other inputs do. */
function disagreements(declared: Json, arns: readonly GivenArn[]): Fault[] {
  const [first] = arns;
  if (first === undefined) return [];
  const instance = arns.find(({ property }) => property === "instanceId")?.arn.id ?? declared.instanceId;
  const region = typeof declared.region === "string" && !isUnknown(declared.region) ? declared.region : undefined;
  return arns.flatMap(({ property, arn }) => {
    const compared: [what: string, is: string, other: string, expected: unknown][] = [
      ["instance", arn.instanceId, "instanceId", isUnknown(instance) ? undefined : instance],
      ["Region", arn.region, "region", region],
      ["Region", arn.region, first.property, first.arn.region],
      ["account", arn.accountId, first.property, first.arn.accountId],
    ];
    return compared.flatMap(([what, is, other, expected]): Fault[] => {
      if (typeof expected !== "string" || expected === is) return [];
      const got = `an ARN of ${what} ${clip(is)}`;
      return [{ kind: "disagreement", property, expected: clip(expected), got, other }];
    });
  });
}

/** Without automatic evaluation there is nothing to wait for. */
function endlessWait({ waitForAutoEvaluation, autoEvaluationConfiguration: auto }: Json): Fault[] {
  if (waitForAutoEvaluation === undefined || !isObject(auto) || auto.enabled !== false) return [];
  const got = "declared";
  const other = "autoEvaluationConfiguration.enabled";
  return [{ kind: "disagreement", property: "waitForAutoEvaluation", expected: "false", got, other }];
}
