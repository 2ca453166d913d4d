import { Failure } from "../shared/errors";
import { AwsError, fromSdk } from "./awsError";
import type { ClientConfig, Credentials } from "./clients";
import type { Settings } from "./settings";

/** Whose account the calls act in, and whether the stack allows it. */

const STS = { service: "AWS STS" };

/**
 * Asks STS for the account of the credentials, once; a question that failed is asked again the next time.
 * @param secrets what STS may repeat in an error.
 */
export function askOnceForAccount(
  sts: ClientConfig,
  credentials: Credentials,
  secrets: readonly string[],
): () => Promise<string> {
  let answer: Promise<string> | undefined;
  return () => {
    answer ??= askForAccount(sts, credentials, secrets).catch((error) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}

/** IAM: none; everybody may ask. */
async function askForAccount(sts: ClientConfig, credentials: Credentials, secrets: readonly string[]): Promise<string> {
  const { STSClient, GetCallerIdentityCommand } =
    require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts");
  const client = new STSClient({ ...sts, credentials });
  const { Account } = await client.send(new GetCallerIdentityCommand({})).catch((error) => {
    throw fromSdk(error, secrets, STS);
  });
  if (Account) return Account;
  throw new AwsError({ name: "SyntaxError", message: "the answer has no account", ...STS });
}

/** Resolves when the stack allows calls in the account that the credentials belong to. */
export async function refuseOtherAccounts(settings: Settings, callerAccount: () => Promise<string>): Promise<void> {
  const { allowedAccountIds: allowed, forbiddenAccountIds: forbidden } = settings;
  if (allowed.length === 0 && forbidden.length === 0) return;
  const account = await callerAccount();
  const isRefused = allowed.length > 0 ? !allowed.includes(account) : forbidden.includes(account);
  if (!isRefused) return;
  const key = allowed.length > 0 ? "aws:allowedAccountIds does not name" : "aws:forbiddenAccountIds names";
  throw new Failure("call Amazon Connect", {
    why: `the credentials belong to account ${account}, which ${key}`,
    remedy: "use credentials of the account that is meant, or correct the list",
  });
}
