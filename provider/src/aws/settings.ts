import { isSealedSecret } from "../shared/envelope";
import { UserError } from "../shared/errors";
import { isObject } from "../shared/plain";
import type { IgnoredTags, Tags } from "../shared/tags";
import {
  accountId,
  count,
  duration,
  flag,
  listOf,
  Mistake,
  members,
  object,
  oneOf,
  onlyOne,
  type Parse,
  proxy,
  tags,
  text,
  url,
} from "./parsers";

/** The stack's configuration: every key there is, and what its value becomes. */

/** A key that is read, and after it the environment variables that say the same; the first that is not empty counts. */
interface ReadKey<T> {
  treatment: "read";
  parse: Parse<T>;
  variables: readonly string[];
  /** What holds when nothing is set. */
  otherwise: T;
}

const setting = <T>(parse: Parse<T>, ...variables: string[]): ReadKey<T | undefined> => ({
  treatment: "read",
  parse,
  variables,
  otherwise: undefined,
});

const settingOr = <T>(otherwise: T, parse: Parse<T>): ReadKey<T> => ({
  treatment: "read",
  parse,
  variables: [],
  otherwise,
});

/** It would change whom this package acts for or how, and is not supported: to go on could be in another account. */
const refused = (instead: string) => ({ treatment: "refused", instead }) as const;

/** It means nothing here. */
const ignored = { treatment: "ignored" } as const;

const SESSION_MEMBERS = { roleArn: text, sessionName: text, duration, policy: text, policyArns: listOf(text) };

/** The members of a role, as `@pulumi/aws` names them. */
export const ROLE_MEMBERS = {
  ...SESSION_MEMBERS,
  externalId: text,
  sourceIdentity: text,
  tags,
  transitiveTagKeys: listOf(text),
};

export const WEB_IDENTITY_MEMBERS = { ...SESSION_MEMBERS, webIdentityToken: text, webIdentityTokenFile: text };

export const DEFAULT_TAGS_MEMBERS = { tags };

export const IGNORE_TAGS_MEMBERS = { keys: listOf(text), keyPrefixes: listOf(text) };

const LIKE_ROLE = '{"roleArn":"arn:aws:iam::ACCOUNT:role/NAME"}';

export type Role = ReturnType<typeof role>;

function role(value: unknown) {
  return withRoleArn(members(LIKE_ROLE, ROLE_MEMBERS)(value));
}

export type WebIdentity = ReturnType<typeof webIdentity>;

function webIdentity(value: unknown) {
  const identity = members(LIKE_ROLE, WEB_IDENTITY_MEMBERS)(value);
  if (identity.webIdentityToken ?? identity.webIdentityTokenFile) return withRoleArn(identity);
  throw new Mistake(`an object like ${LIKE_ROLE} with a webIdentityToken or a webIdentityTokenFile`);
}

function withRoleArn<T extends { roleArn?: string }>(session: T): T & { roleArn: string } {
  const { roleArn } = session;
  if (roleArn === undefined) throw new Mistake(`an object like ${LIKE_ROLE}, and its roleArn is missing`);
  return { ...session, roleArn };
}

interface Endpoints {
  connect?: string;
  sts?: string;
}

/** A list with the endpoints of all services, of which two matter here; the last one counts. */
function endpoints(value: unknown): Endpoints {
  const like = '[{"connect":"https://HOST","sts":"https://HOST"}]';
  const urls: Endpoints = {};
  for (const entry of listOf((item) => object(item, like))(value)) {
    for (const service of ["connect", "sts"] as const) {
      const given = entry[service];
      if (!given) continue;
      if (typeof given !== "string" || !URL.canParse(given)) {
        throw new Mistake(`a list like ${like}, and its ${service} is not a URL`);
      }
      urls[service] = url(given);
    }
  }
  return urls;
}

/** As they are given: the rules for tags are the same as for the resource's own, and applied with them. */
function defaultTags(value: unknown): Tags {
  return members('{"tags":{"Owner":"me"}}', DEFAULT_TAGS_MEMBERS)(value).tags ?? {};
}

function ignoreTags(value: unknown): IgnoredTags {
  const { keys = [], keyPrefixes = [] } = members('{"keys":["a"],"keyPrefixes":["b:"]}', IGNORE_TAGS_MEMBERS)(value);
  return { keys, keyPrefixes };
}

