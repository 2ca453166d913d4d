import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import type { ConnectClientConfig } from "@aws-sdk/client-connect";
import { Failure } from "../shared/errors";
import { type ClientConfig, callerAccount } from "./credentials";
import { agentsThroughProxy } from "./proxy";
import type { Settings } from "./settings";

/** How clients of AWS are made from the stack's configuration. */

/** A try that gets no answer in this time is given up and tried again, in milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;
const CONNECTION_TIMEOUT_MS = 5_000;
/** Of what may pass when repeated; throttling is not counted, see pacing.ts. */
const RETRIES = 2;

/** What every client of AWS is made with. */
function commonConfig(settings: Settings): ClientConfig {
  const { useFipsEndpoint, useDualstackEndpoint, userAgents, customCaBundle } = settings;
  const ca = customCaBundle === undefined ? undefined : trusted(customCaBundle);
  return {
    ...(useFipsEndpoint !== undefined && { useFipsEndpoint }),
    ...(useDualstackEndpoint !== undefined && { useDualstackEndpoint }),
    ...(userAgents.length > 0 && { customUserAgent: userAgents.map(product) }),
    requestHandler: {
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      ...(ca !== undefined && { httpsAgent: { ca } }),
      ...agentsThroughProxy(settings, ca),
    },
    // The SDK's own notices would show under the stack in `pulumi up`.
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  };
}

/** `name/version`, as the SDK takes it apart; a space inside one it would replace. */
function product(userAgent: string): [string, string] | [string] {
  const [name = "", version] = userAgent.split("/", 2);
  return version === undefined ? [name] : [name, version];
}

export function stsConfig(settings: Settings, region: string | undefined): ClientConfig {
  const { endpoints, stsRegion = region } = settings;
  return {
    ...commonConfig(settings),
    ...(stsRegion !== undefined && { region: stsRegion }),
    ...(endpoints.sts !== undefined && { endpoint: endpoints.sts }),
  };
}

export function connectConfig(
  settings: Settings,
  region: string | undefined,
  credentials: ConnectClientConfig["credentials"],
): ConnectClientConfig {
  const { profile, endpoints, retryMode = "standard", maxRetries = RETRIES } = settings;
  return {
    ...commonConfig(settings),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(credentials !== undefined && { credentials }),
    ...(endpoints.connect !== undefined && { endpoint: endpoints.connect }),
    retryMode,
    maxAttempts: maxRetries + 1,
  };
}

/** A bundle adds to what Node.js trusts anyway. */
function trusted(bundle: string): string[] {
  try {
    return [...rootCertificates, readFileSync(bundle, "utf8")];
  } catch {
    throw new Failure("read the certificates to trust", {
      why: `the file ${bundle} of aws:customCaBundle cannot be read`,
      remedy: "correct the path",
    });
  }
}

/** Resolves when the stack allows changes in the account that the credentials belong to. */
export async function refuseOtherAccounts(
  settings: Settings,
  sts: ClientConfig,
  credentials: ConnectClientConfig["credentials"],
): Promise<void> {
  const { allowedAccountIds: allowed, forbiddenAccountIds: forbidden } = settings;
  if (allowed.length === 0 && forbidden.length === 0) return;
  const account = await callerAccount(sts, credentials);
  const isRefused = allowed.length > 0 ? !allowed.includes(account) : forbidden.includes(account);
  if (!isRefused) return;
  const key = allowed.length > 0 ? "aws:allowedAccountIds does not name" : "aws:forbiddenAccountIds names";
  throw new Failure("change anything in Amazon Connect", {
    why: `the credentials belong to account ${account}, which ${key}`,
    remedy: "use credentials of the account that is meant, or correct the list",
  });
}
