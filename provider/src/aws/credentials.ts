import type { ConnectClientConfig } from "@aws-sdk/client-connect";
import type { Role, Settings, WebIdentity } from "./settings";

/** Whose credentials the calls carry. What is loaded here is loaded only by stacks that ask for it. */

type Credentials = NonNullable<ConnectClientConfig["credentials"]>;
/** What a client for another service of AWS is made with, in the words that all of them share. */
export type ClientConfig = Pick<
  ConnectClientConfig,
  "region" | "endpoint" | "useFipsEndpoint" | "useDualstackEndpoint" | "requestHandler" | "logger" | "customUserAgent"
>;

const sdk = () => require("@aws-sdk/credential-providers") as typeof import("@aws-sdk/credential-providers");

/** The credentials that the stack's configuration asks for; `undefined` leaves it to the SDK's own chain. */
export function credentialsOf(settings: Settings, sts: ClientConfig): Credentials | undefined {
  return settings.assumeRoles.reduce<Credentials | undefined>(
    (master, role) => assumeRole(role, master, sts),
    baseCredentials(settings, sts),
  );
}

function baseCredentials(settings: Settings, sts: ClientConfig): Credentials | undefined {
  const { webIdentity, credentials, profile, sharedConfigFile, sharedCredentialsFile } = settings;
  if (webIdentity !== undefined) return assumeRoleWithWebIdentity(webIdentity, sts);
  if (credentials !== undefined) return credentials;
  if (profile === undefined && sharedConfigFile === undefined && sharedCredentialsFile === undefined) return undefined;
  return sdk().fromNodeProviderChain({
    ...(sts.logger !== undefined && { logger: sts.logger }),
    ...(profile !== undefined && { profile }),
    ...(sharedCredentialsFile !== undefined && { filepath: sharedCredentialsFile }),
    ...(sharedConfigFile !== undefined && { configFilepath: sharedConfigFile }),
    clientConfig: sts,
  });
}

function assumeRole(role: Role, master: Credentials | undefined, sts: ClientConfig): Credentials {
  return sdk().fromTemporaryCredentials({
    ...(master !== undefined && { masterCredentials: master }),
    clientConfig: sts,
    params: {
      RoleArn: role.roleArn,
      ...(role.sessionName && { RoleSessionName: role.sessionName }),
      ...(role.durationSeconds && { DurationSeconds: role.durationSeconds }),
      ...(role.externalId && { ExternalId: role.externalId }),
      ...(role.policy && { Policy: role.policy }),
      ...(role.policyArns && { PolicyArns: role.policyArns.map((arn) => ({ arn })) }),
      ...(role.sourceIdentity && { SourceIdentity: role.sourceIdentity }),
      ...(role.tags && { Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })) }),
      ...(role.transitiveTagKeys && { TransitiveTagKeys: [...role.transitiveTagKeys] }),
    },
  });
}

function assumeRoleWithWebIdentity(identity: WebIdentity, sts: ClientConfig): Credentials {
  const options = {
    roleArn: identity.roleArn,
    clientConfig: sts,
    ...(identity.sessionName && { roleSessionName: identity.sessionName }),
    ...(identity.durationSeconds && { durationSeconds: identity.durationSeconds }),
    ...(identity.policy && { policy: identity.policy }),
    ...(identity.policyArns && { policyArns: identity.policyArns.map((arn) => ({ arn })) }),
  };
  const { webIdentityToken, webIdentityTokenFile = "" } = identity;
  return webIdentityToken === undefined
    ? sdk().fromTokenFile({ ...options, webIdentityTokenFile })
    : sdk().fromWebToken({ ...options, webIdentityToken });
}

/** The account that the calls act in. */
export async function callerAccount(sts: ClientConfig, credentials: Credentials | undefined): Promise<string> {
  const { STSClient, GetCallerIdentityCommand } =
    require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts");
  const client = new STSClient({ ...sts, ...(credentials !== undefined && { credentials }) });
  return (await client.send(new GetCallerIdentityCommand({}))).Account ?? "";
}
