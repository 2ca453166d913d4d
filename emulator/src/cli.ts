import { type ParseArgsConfig, parseArgs } from "node:util";
import { type Behaviour, switches } from "./connect/behaviour";
import { documentedThrottle } from "./connect/throttle";
import type { ConnectEmulator } from "./emulator";
import type { EmulatorOptions } from "./options";
import type { LoggedRequest } from "./requests";
import { startConnectEmulator } from "./server";

/** A wrong option: its text says what is allowed. */
class UsageError extends Error {}

type Apply = (options: Settings, value: string) => void;
type Settings = Partial<Omit<EmulatorOptions, "behaviour">> & { behaviour: Partial<Behaviour> };

interface Flag {
  help: string;
  /** What may be given; absent for a flag that takes no value. */
  allowed?: string;
  apply: Apply;
}

const statuses = ["DRAFT", "SUBMITTED", "REVIEW_REQUESTED", "UNDER_REVIEW"] as const;

const flags: Record<string, Flag> = {
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
  region: {
    help: "Region of the instance (default us-east-1)",
    allowed: "a Region",
    apply: (options, value) => {
      if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(value)) throw wrongValue("region", value, "a Region like us-east-1");
      options.region = value;
    },
  },
  account: {
    help: "Account of the instance, of the role and of all access keys (default 123456789012)",
    allowed: "12 digits",
    apply: (options, value) => {
      if (!/^\d{12}$/.test(value)) throw wrongValue("account", value, "12 digits");
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
    allowed: statuses.join(" | "),
    apply: ({ behaviour }, value) => {
      behaviour.deleteInStatus = value.split(",").map((status) => oneOf("delete-in-status", status, statuses));
    },
  },
  "token-lifetime-ms": {
    help: "How long the ClientToken of a start is remembered (default for ever)",
    allowed: "milliseconds",
    apply: ({ behaviour }, value) => {
      behaviour.tokenLifetimeMs = wholeNumber("token-lifetime-ms", value);
    },
  },
  "read-after-write-delay-reads": {
    help: "How many reads of a fresh evaluation answer 404 (default 0)",
    allowed: "a number",
    apply: ({ behaviour }, value) => {
      behaviour.readAfterWriteDelayReads = wholeNumber("read-after-write-delay-reads", value);
    },
  },
};

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

function help(): string {
  const lines = Object.entries(flags).map(
    ([name, { help, allowed }]) => `  --${name}${allowed ? ` <${allowed}>` : ""}\n      ${help}`,
  );
  return [
    "A local Amazon Connect for contact evaluations, and AWS STS at the same address, where roles are assumed.",
    "",
    "Usage: npm run emulator -- [options]",
    "",
    "Options:",
    ...lines,
    "  --help\n      Prints this text",
  ].join("\n");
}

function parse(args: string[]): Settings | "help" {
  const options: NonNullable<ParseArgsConfig["options"]> = { help: { type: "boolean" } };
  for (const [name, { allowed }] of Object.entries(flags)) options[name] = { type: allowed ? "string" : "boolean" };
  const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
  if (values.help) return "help";
  const settings: Settings = { port: 4566, behaviour: {} };
  for (const [name, value] of Object.entries(values)) flags[name]?.apply(settings, String(value));
  return settings;
}

const ids = {
  instance: "11111111-1111-4111-8111-111111111111",
  contacts: ["22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"],
  forms: ["aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"],
};

const titles = ["Greeting and understanding", "Closing the conversation"];

/** Fills a fresh emulator, so that there is something to evaluate, and says what it holds. */
function populate(emulator: ConnectEmulator, region: string): string {
  emulator.addInstance({ instanceId: ids.instance });
  const roleArn = `arn:aws:iam::${emulator.account}:role/Evaluator`;
  emulator.addRole({ roleArn });
  const contacts = ids.contacts.map((contactId) =>
    emulator.addContact(ids.instance, { contactId, agentId: "agent-1" }),
  );
  const forms = ids.forms.map((evaluationFormId, index) =>
    emulator.addEvaluationForm(ids.instance, { evaluationFormId, title: titles[index] ?? "Form" }),
  );
  const call = `--instance-id ${ids.instance} --region ${region} --endpoint-url ${emulator.url}`;
  return [
    `Amazon Connect emulator, with STS, at ${emulator.url}, Region ${region}`,
    `  instance         ${ids.instance}`,
    ...contacts.map(({ contactId }) => `  contact          ${contactId}`),
    ...forms.map(({ evaluationFormId }, index) => `  evaluation form  ${evaluationFormId}  ${titles[index]}`),
    `  role             ${roleArn}`,
    "",
    "Any long-term credentials do. For SDKs, the AWS CLI and Pulumi:",
    `  export AWS_ENDPOINT_URL_CONNECT=${emulator.url} AWS_ENDPOINT_URL_STS=${emulator.url} AWS_REGION=${region} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test`,
    `  aws connect start-contact-evaluation --contact-id ${ids.contacts[0]} --evaluation-form-id ${ids.forms[0]} ${call}`,
    `  aws connect list-contact-evaluations --contact-id ${ids.contacts[0]} ${call}`,
    `  aws sts assume-role --role-arn ${roleArn} --role-session-name me --region ${region} --endpoint-url ${emulator.url}`,
    "",
  ].join("\n");
}

function line({ at, method, path, operation, status, error }: LoggedRequest): string {
  return [at.toISOString(), status, operation ?? "-", method, decodable(path), error].filter(Boolean).join(" ");
}

function decodable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function main(args: string[]): Promise<void> {
  const settings = parse(args);
  if (settings === "help") return console.log(help());
  const emulator = await startConnectEmulator(settings);
  emulator.log.onAnswer((request) => console.log(line(request)));
  console.log(populate(emulator, settings.region ?? "us-east-1"));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void emulator.close());
}

function fail(error: Error & { code?: string }): void {
  const usage = error instanceof UsageError || error.code?.startsWith("ERR_PARSE_ARGS");
  const known = Object.keys(flags).map((name) => `--${name}`);
  console.error(usage ? `${error.message}\nOptions: ${known.join(" ")}, explained by --help` : error.message);
  process.exitCode = usage ? 2 : 1;
}

main(process.argv.slice(2)).catch(fail);
