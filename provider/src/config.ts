import { UserError } from "./errors";
import { isObject } from "./model";
import type { Tags } from "./tags";

/** What the stack's configuration says, read and checked. */
export interface Settings {
  region?: string;
  profile?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Where Connect is, if not at the Region's own endpoint. */
  endpoint?: string;
  defaultTags: Tags;
  /** Tells stacks of one name on separate backends apart, see clientToken.ts. */
  namespace: string;
  /** Delete evaluations that hold somebody's work. */
  forceDestroy: boolean;
}

/** A configuration key's value: text from the stack, or what an explicit provider was given. */
export type GetConfig = (key: string) => unknown;

/**
 * `@pulumi/aws` keys that would change whom this provider acts for or how, and that it does not know yet: going on
 * without them could act in another account, so their presence is an error.
 */
const NOT_SUPPORTED: Readonly<Record<string, string>> = {
  "aws:assumeRole": "put the role into a profile of the shared AWS configuration and set aws:profile",
  "aws:assumeRoles": "put the role into a profile of the shared AWS configuration and set aws:profile",
  "aws:assumeRoleWithWebIdentity": "set AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE",
  "aws:sharedConfigFiles": "set AWS_CONFIG_FILE",
  "aws:sharedCredentialsFiles": "set AWS_SHARED_CREDENTIALS_FILE",
  "aws:allowedAccountIds": "use credentials that belong to one account only, and remove the key",
  "aws:forbiddenAccountIds": "use credentials that belong to one account only, and remove the key",
  "aws:ignoreTags": "remove the key: tags that a resource does not declare are never touched",
  "aws:useFipsEndpoint": "set AWS_USE_FIPS_ENDPOINT=true",
  "aws:useDualstackEndpoint": "set AWS_USE_DUALSTACK_ENDPOINT=true",
  "aws:httpProxy": "set aws:endpoints to an endpoint that can be reached directly",
  "aws:httpsProxy": "set aws:endpoints to an endpoint that can be reached directly",
  "aws:customCaBundle": "set NODE_EXTRA_CA_CERTS",
};

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

/** Reads the configuration whole, so that all its faults are told at once. */
export function readSettings(get: GetConfig): Settings {
  const faults: string[] = [];
  const reader = new Reader(get, faults);
  const [accessKeyId, secretAccessKey] = [reader.text("aws:accessKey"), reader.text("aws:secretKey")];
  const sessionToken = reader.text("aws:token");
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    faults.push("aws:accessKey and aws:secretKey belong together, and only one of them is set");
  }
  for (const [key, instead] of Object.entries(NOT_SUPPORTED)) {
    if (get(key) !== undefined) faults.push(`${key} is not supported by pulumi-connect-evaluations; ${instead}`);
  }
  const region = reader.text("aws:region");
  const profile = reader.text("aws:profile");
  const endpoint = reader.endpoint("aws:endpoints");
  const settings: Settings = {
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && {
        credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
      }),
    ...(endpoint !== undefined && { endpoint }),
    defaultTags: reader.defaultTags("aws:defaultTags"),
    namespace: reader.text("connect-evaluations:namespace") ?? "",
    forceDestroy: reader.flag("connect-evaluations:forceDestroy") ?? false,
  };
  if (faults.length > 0) throw new ConfigurationError(faults);
  return settings;
}

class Reader {
  constructor(
    private readonly get: GetConfig,
    private readonly faults: string[],
  ) {}

  text(key: string): string | undefined {
    const value = unwrapSecrets(this.get(key));
    if (value === undefined || typeof value === "string") return value || undefined;
    this.faults.push(`${key} must be a text, and is ${kindOf(value)}`);
    return undefined;
  }

  flag(key: string): boolean | undefined {
    const value = unwrapSecrets(this.get(key));
    if (value === undefined || typeof value === "boolean") return value;
    if (value === "true" || value === "false") return value === "true";
    this.faults.push(`${key} must be true or false`);
    return undefined;
  }

  /** `[{ "connect": "http://…" }]`, as `@pulumi/aws` has it. */
  endpoint(key: string): string | undefined {
    const value = this.structure(key);
    if (value === undefined) return undefined;
    const entries = Array.isArray(value) ? value : [value];
    const urls = entries.flatMap((entry) => (isObject(entry) && entry.connect ? [entry.connect] : []));
    const url = urls.at(-1);
    if (url === undefined || (typeof url === "string" && URL.canParse(url))) return url;
    this.faults.push(`${key} must be a list like [{"connect":"https://HOST"}], and its connect is not a URL`);
    return undefined;
  }

  /** `{ "tags": { … } }`, as `@pulumi/aws` has it; YAML makes numbers and booleans of some values. */
  defaultTags(key: string): Tags {
    const value = this.structure(key);
    if (value === undefined) return {};
    const tags = isObject(value) ? (value.tags ?? {}) : undefined;
    if (isObject(tags) && Object.values(tags).every((tag) => ["string", "number", "boolean"].includes(typeof tag))) {
      return Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, String(tag)]));
    }
    this.faults.push(`${key} must be an object like {"tags":{"Owner":"me"}} whose tags are texts`);
    return {};
  }

  /** A structured key is JSON text from the stack and a plain value from an explicit provider. */
  private structure(key: string): unknown {
    const value = this.get(key);
    if (typeof value !== "string") return unwrapSecrets(value);
    try {
      return JSON.parse(value);
    } catch {
      this.faults.push(`${key} must be JSON`);
      return undefined;
    }
  }
}

/** The SDK's envelope for a secret inside a structured value; it unwraps the outermost one only. */
const SECRET = { signatureKey: "4dabf18193072939515e22adb298388d", signature: "1b47061264138c4ac30d75fd1eb44270" };

function unwrapSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (!isObject(value)) return value;
  if (value[SECRET.signatureKey] === SECRET.signature) return unwrapSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, unwrapSecrets(member)]));
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? "a list" : `a ${typeof value}`);
