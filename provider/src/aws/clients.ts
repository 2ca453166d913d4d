import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import type { STSClientConfig } from "@aws-sdk/client-sts";
import { Failure } from "../shared/errors";
import { defined } from "../shared/plain";
import { regionOfProfile } from "./profiles";
import { agentsThroughProxy } from "./proxy";
import type { Settings } from "./settings";

/** How clients of AWS are made from the stack's configuration. */

/** What a client of any service is made with, in the words that all of them share. */
export type ClientConfig = Pick<
  STSClientConfig,
  | "region"
  | "profile"
  | "credentials"
  | "endpoint"
  | "useFipsEndpoint"
  | "useDualstackEndpoint"
  | "requestHandler"
  | "retryMode"
  | "maxAttempts"
  | "logger"
  | "customUserAgent"
>;

export type Credentials = NonNullable<ClientConfig["credentials"]>;

/** A try without an answer is given up after this time, and the call is tried again; in milliseconds. */
const REQUEST_TIMEOUT_MS = 10_000;
const CONNECTION_TIMEOUT_MS = 5_000;
/** The timeouts run from when a call is made, so none may wait for a socket. `pulumi --parallel` bounds their number. */
const maxSockets = Number.POSITIVE_INFINITY;

/** For a service that the stack names no endpoint and no Region of. What it leaves open the SDK decides. */
export function clientConfig(settings: Settings): ClientConfig {
  const { profile, useFipsEndpoint, useDualstackEndpoint, userAgents, customCaBundle, retryMode, maxRetries } =
    settings;
  const ca = customCaBundle === undefined ? undefined : trusted(customCaBundle);
  return defined({
    profile,
    useFipsEndpoint,
    useDualstackEndpoint,
    retryMode,
    maxAttempts: maxRetries === undefined ? undefined : maxRetries + 1,
    customUserAgent: userAgents.length > 0 ? userAgents.map(product) : undefined,
    requestHandler: {
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets },
      httpsAgent: defined({ maxSockets, ca }),
      ...agentsThroughProxy(settings, ca),
    },
    // The SDK's own notices would show under the stack in `pulumi up`.
    logger: { trace() {}, debug() {}, info() {}, warn() {}, error() {} },
  });
}

/** `name/version`, as the SDK takes it apart; a space inside one it would replace. */
function product(userAgent: string): [string, string] | [string] {
  const [name = "", version] = userAgent.split("/", 2);
  return version === undefined ? [name] : [name, version];
}

/** @param region the resource's or the stack's; `undefined` for the profile's. */
export function stsConfig(settings: Settings, region: string | undefined): ClientConfig {
  const { endpoints, stsRegion } = settings;
  const here = stsRegion ?? regionOf(settings, region);
  return { ...clientConfig(settings), ...defined({ region: here, endpoint: endpoints.sts }) };
}

/** @param region the resource's or the stack's; `undefined` for the profile's. */
export function connectConfig(
  settings: Settings,
  region: string | undefined,
  credentials: Credentials | undefined,
): ClientConfig {
  const here = regionOf(settings, region);
  return { ...clientConfig(settings), ...defined({ region: here, endpoint: settings.endpoints.connect, credentials }) };
}

/** The SDK itself looks for a profile's Region only in its usual files, and takes an empty AWS_REGION for a Region. */
function regionOf(settings: Settings, region: string | undefined): ClientConfig["region"] {
  if (region !== undefined) return region;
  const { sharedConfigFiles, sharedCredentialsFiles } = settings;
  const isOther = sharedConfigFiles !== undefined || sharedCredentialsFiles !== undefined;
  return isOther || process.env.AWS_REGION === "" ? () => regionOfProfile(settings) : undefined;
}

/** A bundle adds to what Node.js trusts anyway. */
function trusted(bundle: string): string[] {
  try {
    return [...rootCertificates, readFileSync(bundle, "utf8")];
  } catch {
    throw new Failure("read the certificates to trust", {
      why: `the file ${bundle} cannot be read`,
      remedy: "correct its path in aws:customCaBundle or AWS_CA_BUNDLE",
    });
  }
}
