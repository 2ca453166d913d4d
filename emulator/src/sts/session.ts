import { defined } from "../wire/plain";
import type { StsContext } from "./context";
import { stsError } from "./errors";
import type { XmlContent } from "./xml";

/** Input that all ways to assume a role share. */
export interface SessionInput {
  RoleArn: string;
  RoleSessionName: string;
  /** Logged but not enforced, like PolicyArns: a session may do everything. */
  Policy?: string;
  PolicyArns?: { arn: string }[];
  DurationSeconds?: number;
}

const defaultSeconds = 3600;

/** Opens a session of a role that trusts the caller. Everybody else is refused, and everybody if the role does not exist. */
export function assume(
  context: StsContext,
  operation: string,
  input: SessionInput,
  externalId?: string,
): Record<string, XmlContent> {
  const { identities, caller, now } = context;
  if (!identities.mayAssume(input.RoleArn, caller, externalId)) throw denied(context, operation, input.RoleArn);
  refuseBrokenPolicy(input.Policy);
  const expires = new Date(now.getTime() + 1000 * (input.DurationSeconds ?? defaultSeconds));
  const session = identities.openSession(input.RoleArn, input.RoleSessionName, expires);
  return {
    Credentials: {
      AccessKeyId: session.caller.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: session.expires,
    },
    AssumedRoleUser: { AssumedRoleId: session.caller.userId, Arn: session.caller.arn },
    ...defined({ PackedPolicySize: input.Policy === undefined ? undefined : packedSize(input.Policy) }),
  };
}

function denied({ caller }: StsContext, operation: string, roleArn: string): Error {
  const who = caller.account === "" ? "Not" : `User: ${caller.arn} is not`;
  const what = caller.account === "" ? "" : ` on resource: ${roleArn}`;
  return stsError("AccessDenied", `${who} authorized to perform: sts:${operation}${what}`);
}

function refuseBrokenPolicy(policy: string | undefined): void {
  if (policy === undefined || isJsonObject(policy)) return;
  throw stsError("MalformedPolicyDocument", "Policy: is not a JSON document");
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

// A percentage of the limit, which is 2,048 characters of plain text.
function packedSize(policy: string): number {
  return Math.ceil((100 * policy.length) / 2048);
}
