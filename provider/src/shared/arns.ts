/** The kinds of Connect resources whose ARNs matter here, as the ARN spells them. */
export type ArnKind = "instance" | "contact" | "evaluation-form" | "contact-evaluation";

export interface ConnectArn {
  kind: ArnKind;
  partition: string;
  region: string;
  accountId: string;
  instanceId: string;
  /** The id of the resource itself; of an instance, the instance's. */
  id: string;
}

/** How each kind is written, for messages: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html */
export const ARN_FORM: Readonly<Record<ArnKind, string>> = {
  instance: "arn:aws:connect:REGION:ACCOUNT:instance/INSTANCE",
  contact: "arn:aws:connect:REGION:ACCOUNT:instance/INSTANCE/contact/CONTACT",
  "evaluation-form": "arn:aws:connect:REGION:ACCOUNT:instance/INSTANCE/evaluation-form/FORM",
  "contact-evaluation": "arn:aws:connect:REGION:ACCOUNT:instance/INSTANCE/contact-evaluation/EVALUATION",
};

export const looksLikeArn = (text: string): boolean => text.startsWith("arn:");

/** The parts of a Connect ARN of one of the known kinds, or `undefined` for any other text. */
export function parseConnectArn(text: string): ConnectArn | undefined {
  const [prefix, partition, service, region, accountId, ...resource] = text.split(":");
  const segments = resource.join(":").split("/");
  const [root, instanceId, kind = "instance", id = instanceId] = segments;
  const isKnownKind = Object.hasOwn(ARN_FORM, kind) && segments.length === (kind === "instance" ? 2 : 4);
  if (prefix !== "arn" || service !== "connect" || root !== "instance" || !isKnownKind) return undefined;
  if (!partition || !region || !accountId || !instanceId || !id) return undefined;
  return { kind: kind as ArnKind, partition, region, accountId, instanceId, id };
}
