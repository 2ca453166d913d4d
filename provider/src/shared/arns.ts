import { Failure } from "./errors";

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

const CONNECT_ARN =
  /^arn:(?<partition>[^:]+):connect:(?<region>[^:]+):(?<accountId>[^:]+):instance\/(?<instanceId>[^/]+)(?:\/(?<kind>[^/]+)\/(?<id>.+))?$/s;

/** The parts of a Connect ARN of one of the known kinds, or `undefined` for any other text. */
export function parseConnectArn(text: string): ConnectArn | undefined {
  const { partition, region, accountId, instanceId, kind, id } = CONNECT_ARN.exec(text)?.groups ?? {};
  if (!partition || !region || !accountId || !instanceId) return undefined;
  const root = { partition, region, accountId, instanceId };
  if (kind === undefined) return { ...root, kind: "instance", id: instanceId };
  return isKindWithin(kind) && id !== undefined ? { ...root, kind, id } : undefined;
}

const isKindWithin = (kind: string): kind is ArnKind => kind !== "instance" && Object.hasOwn(ARN_FORM, kind);

/** The parts of a resource's id. An empty one must never reach the service: its requests would go to another address. */
export function parseEvaluationArn(id: string): ConnectArn {
  const arn = parseConnectArn(id);
  if (arn?.kind === "contact-evaluation") return arn;
  throw new Failure(`work with the evaluation ${JSON.stringify(id)}`, {
    why: "that is not the ARN of a contact evaluation",
    remedy: `give an ARN like ${ARN_FORM["contact-evaluation"]}`,
  });
}
