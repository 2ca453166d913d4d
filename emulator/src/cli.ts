#!/usr/bin/env node
import type { ConnectEmulator } from "./emulator";
import { flags, help, parse, type Settings, UsageError } from "./flags";
import { onParentGone } from "./parent";
import type { LoggedRequest } from "./requests";
import { startConnectEmulator } from "./server";
import { partitionOf } from "./wire/partitions";

const ids = {
  instance: "11111111-1111-4111-8111-111111111111",
  contacts: ["22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"],
  forms: ["aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"],
};

const titles = ["Greeting and understanding", "Closing the conversation"];

/** Adds something to evaluate, and returns a text that lists it. */
function populate(emulator: ConnectEmulator, { region = "us-east-1", forms: files }: Settings): string {
  emulator.addInstance({ instanceId: ids.instance });
  const roleArn = `arn:${partitionOf(region)}:iam::${emulator.account}:role/Evaluator`;
  emulator.addRole({ roleArn });
  const contacts = ids.contacts.map((contactId) =>
    emulator.addContact(ids.instance, { contactId, agentId: "agent-1" }),
  );
  const samples = ids.forms.map((evaluationFormId, index) => ({ evaluationFormId, title: titles[index] ?? "Form" }));
  const forms = [...samples, ...files.map((file) => ({ ...file, title: file.content.Title }))].map((form) => ({
    ...emulator.addEvaluationForm(ids.instance, form),
    title: form.title,
  }));
  const call = `--instance-id ${ids.instance} --region ${region} --endpoint-url ${emulator.url}`;
  return [
    `Amazon Connect emulator, with STS, at ${emulator.url}, Region ${region}`,
    `  instance         ${ids.instance}`,
    ...contacts.map(({ contactId }) => `  contact          ${contactId}`),
    ...forms.map(({ evaluationFormId, title }) => `  evaluation form  ${evaluationFormId}  ${title}`),
    `  role             ${roleArn}`,
    "",
    "Any credentials do. For SDKs, the AWS CLI and Pulumi:",
    `  export AWS_ENDPOINT_URL_CONNECT=${emulator.url} AWS_ENDPOINT_URL_STS=${emulator.url} AWS_REGION=${region} AWS_DEFAULT_REGION=${region} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test`,
    `  aws connect start-contact-evaluation --contact-id ${ids.contacts[0]} --evaluation-form-id ${ids.forms[0]} ${call}`,
    `  aws connect list-contact-evaluations --contact-id ${ids.contacts[0]} ${call}`,
    `  aws sts assume-role --role-arn ${roleArn} --role-session-name me --region ${region} --endpoint-url ${emulator.url}`,
    "",
  ].join("\n");
}

function line({ at, method, path, operation, status, error }: LoggedRequest): string {
  return [at.toISOString(), status, operation ?? "-", method, printable(path), error].filter(Boolean).join(" ");
}

// Characters that could end the line, or hide something in it, stay encoded.
function printable(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, encodeURIComponent);
  } catch {
    return path;
  }
}

// The reader of the output may go, as in `npm run emulator | head`; the server stays.
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

async function main(args: string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  const settings = parse(args);
  if (settings === "help") return console.log(help());
  const emulator = await startConnectEmulator({ ...settings, keepRequests: false });
  for (const key of settings.accessKeys) emulator.addAccessKey(key);
  for (const rule of settings.faults) emulator.faults.add(rule);
  emulator.log.onAnswer((request) => console.log(line(request)));
  const end = () => void emulator.close();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  onParentGone(end);
  console.log(populate(emulator, settings));
}

function fail(error: Error & { code?: string }): void {
  const usage = error instanceof UsageError || error.code?.startsWith("ERR_PARSE_ARGS");
  const known = Object.keys(flags).map((name) => `--${name}`);
  console.error(usage ? `${error.message}\nOptions: ${known.join(" ")}, explained by --help` : error.message);
  process.exitCode = usage ? 2 : 1;
}

main(process.argv.slice(2)).catch(fail);