/** Every key of `@pulumi/aws`, the one that its version 4 had instead of `assumeRoles`, and this package's own. */
export const KEYS = {
  "aws:accessKey": setting(text),
  "aws:allowedAccountIds": settingOr([], listOf(accountId)),
  "aws:assumeRole": setting(listOf(role)),
  "aws:assumeRoleWithWebIdentity": setting(webIdentity),
  "aws:assumeRoles": setting(listOf(role)),
  "aws:customCaBundle": setting(text, "AWS_CA_BUNDLE"),
  "aws:defaultTags": settingOr({}, defaultTags),
  "aws:ec2MetadataServiceEndpoint": refused("set AWS_EC2_METADATA_SERVICE_ENDPOINT"),
  "aws:ec2MetadataServiceEndpointMode": refused("set AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"),
  "aws:endpoints": settingOr({}, endpoints),
  "aws:forbiddenAccountIds": settingOr([], listOf(accountId)),
  "aws:httpProxy": setting(proxy, "HTTP_PROXY", "http_proxy"),
  "aws:httpsProxy": setting(proxy, "HTTPS_PROXY", "https_proxy"),
  "aws:ignoreTags": settingOr({ keys: [], keyPrefixes: [] }, ignoreTags),
  "aws:insecure": refused("set aws:customCaBundle to the certificate to trust"),
  "aws:maxRetries": setting(count),
  "aws:noProxy": setting(text, "NO_PROXY", "no_proxy"),
  // AWS_PROFILE is weaker than the environment's keys, which are weaker than this: credentials.ts.
  "aws:profile": setting(text),
  "aws:region": setting(text, "AWS_REGION", "AWS_DEFAULT_REGION"),
  "aws:retryMode": setting(oneOf("standard", "adaptive")),
  "aws:s3UsEast1RegionalEndpoint": ignored,
  "aws:s3UsePathStyle": ignored,
  "aws:secretKey": setting(text),
  "aws:sharedConfigFiles": setting(onlyOne),
  "aws:sharedCredentialsFiles": setting(onlyOne),
  "aws:skipCredentialsValidation": ignored,
  "aws:skipMetadataApiCheck": ignored,
  "aws:skipRegionValidation": ignored,
  "aws:skipRequestingAccountId": ignored,
  "aws:stsRegion": setting(text),
  "aws:tagPolicyCompliance": ignored,
  "aws:token": setting(text),
  "aws:tokenBucketRateLimiterCapacity": ignored,
  "aws:useDualstackEndpoint": setting(flag),
  "aws:useFipsEndpoint": setting(flag),
  "aws:userAgents": settingOr([], listOf(text)),
  // Deletes evaluations that hold somebody's work.
  "connect-evaluations:forceDestroy": settingOr(false, flag),
  // Tells stacks of one name on separate backends apart, see identity/token.ts.
  "connect-evaluations:namespace": settingOr("", text),
};

type Keys = typeof KEYS;

export type ReadKeys = { [K in keyof Keys]: Keys[K] extends ReadKey<unknown> ? K : never }[keyof Keys];

/** A key without the namespace in front. */
export type NameOf<K> = K extends `${string}:${infer Name}` ? Name : never;

/** What the configuration says, or else the environment: every key that is read, by its name without a namespace. */
export type Settings = {
  readonly [K in ReadKeys as NameOf<K>]: Keys[K] extends ReadKey<infer T> ? T : never;
};

/** A configuration key's value: text from the stack, or what an explicit provider was given. */
export type GetConfig = (key: string) => unknown;

/** Values that exclude each other or need each other. */
const COMBINATIONS: readonly ((settings: Settings) => string | false)[] = [
  ({ allowedAccountIds, forbiddenAccountIds }) =>
    allowedAccountIds.length > 0 &&
    forbiddenAccountIds.length > 0 &&
    "aws:allowedAccountIds and aws:forbiddenAccountIds exclude each other, and both are set",
  ({ accessKey, secretKey }) =>
    (accessKey === undefined) !== (secretKey === undefined) &&
    "aws:accessKey and aws:secretKey belong together, and only one of them is set",
  ({ accessKey, secretKey, token }) =>
    token !== undefined &&
    accessKey === undefined &&
    secretKey === undefined &&
    "aws:token belongs to an aws:accessKey and an aws:secretKey, and neither is set",
];

/** A wrong configuration; every later call of the provider fails with it. */
export class ConfigurationError extends UserError {
  constructor(readonly faults: readonly string[]) {
    super(
      faults.length === 1
        ? `the stack's configuration is wrong: ${faults[0]}`
        : `the stack's configuration is wrong:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
    );
  }
}

/** Reads the configuration whole, so that all its faults are reported at once. */
export function readSettings(get: GetConfig, environment: NodeJS.ProcessEnv = process.env): Settings {
  const faults: string[] = [];
  const entries = Object.entries(KEYS).flatMap(([key, treatment]): [string, unknown][] => {
    const value = unwrapSecrets(get(key));
    if (treatment.treatment === "refused" && isSet(value) && value !== false && value !== "false") {
      faults.push(`${key} is not supported by pulumi-connect-evaluations; ${treatment.instead}`);
    }
    return treatment.treatment === "read" ? [[nameOf(key), valueIn(key, value, treatment, environment, faults)]] : [];
  });
  // The table has the type of each.
  const settings = Object.fromEntries(entries) as unknown as Settings;
  faults.push(...COMBINATIONS.map((rule) => rule(settings)).filter((fault) => fault !== false));
  if (faults.length > 0) throw new ConfigurationError(faults);
  return settings;
}

/** What the key says, or else the first of its variables. */
function valueIn(
  key: string,
  configured: unknown,
  { parse, variables, otherwise }: ReadKey<unknown>,
  environment: NodeJS.ProcessEnv,
  faults: string[],
): unknown {
  const sources = [[key, configured] as const, ...variables.map((name) => [name, environment[name]] as const)];
  const [source, value] = sources.find(([, given]) => isSet(given)) ?? [];
  if (value === undefined) return otherwise;
  try {
    return parse(value);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    faults.push(`${source} must be ${error.message}`);
    return otherwise;
  }
}

/** Whether a setting has a value: an empty text is none. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

const nameOf = (key: string): string => key.slice(key.indexOf(":") + 1);

/** The SDK unwraps the outermost envelope only. */
function unwrapSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (!isObject(value)) return value;
  if (isSealedSecret(value)) return unwrapSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unwrapSecrets(member)]));
}
