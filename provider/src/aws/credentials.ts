import { defined } from "../shared/plain";
import { type ClientConfig, type Credentials, clientConfig } from "./clients";
import { asProfileFailure, asStsFailure, noSuchProfile } from "./credentialFailures";
import { type Profile, profileOf } from "./profiles";
import { secretsIn } from "./redaction";
import type { Role, Settings, WebIdentity } from "./settings";

/**
 * Whose credentials the calls carry: those that `@pulumi/aws` would take, or two packages in one stack would act as two
 * identities. What is loaded here is loaded only by stacks that ask for it.
 */

type Sdk = typeof import("@aws-sdk/credential-providers");

const sdk = () => require("@aws-sdk/credential-providers") as Sdk;

/** The SDK calls it with the Region and the profile of the client that asks. */
type Provider = ReturnType<Sdk["fromIni"]>;

export function credentialsOf(settings: Settings, sts: ClientConfig): Credentials {
  const roles = settings.assumeRoles ?? settings.assumeRole ?? [];
  const secrets = secretsIn(settings);
  return roles.reduce((master, role) => assumeRole(role, master, sts, secrets), baseCredentials(settings, sts));
}

/** The first of these that is set. The environment's keys win over AWS_PROFILE, and lose against aws:profile. */
function baseCredentials(settings: Settings, sts: ClientConfig): Credentials {
  const { assumeRoleWithWebIdentity, accessKey, secretKey, token, profile } = settings;
  if (assumeRoleWithWebIdentity !== undefined)
    return assumeRoleWithToken(assumeRoleWithWebIdentity, sts, secretsIn(settings));
  if (accessKey && secretKey) return keys(accessKey, secretKey, token);
  return (profile === undefined && environmentCredentials(process.env, sts)) || profileCredentials(settings, sts);
}

function keys(accessKeyId: string, secretAccessKey: string, sessionToken: string | undefined): Credentials {
  return defined({ accessKeyId, secretAccessKey, sessionToken });
}

/** An empty variable is none. */
function environmentCredentials(environment: NodeJS.ProcessEnv, sts: ClientConfig): Credentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: token } = environment;
  if (accessKey && secretKey) return keys(accessKey, secretKey, token || undefined);
  const { AWS_WEB_IDENTITY_TOKEN_FILE: webIdentityTokenFile, AWS_ROLE_ARN: roleArn } = environment;
  if (!webIdentityTokenFile || !roleArn) return undefined;
  const sessionName = environment.AWS_ROLE_SESSION_NAME || undefined;
  return assumeRoleWithToken({ roleArn, webIdentityTokenFile, ...defined({ sessionName }) }, sts, []);
}

/** What the profile says, or else the role of the container or the instance. */
function profileCredentials(settings: Settings, sts: ClientConfig): Provider {
  return async (caller) => {
    const profile = await profileOf(settings);
    if (profile.isChosen && profile.members === undefined) throw noSuchProfile(profile, settings);
    try {
      return await providerOf(profile, settings, sts)(caller);
    } catch (error) {
      throw asProfileFailure(error, profile, settings);
    }
  };
}

const WITH_CREDENTIALS =
  /^(aws_access_key_id|role_arn|credential_source|credential_process|web_identity_token_file|login_session|sso_\w+)$/;

function providerOf({ name, members = {} }: Profile, settings: Settings, sts: ClientConfig): Provider {
  const { sharedConfigFiles, sharedCredentialsFiles } = settings;
  const options = {
    profile: name,
    ...defined({ logger: sts.logger, configFilepath: sharedConfigFiles, filepath: sharedCredentialsFiles }),
    // Not that of STS: IAM Identity Center has an endpoint and a Region of its own, which the profile names.
    clientConfig: clientConfig(settings),
    ...assumers(sts),
  };
  // Where the profile has credentials, and getting them fails, the SDK's chain would go on to those of the instance.
  if (!Object.keys(members).some((member) => WITH_CREDENTIALS.test(member)))
    return sdk().fromNodeProviderChain(options);
  // For a profile with SSO `fromIni` would look in the usual files again.
  const isSso = members.role_arn === undefined && (members.sso_session ?? members.sso_start_url) !== undefined;
  return isSso ? sdk().fromSSO(options) : sdk().fromIni(options);
}

type Assumers = Pick<NonNullable<Parameters<Sdk["fromIni"]>[0]>, "roleAssumer" | "roleAssumerWithWebIdentity">;

/** The roles that a profile names are assumed at the stack's STS. */
function assumers(sts: ClientConfig): Assumers {
  return {
    roleAssumer: (masterCredentials, params) =>
      sdk().fromTemporaryCredentials({ masterCredentials, params: params as RoleParams, clientConfig: sts })(),
    roleAssumerWithWebIdentity: ({ RoleArn = "", RoleSessionName = "", WebIdentityToken = "" }) =>
      sdk().fromWebToken({
        roleArn: RoleArn,
        roleSessionName: RoleSessionName,
        webIdentityToken: WebIdentityToken,
        clientConfig: sts,
      })(),
  };
}

type RoleParams = Parameters<Sdk["fromTemporaryCredentials"]>[0]["params"];

function assumeRole(
  role: Role,
  masterCredentials: Credentials,
  sts: ClientConfig,
  secrets: readonly string[],
): Provider {
  const { roleArn, sessionName, duration, policy, policyArns, externalId, sourceIdentity, tags, transitiveTagKeys } =
    role;
  const params = {
    RoleArn: roleArn,
    ...defined({
      RoleSessionName: sessionName,
      DurationSeconds: duration,
      ExternalId: externalId,
      Policy: policy,
      PolicyArns: policyArns?.map((arn) => ({ arn })),
      SourceIdentity: sourceIdentity,
      Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      TransitiveTagKeys: transitiveTagKeys && [...transitiveTagKeys],
    }),
  };
  return loadedAtFirst(
    () => sdk().fromTemporaryCredentials({ masterCredentials, clientConfig: sts, params }),
    roleArn,
    secrets,
  );
}

function assumeRoleWithToken(identity: WebIdentity, sts: ClientConfig, secrets: readonly string[]): Provider {
  const { roleArn, sessionName, duration, policy, policyArns, webIdentityToken, webIdentityTokenFile = "" } = identity;
  const options = {
    roleArn,
    clientConfig: sts,
    ...defined({
      roleSessionName: sessionName,
      durationSeconds: duration,
      policy,
      policyArns: policyArns?.map((arn) => ({ arn })),
    }),
  };
  const provider = () =>
    webIdentityToken === undefined
      ? sdk().fromTokenFile({ ...options, webIdentityTokenFile })
      : sdk().fromWebToken({ ...options, webIdentityToken });
  return loadedAtFirst(provider, roleArn, secrets);
}

function loadedAtFirst(make: () => Provider, roleArn: string, secrets: readonly string[]): Provider {
  let provider: Provider | undefined;
  return async (caller) => {
    provider ??= make();
    try {
      return await provider(caller);
    } catch (error) {
      throw asStsFailure(error, roleArn, secrets);
    }
  };
}
