import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Behaviour } from "./behaviour";
import { evaluationStatuses, type Lag, switches, type View, views } from "./connect/behaviour";
import { documentedThrottle } from "./connect/throttle";
import type { EvaluationAnswerData } from "./connect/types";
import { violationOf } from "./connect/validation";
import { defaults, type EmulatorOptions } from "./options";
import { type FaultRule, operationNames } from "./requests";
import { readForm, type WrittenForm } from "./setup/formFile";
import type { AccessKeySetup } from "./setup/setup";
import { readSetup } from "./setup/setupFile";
import { DocumentError } from "./wire/documents";
import type { Fault } from "./wire/faults";
import { accountPattern, regionPattern } from "./wire/partitions";
import { isObject } from "./wire/plain";

/** A wrong option: its text says what is allowed. */
export class UsageError extends Error {}

type Apply = (options: Settings, value: string) => void;

/** What the command line asks for. */
export interface Settings extends Partial<EmulatorOptions> {
  region: string;
  account: string;
  behaviour: Partial<Behaviour>;
  faults: FaultRule[];
  accessKeys: AccessKeySetup[];
  /** Forms beside those of the sample. */
  forms: WrittenForm[];
}

interface Flag {
  help: string;
  /** What may be given; absent for a flag that takes no value. */
  allowed?: string;
  apply: Apply;
}

const faultKinds =
  "drop, drop-after, silence, silence-after, delay-<ms>, html-<status>, json-<status>, or an error's name";

const plainFaults: Record<string, Fault> = {
  drop: { drop: "before" },
  "drop-after": { drop: "after" },
  silence: { silence: "before" },
  "silence-after": { silence: "after" },
};

const numberedFaults: Record<string, (number: number) => Fault> = {
  delay: (delayMs) => ({ delayMs }),
  html: (html) => ({ html }),
  json: (json) => ({ json }),
};

