import * as pulumi from "@pulumi/pulumi";
import { noteDefaultTags } from "./secretTags";

/** The package of Pulumi's dynamic providers, which the engine runs this resource with. */
export const PACKAGE = "pulumi-nodejs";

/** A role to assume, as in `@pulumi/aws`. */
export interface AssumeRoleArgs {
  roleArn: pulumi.Input<string>;
  sessionName?: pulumi.Input<string> | undefined;
  /** Between 15 minutes and 12 hours, such as `1h` or `15m`. */
  duration?: pulumi.Input<string> | undefined;
  policy?: pulumi.Input<string> | undefined;
  policyArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  externalId?: pulumi.Input<string> | undefined;
  sourceIdentity?: pulumi.Input<string> | undefined;
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  transitiveTagKeys?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

/** A role to assume with a web identity, as in `@pulumi/aws`. */
export interface AssumeRoleWithWebIdentityArgs {
  roleArn: pulumi.Input<string>;
  sessionName?: pulumi.Input<string> | undefined;
  /** Between 15 minutes and 12 hours, such as `1h` or `15m`. */
  duration?: pulumi.Input<string> | undefined;
  policy?: pulumi.Input<string> | undefined;
  policyArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  webIdentityToken?: pulumi.Input<string> | undefined;
  webIdentityTokenFile?: pulumi.Input<string> | undefined;
}

/**
 * The settings of a provider of your own. It does not see the stack's configuration: what is left out comes from the
 * environment. All but the last three have the names and forms of `@pulumi/aws`. `accessKey`, `secretKey`, `token`,
 * external ids and web identity tokens are encrypted in the state; pass anything else that is secret as a secret.
 */
export interface ProviderArgs {
  region?: pulumi.Input<string> | undefined;
  profile?: pulumi.Input<string> | undefined;
  accessKey?: pulumi.Input<string> | undefined;
  secretKey?: pulumi.Input<string> | undefined;
  token?: pulumi.Input<string> | undefined;
  /** Assumed one after the other. */
  assumeRoles?: pulumi.Input<pulumi.Input<AssumeRoleArgs>[]> | undefined;
  assumeRoleWithWebIdentity?: pulumi.Input<AssumeRoleWithWebIdentityArgs> | undefined;
  /** The path of one file. */
  sharedConfigFiles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** The path of one file. */
  sharedCredentialsFiles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  endpoints?:
    | pulumi.Input<
        pulumi.Input<{ connect?: pulumi.Input<string> | undefined; sts?: pulumi.Input<string> | undefined }>[]
      >
    | undefined;
  stsRegion?: pulumi.Input<string> | undefined;
  /** Default: 2. Throttled calls are repeated beyond that. */
  maxRetries?: pulumi.Input<number> | undefined;
  /** Default: `standard`. */
  retryMode?: pulumi.Input<"standard" | "adaptive"> | undefined;
  useFipsEndpoint?: pulumi.Input<boolean> | undefined;
  useDualstackEndpoint?: pulumi.Input<boolean> | undefined;
  /** The path of a file with certificates to trust beside those that Node.js trusts. */
  customCaBundle?: pulumi.Input<string> | undefined;
  httpProxy?: pulumi.Input<string> | undefined;
  httpsProxy?: pulumi.Input<string> | undefined;
  noProxy?: pulumi.Input<string> | undefined;
  userAgents?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  forbiddenAccountIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  defaultTags?: pulumi.Input<{ tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined }> | undefined;
  ignoreTags?:
    | pulumi.Input<{
        keys?: pulumi.Input<pulumi.Input<string>[]> | undefined;
        keyPrefixes?: pulumi.Input<pulumi.Input<string>[]> | undefined;
      }>
    | undefined;
  /** As `connect-evaluations:namespace`. Default: none. */
  namespace?: pulumi.Input<string> | undefined;
  /** As `connect-evaluations:marker`. Default: true. */
  marker?: pulumi.Input<boolean> | undefined;
  /** As `connect-evaluations:forceDestroy`. Default: false. */
  forceDestroy?: pulumi.Input<boolean> | undefined;
}

const OWN: readonly string[] = ["namespace", "marker", "forceDestroy"];

/** What is secret by its nature, and where: an argument, or a member of a structured one. */
const SECRETS: Readonly<Record<string, readonly string[]>> = {
  accessKey: [],
  secretKey: [],
  token: [],
  assumeRoles: ["externalId"],
  assumeRoleWithWebIdentity: ["webIdentityToken"],
};

/** Another account, or other settings than the stack's, for the evaluations that are given it as `opts.provider`. */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const named = Object.entries(args).map(([key, value]) => [
      OWN.includes(key) ? `connect-evaluations:${key}` : `aws:${key}`,
      Object.hasOwn(SECRETS, key) ? concealed(value, SECRETS[key]) : value,
    ]);
    super(PACKAGE, name, Object.fromEntries(named), opts);
    noteDefaultTags(this, args.defaultTags);
  }
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
