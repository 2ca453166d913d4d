import * as pulumi from "@pulumi/pulumi";

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
 * The settings of a provider of one's own; what is left out is not taken from the stack's `aws:` configuration, but from
 * the environment. All but the last two are those of `@pulumi/aws`, with its names.
 */
export interface ProviderArgs {
  region?: pulumi.Input<string> | undefined;
  profile?: pulumi.Input<string> | undefined;
  accessKey?: pulumi.Input<string> | undefined;
  secretKey?: pulumi.Input<string> | undefined;
  token?: pulumi.Input<string> | undefined;
  assumeRoles?: pulumi.Input<pulumi.Input<AssumeRoleArgs>[]> | undefined;
  assumeRoleWithWebIdentity?: pulumi.Input<AssumeRoleWithWebIdentityArgs> | undefined;
  sharedConfigFiles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  sharedCredentialsFiles?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  endpoints?: pulumi.Input<pulumi.Input<{ connect?: pulumi.Input<string>; sts?: pulumi.Input<string> }>[]> | undefined;
  stsRegion?: pulumi.Input<string> | undefined;
  maxRetries?: pulumi.Input<number> | undefined;
  retryMode?: pulumi.Input<"standard" | "adaptive"> | undefined;
  useFipsEndpoint?: pulumi.Input<boolean> | undefined;
  useDualstackEndpoint?: pulumi.Input<boolean> | undefined;
  customCaBundle?: pulumi.Input<string> | undefined;
  httpProxy?: pulumi.Input<string> | undefined;
  httpsProxy?: pulumi.Input<string> | undefined;
  noProxy?: pulumi.Input<string> | undefined;
  userAgents?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  forbiddenAccountIds?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  defaultTags?: pulumi.Input<{ tags?: pulumi.Input<Record<string, pulumi.Input<string>>> }> | undefined;
  ignoreTags?:
    | pulumi.Input<{
        keys?: pulumi.Input<pulumi.Input<string>[]>;
        keyPrefixes?: pulumi.Input<pulumi.Input<string>[]>;
      }>
    | undefined;
  /** `connect-evaluations:namespace`. */
  namespace?: pulumi.Input<string> | undefined;
  /** `connect-evaluations:forceDestroy`. */
  forceDestroy?: pulumi.Input<boolean> | undefined;
}

const OWN: readonly string[] = ["namespace", "forceDestroy"];

/** Another account, or other settings than the stack's, for the evaluations that are given it as `opts.provider`. */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const named = Object.entries(args).map(([key, value]) => [
      OWN.includes(key) ? `connect-evaluations:${key}` : `aws:${key}`,
      value,
    ]);
    super(PACKAGE, name, Object.fromEntries(named), opts);
  }
}
