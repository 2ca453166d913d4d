import { existsSync } from "node:fs";
import { homedir } from "node:os";
import type { Cause } from "../shared/errors";
import { AwsError, fromSdk } from "./awsError";
import { type Profile, sharedFiles } from "./profiles";
import { secretsIn } from "./redaction";
import type { Settings } from "./settings";

/** Why there are no credentials. The SDK says of most of these that it found none. */

export function noSuchProfile({ name }: Profile, settings: Settings): AwsError {
  return nothingAsked(
    missingFile(settings) ?? {
      why: `there is no profile ${name} in ${pathsOf(settings)}`,
      remedy: `correct the profile's name (aws:profile or AWS_PROFILE), or create it with \`aws configure --profile ${name}\``,
    },
  );
}

/** By the member of a profile that says where its credentials come from; the first that the profile has counts. */
const BY_MEMBER: Readonly<Record<string, (profile: string, file: string, value: string) => Cause>> = {
  mfa_serial: (profile, _, device) => ({
    why: `profile ${profile} needs a code of the MFA device ${device}, which nobody can enter here`,
    remedy: "use a profile without mfa_serial, or temporary credentials from `aws sts get-session-token`",
  }),
  credential_process: (profile, file) => ({
    why: `the credential_process of profile ${profile} failed`,
    remedy: `run the command by itself: it stands in ${file}`,
  }),
  ...Object.fromEntries(
    ["sso_session", "sso_start_url"].map((member) => [
      member,
      (profile: string) => ({
        why: `the SSO session of profile ${profile} has expired, or there is none`,
        remedy: `sign in with \`aws sso login --profile ${profile}\`, then run the command again`,
      }),
    ]),
  ),
};

/** @param error what the SDK says of the profile, or of there being no default one. */
export function asProfileFailure(error: unknown, { name, members }: Profile, settings: Settings): unknown {
  if (!(error instanceof Error) || error instanceof AwsError) return error;
  if ("$metadata" in error) return fromSdk(error, secretsIn(settings), { service: "AWS STS" });
  if (members === undefined) {
    const missing = missingFile(settings);
    return missing === undefined ? fromSdk(error) : nothingAsked(missing);
  }
  // The SDK repeats the command, which may have a secret among its arguments.
  const message = error.message.replaceAll(members.credential_process || "\0", "credential_process");
  const files = pathsOf(settings);
  const [member = "", causeOf] = Object.entries(BY_MEMBER).find(([key]) => members[key] !== undefined) ?? [];
  const cause = causeOf?.(name, files, members[member] ?? "") ?? {
    why: `profile ${name} gives no credentials`,
    remedy: `correct it in ${files}`,
  };
  return fromSdk(error, [], { message, cause });
}

/**
 * @param error what the SDK says of assuming the role.
 * @param secrets what STS may repeat in it.
 */
export function asStsFailure(error: unknown, roleArn: string, secrets: readonly string[]): unknown {
  if (!(error instanceof Error) || error instanceof AwsError) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === "ENOENT" && path !== undefined) {
    return nothingAsked({
      why: `the file ${path} with the web identity token for role ${roleArn} does not exist`,
      remedy: "correct its path in aws:assumeRoleWithWebIdentity or AWS_WEB_IDENTITY_TOKEN_FILE",
    });
  }
  if (!error.name.startsWith("AccessDenied")) return fromSdk(error, secrets, { service: "AWS STS" });
  const cause = {
    why: `the credentials may not assume role ${roleArn}`,
    remedy: "allow it in the role's trust policy and in the caller's IAM policy, and check the role's external id",
  };
  return fromSdk(error, secrets, { service: "AWS STS", cause });
}

const pathsOf = (settings: Settings): string =>
  sharedFiles(settings)
    .map(({ path }) => path)
    .join(" or ");

/** A shared file that somebody named, and that is not there. */
function missingFile(settings: Settings): Cause | undefined {
  const missing = sharedFiles(settings).find(
    ({ path, namedBy }) => namedBy !== undefined && !existsSync(absolute(path)),
  );
  return missing && { why: `the file ${missing.path} does not exist`, remedy: `correct ${missing.namedBy}` };
}

const absolute = (path: string): string => (path.startsWith("~/") ? `${homedir()}${path.slice(1)}` : path);

/** A failure before anything was asked: there is no answer to show. */
const nothingAsked = (cause: Cause): AwsError => new AwsError({ name: "CredentialsProviderError", message: "", cause });
