import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { AwsError, isNotFound } from "../aws/awsError";
import { causeOf, failure } from "../aws/causes";
import { readSettings } from "../aws/settings";
import { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { checkInputs } from "../lifecycle/check";
import { parseConnectArn } from "../shared/arns";
import { UserError } from "../shared/errors";
import type { Inputs } from "../shared/model";
import type { Json } from "../shared/plain";
import type { Tags } from "../shared/tags";
import { DEFAULT_PREFIX, importFileOf, type NamedEvaluation, nameEach, programOf } from "./importFile";

/** The command `import-file`: finds evaluations that exist and writes what it takes to manage them. */

export const HELP = `Writes what it takes to manage contact evaluations that exist: the file for
\`pulumi import --file\`, and the TypeScript that declares them.

Usage: pulumi-connect-evaluations import-file --instance INSTANCE [options]

Which evaluations (at least one of these; an evaluation must meet all of them):
  --contact ID|ARN     of this contact; may be repeated
  --form ID|ARN        made with this evaluation form
  --status STATUS      DRAFT, SUBMITTED, REVIEW_REQUESTED or UNDER_REVIEW; may be repeated
  --tag KEY=VALUE      with this tag; may be repeated

Where they are:
  --instance ID|ARN    the Amazon Connect instance
  --region REGION      its Region, if no ARN and not the environment says it
  --profile PROFILE    the AWS profile, if not the environment's credentials

What is written:
  --out FILE           the import file (default import.json; - for the standard output)
  --program FILE       the TypeScript (default adopted.ts; - for the standard output)
  --name-prefix PREFIX what the resources' names begin with (default ${DEFAULT_PREFIX})
  --force              overwrite files that exist

Without --contact it searches: evaluations of the last few seconds may be missing.
Evaluations of calibration sessions are left out. Nothing is changed in Connect.
`;

/** The command was called wrongly: one sentence that says how. */
export class UsageError extends UserError {}

export async function importFile(args: readonly string[]): Promise<void> {
  const options = read(args);
  refuseToOverwrite(options);
  const settings = readSettings((key) => ({ "aws:region": options.region, "aws:profile": options.profile })[key]);
  const connect = new Connect(settings, settings.region, say);
  const { adoptable, calibrations } = await find(connect, options.query);
  for (const arn of calibrations) say(`Left out ${arn}: a calibration session manages it itself.`);
  if (adoptable.length === 0) throw new UserError("found no evaluation to import; nothing was written");
  const named = nameEach(adoptable, options.prefix);
  write(options.out, `${JSON.stringify(importFileOf(named), undefined, 2)}\n`, options.force);
  write(options.program, programOf(named), options.force);
  say(nextSteps(options, named));
}

// What was asked for.

interface Query {
  instanceId: string;
  contactIds: readonly string[];
  evaluationFormId: string | undefined;
  statuses: readonly string[];
  tags: Tags;
}

interface Options {
  query: Query;
  region: string | undefined;
  profile: string | undefined;
  out: string;
  program: string;
  prefix: string;
  force: boolean;
}

const FLAGS = {
  instance: { type: "string", multiple: true },
  contact: { type: "string", multiple: true },
  form: { type: "string", multiple: true },
  status: { type: "string", multiple: true },
  tag: { type: "string", multiple: true },
  region: { type: "string", multiple: true },
  profile: { type: "string", multiple: true },
  out: { type: "string", multiple: true },
  program: { type: "string", multiple: true },
  "name-prefix": { type: "string", multiple: true },
  force: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

const STANDARD_OUTPUT = "-";

function read(args: readonly string[]): Options {
  const values = parse(args);
  const one = (flag: Exclude<keyof typeof FLAGS, "force">): string | undefined => {
    const [value, ...others] = values[flag] ?? [];
    if (others.length > 0) throw new UsageError(`--${flag} can be given only once`);
    if (value === "") throw new UsageError(`--${flag} must not be empty`);
    return value;
  };
  const { contact = [], status = [], tag = [], force = false } = values;
  const instance = one("instance");
  const form = one("form");
  if (instance === undefined) throw new UsageError("--instance is missing: give the Connect instance's id or ARN");
  if (contact.length + status.length + tag.length === 0 && form === undefined) {
    throw new UsageError("say which evaluations: give at least one of --contact, --form, --status and --tag");
  }
  const { region, ...ids } = checked(instance, contact, form, one("region"));
  const query: Query = { ...ids, statuses: status.map((word) => word.toUpperCase()), tags: tagsIn(tag) };
  const options = { query, region, profile: one("profile"), prefix: prefix(one("name-prefix")), force };
  return { ...options, ...targets(one("out") ?? "import.json", one("program") ?? "adopted.ts") };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // Node's further sentences are about the `--` of its own conventions.
    const [sentence] = (error as Error).message.split(/\. |\.?\n/);
    throw new UsageError(sentence);
  }
}

/** The rules are those of the resource's inputs; only their names differ. */
const FLAG_OF: Readonly<Record<string, string>> = {
  instanceId: "--instance",
  contactId: "--contact",
  evaluationFormId: "--form",
  region: "--region",
};

function checked(
  instance: string,
  contacts: readonly string[],
  form: string | undefined,
  givenRegion: string | undefined,
): Pick<Query, "instanceId" | "contactIds" | "evaluationFormId"> & Pick<Options, "region"> {
  const ids: Inputs[] = [];
  let region = givenRegion;
  for (const contactId of contacts.length > 0 ? contacts : ["any"]) {
    const declared: Json = { instanceId: instance, contactId, evaluationFormId: form ?? "any", region };
    const { inputs, faults } = checkInputs(declared, {});
    const [fault] = faults;
    if (fault !== undefined) throw new UsageError(fault.replace(/\b[a-zA-Z]+\b/g, (word) => FLAG_OF[word] ?? word));
    ids.push(inputs as unknown as Inputs);
    // An ARN among the first ones says it for all.
    region = ids.at(-1)?.region;
  }
  const [first] = ids;
  return {
    instanceId: first?.instanceId ?? instance,
    contactIds: contacts.length > 0 ? [...new Set(ids.map(({ contactId }) => contactId))] : [],
    evaluationFormId: form && first?.evaluationFormId,
    region,
  };
}

function tagsIn(words: readonly string[]): Tags {
  const pairs = words.map((word) => {
    const end = word.indexOf("=");
    if (end < 1) throw new UsageError(`--tag must be KEY=VALUE; got ${JSON.stringify(word)}`);
    return [word.slice(0, end), word.slice(end + 1)];
  });
  return Object.fromEntries(pairs) as Tags;
}

function prefix(given = DEFAULT_PREFIX): string {
  if (/^[A-Za-z_][\w.-]*$/.test(given)) return given;
  throw new UsageError("--name-prefix must begin with a letter and have only letters, digits and _ . - in it");
}

function targets(out: string, program: string): Pick<Options, "out" | "program"> {
  if (resolve(out) !== resolve(program)) return { out, program };
  throw new UsageError(`--out and --program are both ${out}: give two`);
}

// What there is.

/** Calls at once: more than a raised quota answers in the time of one. */
const AT_ONCE = 20;

interface Found {
  adoptable: Evaluation[];
  /** ARNs of those that belong to calibration sessions. */
  calibrations: string[];
}

async function find(connect: Connect, query: Query): Promise<Found> {
  const arns = query.contactIds.length > 0 ? await list(connect, query) : await search(connect, query);
  const described = await inParallel(arns, (arn) => describe(connect, arn));
  // An index lags, and what was found may have changed since: what counts is how it is described.
  const fitting = described.filter((evaluation) => evaluation !== undefined).filter((found) => fits(found, query));
  const isCalibration = ({ evaluationType }: Evaluation) => evaluationType === "CALIBRATION";
  return {
    adoptable: fitting.filter((evaluation) => !isCalibration(evaluation)).sort(inOrderOfCreation),
    calibrations: fitting.filter(isCalibration).map(({ evaluationArn }) => evaluationArn),
  };
}

async function list(connect: Connect, { instanceId, contactIds, evaluationFormId }: Query): Promise<string[]> {
  const lists = await inParallel(contactIds, (contactId) =>
    attempt(`list the evaluations of contact ${contactId}`, connect.listContactEvaluations(instanceId, contactId)),
  );
  const wanted = lists
    .flat()
    .filter((one) => evaluationFormId === undefined || one.evaluationFormId === evaluationFormId);
  return wanted.map(({ evaluationArn }) => evaluationArn);
}

/** Once each: a page may repeat what moved while the pages before it were read. */
async function search(connect: Connect, query: Query): Promise<string[]> {
  const { instanceId } = query;
  const found = await attempt(
    `search the evaluations of instance ${instanceId}`,
    connect.searchContactEvaluations(instanceId, query),
  );
  return [...new Set(found)];
}

/** The evaluation with its tags, or `undefined` when it is gone by now. */
async function describe(connect: Connect, text: string): Promise<Evaluation | undefined> {
  const arn = parseConnectArn(text);
  if (arn === undefined) throw new UserError(`Amazon Connect answered with an unforeseen ARN: ${text}`);
  try {
    const evaluation = await connect.describeContactEvaluation(arn);
    if (evaluation.tags !== undefined) return evaluation;
    const tags = await attempt(`list the tags of evaluation ${text}`, connect.listTagsForResource(text));
    return { ...evaluation, tags };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw failed(`describe evaluation ${text}`, error);
  }
}

function fits({ evaluationFormId, status, tags = {} }: Evaluation, query: Query): boolean {
  return (
    (query.evaluationFormId === undefined || query.evaluationFormId === evaluationFormId) &&
    (query.statuses.length === 0 || query.statuses.includes(status)) &&
    Object.entries(query.tags).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value)
  );
}

