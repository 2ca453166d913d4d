import * as pulumi from "@pulumi/pulumi";
import { TYPE } from "../dynamic/type";
import { SECRETS } from "../shared/secretSettings";
import { noteDefaultTags } from "./secretDefaultTags";

/** The package of Pulumi's dynamic providers, which the engine runs this resource with. */
const PACKAGE = "pulumi-nodejs";

/** A role to assume, as in `@pulumi/aws`. */
export interface AssumeRoleArgs {
  /** The ARN of the role. Required. */
  roleArn: pulumi.Input<string>;
  /** The name of the session, as CloudTrail shows it. Default: the SDK makes one. */
  sessionName?: pulumi.Input<string> | undefined;
  /** How long the credentials are valid: between 15 minutes and 12 hours, such as `1h` or `15m`. Default: one hour. */
  duration?: pulumi.Input<string> | undefined;
  /** An IAM policy, in JSON, that restricts the session further. Default: none. */
  policy?: pulumi.Input<string> | undefined;
  /** The ARNs of managed policies that restrict the session further. Default: none. */
  policyArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The external id that the role demands. It is encrypted in the state. Default: none. */
  externalId?: pulumi.Input<string> | undefined;
  /** The source identity of the session. Default: none. */
  sourceIdentity?: pulumi.Input<string> | undefined;
  /** The tags of the session. Default: none. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  /** The keys of session tags that the next role of a chain gets as well. Default: none. */
  transitiveTagKeys?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** A role to assume with a web identity, as in `@pulumi/aws`. */
export interface AssumeRoleWithWebIdentityArgs {
  /** The ARN of the role. Required. */
  roleArn: pulumi.Input<string>;
  /** The name of the session, as CloudTrail shows it. Default: the SDK makes one. */
  sessionName?: pulumi.Input<string> | undefined;
  /** How long the credentials are valid: between 15 minutes and 12 hours, such as `1h` or `15m`. Default: one hour. */
  duration?: pulumi.Input<string> | undefined;
  /** An IAM policy, in JSON, that restricts the session further. Default: none. */
  policy?: pulumi.Input<string> | undefined;
  /** The ARNs of managed policies that restrict the session further. Default: none. */
  policyArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The token. It is encrypted in the state. Default: that of `webIdentityTokenFile`; one of the two is required. */
  webIdentityToken?: pulumi.Input<string> | undefined;
  /** The path of a file with the token. Default: none. */
  webIdentityTokenFile?: pulumi.Input<string> | undefined;
}

/**
 * The settings of a provider of your own. It does not see the stack's configuration: what is left out comes from the
 * environment. All but the last two have the names and forms of `@pulumi/aws`. `accessKey`, `secretKey`, `token`,
 * external ids, web identity tokens, and addresses of proxies are encrypted in the state; pass anything else that is
 * secret as a secret.
 */
export interface ProviderArgs {
  /** The AWS Region of new evaluations. Default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else the profile's. */
  region?: pulumi.Input<string> | undefined;
  /** The profile in the shared config and credentials files. Default: `AWS_PROFILE`, else `default`. */
  profile?: pulumi.Input<string> | undefined;
  /**
   * The id of an access key, with `secretKey`. It is encrypted in the state. Default: the credentials of the
   * environment.
   */
  accessKey?: pulumi.Input<string> | undefined;
  /** The secret of the access key. It is encrypted in the state. Default: the credentials of the environment. */
  secretKey?: pulumi.Input<string> | undefined;
  /** The session token of temporary keys. It is encrypted in the state. Default: none. */
  token?: pulumi.Input<string> | undefined;
  /** Roles to assume, one after the other. Default: none. */
  assumeRoles?: pulumi.Input<pulumi.Input<AssumeRoleArgs>[]> | undefined;
  /** A role to assume with a web identity. Default: the credentials of the environment. */
  assumeRoleWithWebIdentity?: pulumi.Input<AssumeRoleWithWebIdentityArgs> | undefined;
  /** The path of one shared config file. Default: `AWS_CONFIG_FILE`, else `~/.aws/config`. */
  sharedConfigFiles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The path of one shared credentials file. Default: `AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws/credentials`. */
  sharedCredentialsFiles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The URLs of Connect and STS. Default: the variables `AWS_ENDPOINT_URL_…`, else the endpoints of the Region. */
  endpoints?:
    | pulumi.Input<
        pulumi.Input<{
          /** The URL of Connect. */
          connect?: pulumi.Input<string> | undefined;
          /** The URL of STS. */
          sts?: pulumi.Input<string> | undefined;
        }>[]
      >
    | undefined;
  /** The Region of STS. Default: that of Connect. */
  stsRegion?: pulumi.Input<string> | undefined;
  /**
   * How often a failed call is repeated. Throttled calls are repeated beyond that. Default: `AWS_MAX_ATTEMPTS` less
   * one, else the profile's, else 2.
   */
  maxRetries?: pulumi.Input<number> | undefined;
  /** `standard` or `adaptive`. Default: `AWS_RETRY_MODE`, else the profile's, else `standard`. */
  retryMode?: pulumi.Input<"standard" | "adaptive"> | undefined;
  /** Whether to use FIPS endpoints. Default: `AWS_USE_FIPS_ENDPOINT`, else the profile's, else false. */
  useFipsEndpoint?: pulumi.Input<boolean> | undefined;
  /** Whether to use dual-stack endpoints. Default: `AWS_USE_DUALSTACK_ENDPOINT`, else the profile's, else false. */
  useDualstackEndpoint?: pulumi.Input<boolean> | undefined;
  /**
   * The path of a file with certificates to trust beside those that Node.js trusts. Default: `AWS_CA_BUNDLE`, else
   * none.
   */
  customCaBundle?: pulumi.Input<string> | undefined;
  /** The URL of the proxy for endpoints without TLS. It is encrypted in the state. Default: `HTTP_PROXY`, else none. */
  httpProxy?: pulumi.Input<string> | undefined;
  /** The URL of the proxy for endpoints with TLS. It is encrypted in the state. Default: `HTTPS_PROXY`, else none. */
  httpsProxy?: pulumi.Input<string> | undefined;
  /** The hosts to reach without a proxy, separated by commas. Default: `NO_PROXY`, else none. */
  noProxy?: pulumi.Input<string> | undefined;
  /** What to add to the SDK's user agent. Default: nothing. */
  userAgents?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The only accounts to act in; not together with `forbiddenAccountIds`. Default: all. */
  allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Accounts not to act in; not together with `allowedAccountIds`. Default: none. */
  forbiddenAccountIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** Tags to merge under those of each evaluation, with the same limits. Default: none. */
  defaultTags?:
    | pulumi.Input<{
        /** The tags. */
        tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
      }>
    | undefined;
  /** Tags that are never changed or removed, and never shown as drift. Default: none. */
  ignoreTags?:
    | pulumi.Input<{
        /** Whole keys. */
        keys?: pulumi.Input<pulumi.Input<string>[]> | undefined;
        /** The beginnings of keys. */
        keyPrefixes?: pulumi.Input<pulumi.Input<string>[]> | undefined;
      }>
    | undefined;
  /** As `connect-evaluations:namespace`: tells stacks of one name on separate backends apart. Default: none. */
  namespace?: pulumi.Input<string> | undefined;
  /**
   * As `connect-evaluations:forceDestroy`: whether to delete evaluations even when they hold somebody's work. Default:
   * false.
   */
  forceDestroy?: pulumi.Input<boolean> | undefined;
}

/** Settings of this package's own, beside those of `@pulumi/aws`. */
export const OWN_SETTINGS: readonly string[] = ["namespace", "forceDestroy"];

/** Another account, or other settings than the stack's, for the evaluations that are given it as `opts.provider`. */
export class Provider extends pulumi.ProviderResource {
  /**
   * Declares a provider.
   * @param name the name in the program, from which Pulumi makes the URN.
   * @param args its settings.
   * @param opts resource options.
   */
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const named = Object.entries(args).map(([key, value]) => [
      OWN_SETTINGS.includes(key) ? `connect-evaluations:${key}` : `aws:${key}`,
      Object.hasOwn(SECRETS, key) ? concealed(value, SECRETS[key]) : value,
    ]);
    super(PACKAGE, name, Object.fromEntries(named), opts);
    noteDefaultTags(this, args.defaultTags);
    Object.defineProperty(this, SETTINGS, { value: Object.fromEntries(named) });
  }
}

