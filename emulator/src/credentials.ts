import { connectError } from "./errors";

/** The credential scope of a signed request. */
export interface CredentialScope {
  accessKeyId: string;
  region: string;
  service: string;
}

const credential =
  /^AWS4-HMAC-SHA256 .*Credential=(?<accessKeyId>[^/,\s]+)\/\d{8}\/(?<region>[^/,\s]+)\/(?<service>[^/,\s]+)\/aws4_request/;

/** Reads the scope from an Authorization header; the signature itself is not verified. */
export function parseAuthorization(header: string | undefined): CredentialScope | undefined {
  const groups = credential.exec(header ?? "")?.groups;
  if (groups === undefined) return undefined;
  const { accessKeyId = "", region = "", service = "" } = groups;
  return { accessKeyId, region, service };
}

/** The scope of a request that is signed for Connect; any other request is refused. */
export function authenticate(header: string | undefined): CredentialScope {
  if (!header) throw connectError("MissingAuthenticationTokenException", "Missing Authentication Token");
  const scope = parseAuthorization(header);
  if (scope === undefined) {
    throw connectError("IncompleteSignatureException", "Authorization header has no credential scope");
  }
  if (scope.service === "connect") return scope;
  throw connectError("InvalidSignatureException", "Credential should be scoped to correct service: 'connect'.");
}
