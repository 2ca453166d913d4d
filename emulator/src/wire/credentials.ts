import type { IncomingHttpHeaders } from "node:http";
import type { ServiceError } from "./errors";
import type { Caller, Identities } from "./identities";
import { type Clock, dateFaultOf } from "./requestDate";

/** The credential scope of a signed request. */
export interface CredentialScope {
  accessKeyId: string;
  region: string;
  service: string;
}

/** Why a request has no accepted caller. */
type Refusal = "unsigned" | "incomplete" | "otherService" | "unknown" | "expired";

/** What callers may not do. */
export interface Permissions {
  /** Operations that no caller is permitted. */
  readonly denied: readonly string[];
}

/** How a service authenticates: its name in the credential scope, and its errors. */
export interface Gate {
  service: string;
  refusals: Record<Refusal | "denied", string>;
  error: (name: string, message: string) => ServiceError;
}

const credential =
  /^AWS4-HMAC-SHA256 .*Credential=(?<accessKeyId>[^/,\s]+)\/\d{8}\/(?<region>[^/,\s]+)\/(?<service>[^/,\s]+)\/aws4_request/;

const texts: Record<Refusal, (service: string) => string> = {
  unsigned: () => "Missing Authentication Token",
  incomplete: () => "Authorization header has no credential scope",
  otherService: (service) => `Credential should be scoped to correct service: '${service}'.`,
  unknown: () => "The security token included in the request is invalid.",
  expired: () => "The security token included in the request is expired",
};

/** Reads the scope from an Authorization header; the signature itself is not verified. */
export function parseAuthorization(header: string | undefined): CredentialScope | undefined {
  const groups = credential.exec(header ?? "")?.groups;
  if (groups === undefined) return undefined;
  const { accessKeyId = "", region = "", service = "" } = groups;
  return { accessKeyId, region, service };
}

/** The caller of a request that is signed for this service, and the Region it is signed for. */
export function authenticate(
  headers: IncomingHttpHeaders,
  gate: Gate,
  identities: Identities,
  clock: Clock,
): { caller: Caller; region: string } {
  if (!headers.authorization) throw refused(gate, "unsigned");
  const scope = parseAuthorization(headers.authorization);
  if (scope === undefined) throw refused(gate, "incomplete");
  refuseOtherTime(headers, gate, clock);
  if (scope.service !== gate.service) throw refused(gate, "otherService");
  const sessionToken = [headers["x-amz-security-token"]].flat()[0];
  const { accessKeyId, region } = scope;
  const caller = identities.identify({ accessKeyId, sessionToken, region }, clock.now());
  if (typeof caller === "string") throw refused(gate, caller);
  return { caller, region };
}

function refuseOtherTime(headers: IncomingHttpHeaders, { refusals, error }: Gate, clock: Clock): void {
  const fault = dateFaultOf(headers, clock);
  if (fault === undefined) return;
  throw error(fault.kind === "noDate" ? refusals.incomplete : refusals.otherService, fault.message);
}

/** Refuses an operation that no caller is permitted, in the words of AWS. */
export function authorize(caller: Caller, operation: string, gate: Gate, { denied }: Permissions): void {
  if (!denied.includes(operation)) return;
  const message = `User: ${caller.arn} is not authorized to perform: ${gate.service}:${operation}`;
  throw gate.error(gate.refusals.denied, message);
}

function refused({ service, refusals, error }: Gate, refusal: Refusal): ServiceError {
  return error(refusals[refusal], texts[refusal](service));
}
