import type { ConnectEmulator } from "./emulator";
import { type InstanceInventory, type Inventory, inventory } from "./inventory";

/** What a person needs to know after the start: what is there, and how to reach it. */
export function banner(emulator: ConnectEmulator): string {
  const { url, region } = emulator;
  const all = inventory(emulator);
  const { instances, roles, accessKeys } = all;
  const variables = {
    AWS_ENDPOINT_URL_CONNECT: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  const assignments = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return [
    `Amazon Connect emulator, with STS, at ${url}, Region ${region}`,
    ...instances.flatMap((instance) => listing(instance, emulator)),
    ...roles.map(({ roleArn }) => row("role", roleArn)),
    ...accessKeys.map(({ accessKeyId, account }) => row("access key", accessKeyId, `account ${account}`)),
    "",
    "Any credentials do. For SDKs, the AWS CLI and Pulumi:",
    `  export ${assignments.join(" ")}`,
    ...commands(emulator, all).map((command) => `  ${command}`),
    "",
  ].join("\n");
}

function listing(instance: InstanceInventory, { region, account }: ConnectEmulator): string[] {
  const elsewhere = [
    ...(instance.region === region ? [] : [`Region ${instance.region}`]),
    ...(instance.account === account ? [] : [`account ${instance.account}`]),
  ];
  return [
    row("instance", instance.instanceId, elsewhere.join(", ")),
    ...instance.contacts.map(({ contactId = "" }) => row("contact", contactId)),
    ...instance.users.map((arn) => row("user", arn)),
    ...instance.evaluationForms.map(({ evaluationFormId, title, active }) =>
      row("evaluation form", evaluationFormId, active ? title : `${title} (not active)`),
    ),
  ];
}

function row(kind: string, ...texts: string[]): string {
  return `  ${[kind.padEnd("evaluation form".length), ...texts.filter(Boolean)].join("  ")}`;
}

/** Commands that work with what is there. */
function commands({ url, account, region }: ConnectEmulator, { instances, roles }: Inventory): string[] {
  const evaluable = instances
    .filter((instance) => instance.account === account)
    .map((instance) => ({
      ...instance,
      contact: instance.contacts[0],
      form: instance.evaluationForms.find(({ active }) => active),
    }))
    .find(({ contact, form }) => contact && form);
  const assumable = roles.find(({ trusts, externalId }) => trusts === undefined && externalId === undefined);
  const at = `--instance-id ${evaluable?.instanceId} --region ${evaluable?.region} --endpoint-url ${url}`;
  const contact = `--contact-id ${evaluable?.contact?.contactId}`;
  const start = `${contact} --evaluation-form-id ${evaluable?.form?.evaluationFormId} ${at}`;
  const assume = `--role-arn ${assumable?.roleArn} --role-session-name me --region ${region} --endpoint-url ${url}`;
  return [
    ...(evaluable ? [`aws connect start-contact-evaluation ${start}`] : []),
    ...(evaluable ? [`aws connect list-contact-evaluations ${contact} ${at}`] : []),
    ...(assumable ? [`aws sts assume-role ${assume}`] : []),
  ];
}
