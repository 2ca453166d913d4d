import { UserError } from "../shared/errors";
import { isObject, type Json } from "../shared/plain";
import type { IgnoredTags, Tags } from "../shared/tags";

/** What the stack's configuration says, read and checked. */
export interface Settings {
  region?: string;
  profile?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  sharedConfigFile?: string;
  sharedCredentialsFile?: string;
  webIdentity?: WebIdentity;
  /** Assumed one after the other. */
  assumeRoles: readonly Role[];
  /** Where Connect and STS are, if not at the Region's own endpoints. */
  endpoints: { connect?: string; sts?: string };
  stsRegion?: string;
  maxRetries?: number;
  retryMode?: "standard" | "adaptive";
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
  customCaBundle?: string;
  httpProxy?: string;
  httpsProxy?: string;
  noProxy?: string;
  userAgents: readonly string[];
  allowedAccountIds: readonly string[];
  forbiddenAccountIds: readonly string[];
  defaultTags: Tags;
  ignoreTags: IgnoredTags;
  /** Tells stacks of one name on separate backends apart, see clientToken.ts. */
  namespace: string;
  /** Delete evaluations that hold somebody's work. */
  forceDestroy: boolean;
  /** Recognize evaluations by a tag, see lifecycle/marker.ts. */
  marker: boolean;
}

interface Session {
  roleArn: string;
  sessionName?: string;
  durationSeconds?: number;
  policy?: string;
  policyArns?: readonly string[];
}

export interface Role extends Session {
  externalId?: string;
  sourceIdentity?: string;
  tags?: Tags;
  transitiveTagKeys?: readonly string[];
}

export interface WebIdentity extends Session {
  webIdentityToken?: string;
  webIdentityTokenFile?: string;
}

/**
 * What becomes of each key of `@pulumi/aws`. A refused one would change whom this package acts for or how, and is not
 * supported: going on without it could act in another account. An ignored one means nothing here.
 */
export const AWS_KEYS = {
  accessKey: "read",
  allowedAccountIds: "read",
  assumeRoleWithWebIdentity: "read",
  assumeRoles: "read",
  customCaBundle: "read",
  defaultTags: "read",
  ec2MetadataServiceEndpoint: "refused",
  ec2MetadataServiceEndpointMode: "refused",
  endpoints: "read",
  forbiddenAccountIds: "read",
  httpProxy: "read",
  httpsProxy: "read",
  ignoreTags: "read",
  insecure: "refused",
  maxRetries: "read",
  noProxy: "read",
  profile: "read",
  region: "read",
  retryMode: "read",
  s3UsEast1RegionalEndpoint: "ignored",
  s3UsePathStyle: "ignored",
  secretKey: "read",
  sharedConfigFiles: "read",
  sharedCredentialsFiles: "read",
  skipCredentialsValidation: "ignored",
  skipMetadataApiCheck: "ignored",
  skipRegionValidation: "ignored",
  skipRequestingAccountId: "ignored",
  stsRegion: "read",
  tagPolicyCompliance: "ignored",
  token: "read",
  tokenBucketRateLimiterCapacity: "ignored",
  useDualstackEndpoint: "read",
  useFipsEndpoint: "read",
  userAgents: "read",
} as const;

/** What to use instead of a refused key. */
const INSTEAD: Readonly<Record<string, string>> = {
  ec2MetadataServiceEndpoint: "set AWS_EC2_METADATA_SERVICE_ENDPOINT",
  ec2MetadataServiceEndpointMode: "set AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
  insecure: "set aws:customCaBundle to the certificate to trust",
};

/** A configuration key's value: text from the stack, or what an explicit provider was given. */
export type GetConfig = (key: string) => unknown;