/** The options by their names. */
export const flags: Record<string, Flag> = {
  port: {
    help: "Port to listen on, 0 for a free one (default 4566)",
    allowed: "0 to 65535",
    apply: (options, value) => {
      options.port = wholeNumber("port", value, 65_535);
    },
  },
  host: {
    help: "Address to listen on (default 127.0.0.1)",
    allowed: "an address",
    apply: (options, value) => {
      options.host = value;
    },
  },
  "allow-host": {
    help: "Lets clients use a name as host besides localhost and --host, such as that of a container; may be repeated",
    allowed: "a name",
    apply: (options, value) => {
      options.allowedHosts = [...(options.allowedHosts ?? []), value];
    },
  },
  region: {
    help: "Region of instances that name none (default us-east-1)",
    allowed: "a Region",
    apply: (options, value) => {
      if (!regionPattern.test(value)) throw wrongValue("region", value, "a Region like us-east-1");
      options.region = value;
    },
  },
  account: {
    help: "Account of instances and access keys that name none (default 123456789012)",
    allowed: "12 digits",
    apply: (options, value) => {
      if (!accountPattern.test(value)) throw wrongValue("account", value, "12 digits");
      options.account = value;
    },
  },
  seed: {
    help: "Makes the ids of new evaluations and forms the same in every run",
    allowed: "any text",
    apply: (options, value) => {
      options.seed = value;
    },
  },
  throttle: {
    help: "Enforces the documented request quotas: 3 a second and 5 at once for evaluations",
    apply: (options) => {
      options.throttle = documentedThrottle;
    },
  },
  ...Object.fromEntries(Object.keys(switches).map((name) => [kebab(name), switchFlag(name as keyof typeof switches)])),
  "delete-in-status": {
    help: "Statuses in which a delete is refused, separated by commas (default none)",
    allowed: evaluationStatuses.join(" | "),
    apply: ({ behaviour }, value) => {
      behaviour.deleteInStatus = value
        .split(",")
        .map((status) => oneOf("delete-in-status", status, evaluationStatuses));
    },
  },
  "evaluation-quota": numberFlag(
    "evaluationQuota",
    "How many evaluations of an agent may be started in a month, 2000 at AWS (default any number)",
    "a number",
  ),
  "token-lifetime-ms": numberFlag(
    "tokenLifetimeMs",
    "How long the ClientToken of a start is remembered (default forever)",
    "milliseconds",
  ),
  "start-lag-ms": lagFlag("startLagMs", "How long reads do not show an evaluation that was started"),
  "delete-lag-ms": lagFlag("deleteLagMs", "How long reads still show an evaluation that was deleted"),
  "change-lag-ms": lagFlag("changeLagMs", "How long reads still show an evaluation as it was before a change"),
  "score-delay-ms": numberFlag(
    "scoreDelayMs",
    "For how long after a submission reads have no scores (default 0)",
    "milliseconds",
  ),
  "automation-ms": numberFlag(
    "automationMs",
    "How long automation takes from the start of an evaluation (default forever)",
    "milliseconds",
  ),
  "automated-answers": {
    help: 'What automation answers, by question, such as {"q1":{"StringValue":"Yes"}} (default nothing)',
    allowed: "JSON",
    apply: ({ behaviour }, value) => {
      behaviour.automatedAnswers = answersOf("automated-answers", value);
    },
  },
  "review-ms": numberFlag(
    "reviewMs",
    "How long after a submission somebody asks for a review (default never)",
    "milliseconds",
  ),
  "read-after-write-delay-reads": numberFlag(
    "readAfterWriteDelayReads",
    "How many reads do not see a new evaluation (default 0)",
    "a number",
  ),
  deny: {
    help: "Operations that no caller is permitted, separated by commas (default none)",
    allowed: "operations",
    apply: ({ behaviour }, value) => {
      behaviour.denied = value.split(",").map((name) => oneOf("deny", name, operationNames));
    },
  },
  "access-key": {
    help: "Puts an access key into another account, which has none of the resources; may be repeated",
    allowed: "id=account",
    apply: ({ accessKeys }, value) => {
      const [, accessKeyId, account] = /^([\w-]+)=(\d{12})$/.exec(value) ?? [];
      if (!accessKeyId || !account) throw wrongValue("access-key", value, "id=account, with an account of 12 digits");
      accessKeys.push({ accessKeyId, account });
    },
  },
  setup: {
    help: "JSON file with instances, contacts, users, evaluation forms, roles, and access keys\n      (default an instance with two contacts and two forms, and a role)",
    allowed: "file",
    apply: (options, value) => {
      options.setup = read("setup", value, readSetup);
    },
  },
  form: {
    help: "Adds an active evaluation form from a JSON file to the default ones, as CreateEvaluationForm takes or\n      DescribeEvaluationForm gives it; may be repeated",
    allowed: "file",
    apply: ({ forms }, value) => {
      forms.push(read("form", value, readForm));
    },
  },
  fault: {
    help: `Makes calls of an operation fail, the first one or a number of them; may be repeated:\n      ${faultKinds}`,
    allowed: "operation=fault[*times]",
    apply: ({ faults }, value) => {
      faults.push(faultRule(value));
    },
  },
};

type NumericMember =
  | "evaluationQuota"
  | "tokenLifetimeMs"
  | "scoreDelayMs"
  | "automationMs"
  | "reviewMs"
  | "readAfterWriteDelayReads";

function numberFlag(name: NumericMember, help: string, allowed: "milliseconds" | "a number"): Flag {
  return {
    help,
    allowed,
    apply: ({ behaviour }, value) => {
      behaviour[name] = wholeNumber(kebab(name), value);
    },
  };
}

function lagFlag(name: "startLagMs" | "deleteLagMs" | "changeLagMs", help: string): Flag {
  return {
    help: `${help}: everywhere, or in the named operations (default 0)\n      ${views.join(", ")}`,
    allowed: "milliseconds | operation=milliseconds,...",
    apply: ({ behaviour }, value) => {
      behaviour[name] = lagOf(kebab(name), value);
    },
  };
}

function lagOf(flag: string, value: string): Lag {
  if (!value.includes("=")) return wholeNumber(flag, value);
  const entries = value.split(",").map((entry): [View, number] => {
    const [view = "", milliseconds = ""] = entry.split("=");
    return [oneOf(flag, view, views), wholeNumber(flag, milliseconds)];
  });
  return Object.fromEntries(entries);
}

