import { resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "../shared/errors";
import { inSentence } from "../shared/inSentence";
import type { Inputs } from "../shared/model";
import type { Tags } from "../shared/tags";
import { checkInputs } from "../verbs/check";
import { DEFAULT_PREFIX } from "./importFile";

/** What the command `import-file` is asked for. */

/** Which evaluations. */
export interface Query {
  instanceId: string;
  contactIds: readonly string[];
  evaluationFormId: string | undefined;
  statuses: readonly string[];
  tags: Tags;
}

export interface Options {
  query: Query;
  region: string | undefined;
  profile: string | undefined;
  out: string;
  program: string;
  prefix: string;
  answers: boolean;
  force: boolean;
}

export const STANDARD_OUTPUT = "-";

// All texts can be repeated for the parser, which takes the last one silently otherwise.
const TEXT = { type: "string", multiple: true } as const;

const FLAGS = {
  instance: TEXT,
  contact: TEXT,
  form: TEXT,
  status: TEXT,
  tag: TEXT,
  region: TEXT,
  profile: TEXT,
  out: TEXT,
  program: TEXT,
  "name-prefix": TEXT,
  answers: { type: "boolean" },
  force: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  const one = (flag: Exclude<keyof typeof FLAGS, "answers" | "force">): string | undefined => {
    const [value, ...others] = values[flag] ?? [];
    if (others.length > 0) throw new UsageError(`--${flag} can be given only once`);
    if (value === "") throw new UsageError(`--${flag} must not be empty`);
    return value;
  };
  const { contact = [], status = [], tag = [], answers = false, force = false } = values;
  const instance = one("instance");
  const form = one("form");
  if (instance === undefined) throw new UsageError("--instance is missing: give the Connect instance's id or ARN");
  if (contact.length + status.length + tag.length === 0 && form === undefined) {
    throw new UsageError("say which evaluations: give at least one of --contact, --form, --status and --tag");
  }
  const { region, ...ids } = checkIds(instance, contact, form, one("region"));
  const query = { ...ids, statuses: status.map((word) => word.toUpperCase()), tags: tagsIn(tag) };
  const options = { query, region, profile: one("profile"), prefix: prefix(one("name-prefix")), answers, force };
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

/** Stands for an id that the command can do without, and the rules cannot. */
const ANY = "any";

function checkIds(
  instance: string,
  contacts: readonly string[],
  form: string | undefined,
  givenRegion: string | undefined,
): Pick<Query, "instanceId" | "contactIds" | "evaluationFormId"> & Pick<Options, "region"> {
  const checked: Inputs[] = [];
  let region = givenRegion;
  for (const contactId of contacts.length > 0 ? contacts : [ANY]) {
    const given = { instanceId: instance, contactId, evaluationFormId: form ?? ANY, region };
    const { inputs, faults } = checkInputs(given, {});
    const [fault] = faults;
    if (fault !== undefined) throw new UsageError(inSentence(fault, (property) => FLAG_OF[property] ?? property));
    checked.push(inputs as unknown as Inputs);
    // The Region in an ARN of one contact holds for those that follow.
    region = checked.at(-1)?.region;
  }
  const [first] = checked;
  return {
    instanceId: first?.instanceId ?? instance,
    contactIds: contacts.length > 0 ? [...new Set(checked.map(({ contactId }) => contactId))] : [],
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
  throw new UsageError("--name-prefix must begin with a letter and contain only letters, digits and _ . -");
}

function targets(out: string, program: string): Pick<Options, "out" | "program"> {
  if (resolve(out) !== resolve(program)) return { out, program };
  throw new UsageError(`--out and --program are both ${out}: give two different ones`);
}