function inOrderOfCreation(a: Evaluation, b: Evaluation): number {
  const [left, right] = [a, b].map(({ createdTime, evaluationId }) => `${createdTime} ${evaluationId}`);
  return (left ?? "") < (right ?? "") ? -1 : 1;
}

/** The first failure ends it: nothing more is begun. */
async function inParallel<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      results[index] = await act(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    queue.length = 0;
  }
  return results;
}

/** What to do where the provider would point to a stack's configuration. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/^MissingRegion$/, "give --region, or the instance's ARN, or set AWS_REGION"],
  [/^CredentialsProviderError$/, "give --profile, or set the AWS environment variables"],
  [
    /^(UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|InvalidClientTokenId|IncompleteSignature|MissingAuth)/,
    "check them with `aws sts get-caller-identity`",
  ],
  [
    /^(E[A-Z_]+|.*CERT.*|TimeoutError|NetworkingError|SyntaxError)$/,
    "check the network, the Region, and AWS_ENDPOINT_URL_CONNECT where it is set, then run the command again",
  ],
];

async function attempt<T>(what: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw failed(what, error);
  }
}

function failed(what: string, error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const { why, remedy } = causeOf(error.answer);
  const here = REMEDIES.find(([name]) => name.test(error.answer.name))?.[1];
  return failure(what, { why, remedy: here ?? remedy }, error);
}

// What is written.

function refuseToOverwrite({ out, program, force }: Options): void {
  const [existing] = [out, program].filter((file) => file !== STANDARD_OUTPUT && !force && existsSync(file));
  if (existing !== undefined) throw new UsageError(`${existing} exists already: give --force to overwrite it`);
}

function write(file: string, content: string, force: boolean): void {
  if (file === STANDARD_OUTPUT) {
    process.stdout.write(content);
    return;
  }
  try {
    writeFileSync(file, content, { flag: force ? "w" : "wx" });
  } catch (error) {
    throw new UserError(`could not write ${file}: ${(error as Error).message}`);
  }
}

function nextSteps({ out, program }: Options, named: readonly NamedEvaluation[]): string {
  const count = `${named.length} evaluation${named.length === 1 ? "" : "s"}`;
  const region = parseConnectArn(named[0]?.evaluation.evaluationArn ?? "")?.region;
  const file = out === STANDARD_OUTPUT ? "FILE" : out;
  return [
    `Found ${count} in ${region}. Next, in the folder of a Pulumi project with this Region as its aws:region:`,
    `  put the code ${program === STANDARD_OUTPUT ? "above" : `of ${program}`} into the program`,
    `  pulumi import --file ${/^[\w./-]+$/.test(file) ? file : `'${file}'`} --generate-code=false --protect=false`,
    "  pulumi up   (which shows no change)",
  ].join("\n");
}

/** To the person: the standard output is for the files. */
function say(text: string): void {
  console.error(text);
}