function answersOf(flag: string, value: string): Record<string, EvaluationAnswerData> {
  const answers = jsonOf(flag, value);
  if (!isObject(answers)) throw wrongValue(flag, value, "an object with answers by question");
  const Answers = Object.fromEntries(Object.entries(answers).map(([question, Value]) => [question, { Value }]));
  const violation = violationOf("UpdateContactEvaluation", { InstanceId: "-", EvaluationId: "-", Answers });
  if (violation !== undefined) throw new UsageError(`--${flag}: ${violation}`);
  return answers as Record<string, EvaluationAnswerData>;
}

function jsonOf(flag: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw wrongValue(flag, value, "JSON");
  }
}

function switchFlag(name: keyof typeof switches): Flag {
  const { question, positions } = switches[name];
  return {
    help: `${question} (default ${positions[0]})`,
    allowed: positions.join(" | "),
    apply: ({ behaviour }, value) => {
      // A position may be written with hyphens, which needs no quotes in a shell.
      const position = oneOf(kebab(name), value.replaceAll("-", " "), positions);
      Object.assign(behaviour, { [name]: position });
    },
  };
}

function read<Content>(flag: string, file: string, reader: (file: string) => Content): Content {
  try {
    return reader(file);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new UsageError(`--${flag} ${file}: ${error.message}`);
  }
}

function faultRule(value: string): FaultRule {
  const [, operation = "", kind = "", times = "1"] = /^(\w+)=([\w-]+)(?:\*(\d+))?$/.exec(value) ?? [];
  return {
    operation: oneOf("fault", operation, operationNames),
    fault: faultOf(kind),
    times: wholeNumber("fault", times),
  };
}

function faultOf(kind: string): Fault {
  const [, name = "", number] = /^(\w+)-(\d+)$/.exec(kind) ?? [];
  const numbered = numberedFaults[name];
  if (numbered !== undefined) return numbered(Number(number));
  if (plainFaults[kind]) return plainFaults[kind];
  if (/^[A-Z]\w+$/.test(kind)) return { error: kind };
  throw wrongValue("fault", kind, faultKinds);
}

function oneOf<Value extends string>(flag: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw wrongValue(flag, value, `one of: ${allowed.join(" | ")}`);
  return found;
}

function wholeNumber(flag: string, value: string, maximum = Number.MAX_SAFE_INTEGER): number {
  if (/^\d+$/.test(value) && Number(value) <= maximum) return Number(value);
  throw wrongValue(flag, value, `a whole number from 0 to ${maximum}`);
}

function wrongValue(flag: string, value: string, allowed: string): UsageError {
  return new UsageError(`--${flag} must be ${allowed}, but got: ${value}`);
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The text of --help. */
export function help(): string {
  const lines = Object.entries(flags).map(
    ([name, { help, allowed }]) => `  --${name}${allowed ? ` <${allowed}>` : ""}\n      ${help}`,
  );
  return [
    "A local Amazon Connect for contact evaluations, and AWS STS at the same address, where roles are assumed.",
    "",
    "Usage: npx connect-evaluations-emulator [options]",
    "",
    "Options:",
    ...lines,
    "  --version\n      Prints the version",
    "  --help\n      Prints this text",
  ].join("\n");
}

/** Reads the arguments. */
export function parse(args: string[]): Settings | "help" | "version" {
  const options: NonNullable<ParseArgsConfig["options"]> = { help: { type: "boolean" }, version: { type: "boolean" } };
  for (const [name, { allowed }] of Object.entries(flags)) {
    options[name] = { type: allowed ? "string" : "boolean", multiple: true };
  }
  const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
  if (values.help) return "help";
  if (values.version) return "version";
  const settings = defaultSettings();
  for (const [name, given] of Object.entries(values)) {
    for (const value of [given].flat()) flags[name]?.apply(settings, String(value));
  }
  if (settings.setup !== undefined && settings.forms.length > 0) {
    throw new UsageError("--form adds to the default set-up: put the form into the file of --setup instead");
  }
  return settings;
}

function defaultSettings(): Settings {
  return { ...defaults, port: 4566, behaviour: {}, faults: [], accessKeys: [], forms: [] };
}