/** A wrong configuration; every later call of the provider fails with it. */
class ConfigurationError extends UserError {
  constructor(faults: readonly string[]) {
    super(
      faults.length === 1
        ? `the stack's configuration is wrong: ${faults[0]}`
        : `the stack's configuration is wrong:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
    );
  }
}

/** Reads the configuration whole, so that all its faults are told at once. */
export function readSettings(get: GetConfig): Settings {
  const faults: string[] = [];
  const read = <T>(key: string, parse: Parse<T>): T | undefined => {
    const value = unwrapSecrets(get(key));
    if (value === undefined || value === "") return undefined;
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      faults.push(`${key} must be ${error.message}`);
      return undefined;
    }
  };
  const settings = withoutUndefined({
    region: read("aws:region", text),
    profile: read("aws:profile", text),
    credentials: keys(read("aws:accessKey", text), read("aws:secretKey", text), read("aws:token", text), faults),
    sharedConfigFile: read("aws:sharedConfigFiles", onlyOne),
    sharedCredentialsFile: read("aws:sharedCredentialsFiles", onlyOne),
    webIdentity: read("aws:assumeRoleWithWebIdentity", webIdentity),
    assumeRoles: read("aws:assumeRoles", listOf(role)) ?? read("aws:assumeRole", listOf(role)) ?? [],
    endpoints: read("aws:endpoints", endpoints) ?? {},
    stsRegion: read("aws:stsRegion", text),
    maxRetries: read("aws:maxRetries", count),
    retryMode: read("aws:retryMode", oneOf("standard", "adaptive")),
    useFipsEndpoint: read("aws:useFipsEndpoint", flag),
    useDualstackEndpoint: read("aws:useDualstackEndpoint", flag),
    customCaBundle: read("aws:customCaBundle", text),
    httpProxy: read("aws:httpProxy", url),
    httpsProxy: read("aws:httpsProxy", url),
    noProxy: read("aws:noProxy", text),
    userAgents: read("aws:userAgents", listOf(text)) ?? [],
    allowedAccountIds: read("aws:allowedAccountIds", listOf(accountId)) ?? [],
    forbiddenAccountIds: read("aws:forbiddenAccountIds", listOf(accountId)) ?? [],
    defaultTags: read("aws:defaultTags", defaultTags) ?? {},
    ignoreTags: read("aws:ignoreTags", ignoreTags) ?? { keys: [], keyPrefixes: [] },
    namespace: read("connect-evaluations:namespace", text) ?? "",
    forceDestroy: read("connect-evaluations:forceDestroy", flag) ?? false,
    marker: read("connect-evaluations:marker", flag) ?? true,
  });
  if (settings.allowedAccountIds.length > 0 && settings.forbiddenAccountIds.length > 0) {
    faults.push("aws:allowedAccountIds and aws:forbiddenAccountIds exclude each other, and both are set");
  }
  for (const [key, treatment] of Object.entries(AWS_KEYS)) {
    if (treatment !== "refused" || get(`aws:${key}`) === undefined) continue;
    faults.push(`aws:${key} is not supported by pulumi-connect-evaluations; ${INSTEAD[key]}`);
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return settings;
}

// What each key's value may be. A structured one is JSON text from the stack, and plain from an explicit provider.

type Parse<T> = (value: unknown) => T;

/** What a value must be instead. */
class Mistake extends Error {}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new Mistake("a text");
}

function url(value: unknown): string {
  if (typeof value === "string" && /^https?:\/\//.test(value) && URL.canParse(value)) return value;
  throw new Mistake("a URL like http://HOST:PORT");
}

function flag(value: unknown): boolean {
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw new Mistake("true or false");
}

function count(value: unknown): number {
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= 0) return number;
  throw new Mistake("a whole number of 0 or more");
}

const oneOf =
  <T extends string>(...choices: readonly T[]): Parse<T> =>
  (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new Mistake(choices.join(" or "));
    return choice;
  };

function json(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new Mistake("JSON");
  }
}

function object(value: unknown, like: string): Json {
  const parsed = json(value);
  if (isObject(parsed)) return parsed;
  throw new Mistake(`an object like ${like}`);
}

const listOf =
  <T>(parse: Parse<T>): Parse<readonly T[]> =>
  (value) => {
    const parsed = json(value);
    return (Array.isArray(parsed) ? parsed : [parsed]).map(parse);
  };

/** YAML makes numbers of ids, and drops no leading zero of them only when they are quoted. */
function accountId(value: unknown): string {
  const id = typeof value === "number" ? String(value).padStart(12, "0") : value;
  if (typeof id === "string" && /^\d{12}$/.test(id)) return id;
  throw new Mistake("a list of account ids of 12 digits");
}

/** The SDK reads one shared file of a kind. */
function onlyOne(value: unknown): string {
  const [file, ...others] = listOf(text)(value);
  if (file !== undefined && others.length === 0) return file;
  throw new Mistake("a list with the path of one file: more are not supported");
}

function endpoints(value: unknown): { connect?: string; sts?: string } {
  const like = 'a list like [{"connect":"https://HOST","sts":"https://HOST"}]';
  const urls: { connect?: string; sts?: string } = {};
  for (const entry of listOf((item) => object(item, like))(value)) {
    for (const service of ["connect", "sts"] as const) {
      const url = entry[service];
      if (!url) continue;
      if (typeof url !== "string" || !URL.canParse(url)) throw new Mistake(`${like}, and its ${service} is not a URL`);
      urls[service] = url;
    }
  }
  return urls;
}

function tags(value: unknown, like: string): Tags {
  const parsed = value === undefined ? {} : value;
  const isTag = (tag: unknown) => ["string", "number", "boolean"].includes(typeof tag);
  if (isObject(parsed) && Object.values(parsed).every(isTag)) {
    return Object.fromEntries(Object.entries(parsed).map(([name, tag]) => [name, String(tag)]));
  }
  throw new Mistake(`an object like ${like} whose tags are texts`);
}

function defaultTags(value: unknown): Tags {
  const like = '{"tags":{"Owner":"me"}}';
  return tags(object(value, like).tags, like);
}

function ignoreTags(value: unknown): IgnoredTags {
  const parsed = object(value, '{"keys":["a"],"keyPrefixes":["b:"]}');
  return { keys: listOf(text)(parsed.keys ?? []), keyPrefixes: listOf(text)(parsed.keyPrefixes ?? []) };
}

const ROLE = '{"roleArn":"arn:aws:iam::ACCOUNT:role/NAME"}';

function session(parsed: Json): Session {
  if (typeof parsed.roleArn !== "string" || parsed.roleArn === "")
    throw new Mistake(`${ROLE}, and its roleArn is missing`);
  return withoutUndefined({
    roleArn: parsed.roleArn,
    sessionName: optional(parsed.sessionName, text),
    durationSeconds: optional(parsed.duration, duration),
    policy: optional(parsed.policy, text),
    policyArns: optional(parsed.policyArns, listOf(text)),
  });
}

function role(value: unknown): Role {
  const parsed = object(value, ROLE);
  return withoutUndefined({
    ...session(parsed),
    externalId: optional(parsed.externalId, text),
    sourceIdentity: optional(parsed.sourceIdentity, text),
    tags: optional(parsed.tags, (given) => tags(given, '{"tags":{"k":"v"}}')),
    transitiveTagKeys: optional(parsed.transitiveTagKeys, listOf(text)),
  });
}

function webIdentity(value: unknown): WebIdentity {
  const parsed = object(value, ROLE);
  const identity = withoutUndefined({
    ...session(parsed),
    webIdentityToken: optional(parsed.webIdentityToken, text),
    webIdentityTokenFile: optional(parsed.webIdentityTokenFile, text),
  });
  if (identity.webIdentityToken || identity.webIdentityTokenFile) return identity;
  throw new Mistake(`${ROLE} with a webIdentityToken or a webIdentityTokenFile`);
}

const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

/** As `@pulumi/aws` has it: `1h`, `15m`, `1h30m`. */
function duration(value: unknown): number {
  const parts = typeof value === "string" ? [...value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)] : [];
  const seconds = parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (SECONDS[unit] ?? 0), 0);
  if (parts.length > 0 && parts.map(([part]) => part).join("") === value) return Math.round(seconds);
  throw new Mistake("given a duration like 1h or 15m");
}

const optional = <T>(value: unknown, parse: Parse<T>): T | undefined =>
  value === undefined || value === null || value === "" ? undefined : parse(value);

function keys(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
  faults: string[],
): Settings["credentials"] {
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return withoutUndefined({ accessKeyId, secretAccessKey, sessionToken });
  }
  if (accessKeyId !== undefined || secretAccessKey !== undefined) {
    faults.push("aws:accessKey and aws:secretKey belong together, and only one of them is set");
  }
  return undefined;
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** The SDK's envelope for a secret inside a structured value; it unwraps the outermost one only. */
const SECRET = { signatureKey: "4dabf18193072939515e22adb298388d", signature: "1b47061264138c4ac30d75fd1eb44270" };

function unwrapSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (!isObject(value)) return value;
  if (value[SECRET.signatureKey] === SECRET.signature) return unwrapSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unwrapSecrets(member)]));
}