/** Well known, so that it holds across copies of this package in one program. */
const SETTINGS = Symbol.for("pulumi-connect-evaluations:settings");

/** The explicit provider, given to a resource or function or handed down by a component. */
export function providerOf({ provider, parent }: pulumi.InvokeOptions): pulumi.ProviderResource | undefined {
  return provider ?? parent?.getProvider(TYPE);
}

/** The settings of an explicit provider, by the names of the configuration's keys; `undefined` of another package's. */
export function settingsOf(provider: pulumi.ProviderResource): pulumi.Inputs | undefined {
  return (provider as { [SETTINGS]?: pulumi.Inputs })[SETTINGS];
}

/** Says why a provider that is given as an option cannot serve a resource or function, if so. */
export function whyUnfit(provider: pulumi.ProviderResource | undefined, what: string): string | undefined {
  const pkg = provider && (provider as unknown as { pkg?: string }).pkg;
  if (pkg === undefined || pkg === PACKAGE) return undefined;
  return `the option provider is a provider of the package ${pkg}, which cannot serve this ${what}. Pass a Provider of pulumi-connect-evaluations, new Provider("NAME", { region: "…" }), or set the ${what}'s region.`;
}

const isPending = (value: unknown): value is Promise<object> =>
  value instanceof Promise || pulumi.Output.isInstance(value);

/** The value as a secret, or with these of its members as secrets, however it is nested. */
function concealed(value: unknown, members: readonly string[] = []): unknown {
  if (value === undefined || value === null) return value;
  if (members.length === 0) return pulumi.secret(value);
  if (isPending(value)) return pulumi.output(value).apply((resolved) => concealed(resolved, members));
  if (Array.isArray(value)) return value.map((item) => concealed(item, members));
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    members.includes(key) ? concealed(member) : member,
  ]);
  return Object.fromEntries(entries);
}
