import { type Cause, Failure } from "../shared/errors";
import { type Answer, AwsError } from "./awsError";

/** Why a call of AWS failed, and what to do about it, by the name of its error. */

/** As the causes below name the service that answered. */
const CONNECT = "Amazon Connect";

/** The npm package does not contain it. */
export const IAM_PAGE =
  "https://github.com/pulumi-connect-evaluations/pulumi-connect-evaluations/blob/main/docs/iam.md";

const CREDENTIALS =
  "check them with `aws sts get-caller-identity`; this stack takes aws:accessKey, aws:profile, or the AWS environment";

/** Causes that the answer's name alone tells; the first pattern that matches counts. */
const CAUSES: readonly (readonly [RegExp, Cause])[] = [
  [
    /^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired|SSOTokenProviderFailure)$/,
    {
      why: "the AWS credentials have expired",
      remedy:
        "renew them (with SSO: `aws sso login`) and run the command again; `pulumi refresh` and `destroy` use the keys that the last `up` recorded, unless they run with --run-program",
    },
  ],
  [
    /^CredentialsProviderError$/,
    {
      why: "no AWS credentials were found",
      remedy:
        "set aws:profile or aws:accessKey and aws:secretKey in the stack's configuration, or the AWS environment variables",
    },
  ],
  [
    /^(UnrecognizedClientException|InvalidSignatureException|SignatureDoesNotMatch|InvalidClientTokenId|IncompleteSignatureException|MissingAuthenticationToken.*)$/,
    { why: "AWS does not accept the credentials", remedy: CREDENTIALS },
  ],
  [
    /^MissingRegion$/,
    {
      why: "no AWS Region is configured",
      remedy:
        "set aws:region in the stack's configuration (`pulumi config set aws:region us-west-2`), or `region` on the resource",
    },
  ],
  [
    /^AccessDenied/,
    {
      why: "the caller's IAM policy does not allow this",
      remedy: `allow the action that the answer names; a policy is at ${IAM_PAGE}`,
    },
  ],
  [
    /^ServiceQuotaExceededException$/,
    {
      why: "a quota of Amazon Connect is used up (an agent can be evaluated a limited number of times a month)",
      remedy:
        "ask for a higher quota in Service Quotas, or wait for the next month; repeating the command does not help",
    },
  ],
  [
    /^(Throttling|ThrottlingException|TooManyRequestsException|LimitExceededException)$/,
    {
      why: "Amazon Connect answers nothing but throttles",
      remedy:
        "other users of this account and Region take all of its call rate: run the command again when they are done",
    },
  ],
  [
    /CERT|UNABLE_TO_VERIFY/,
    {
      why: "the endpoint's certificate is not one that is trusted here",
      remedy: "if a proxy or the endpoint has one of its own, set aws:customCaBundle to the file with its certificates",
    },
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EPROTO)$/,
    { why: "the endpoint cannot be reached", remedy: "check the network, aws:region and aws:endpoints" },
  ],
  [
    /^EndpointError$/,
    {
      why: "there is no such endpoint",
      remedy: "aws:endpoints does not go together with aws:useFipsEndpoint and aws:useDualstackEndpoint",
    },
  ],
  [
    /^(TimeoutError|ETIMEDOUT|ECONNRESET|EPIPE|NetworkingError)$/,
    {
      why: "the connection broke or nothing answered, also when tried again",
      remedy: "run the command again: an evaluation that was started all the same is found again, not doubled",
    },
  ],
  [
    /^SyntaxError$/,
    {
      why: "the answer is not Amazon Connect's: a proxy or a load balancer on the way answered",
      remedy: "check aws:endpoints and the network, then run the command again",
    },
  ],
  [
    /^(InternalServiceException|InternalFailure|ServiceUnavailable)$/,
    {
      why: "Amazon Connect failed internally, also when tried again",
      remedy: "run the command again later; if it stays, give the request id to AWS Support",
    },
  ],
  [
    /^(InvalidParameterException|InvalidRequestException)$/,
    { why: "Amazon Connect does not accept a value", remedy: "correct the value that the answer names" },
  ],
  [
    /^ResourceConflictException$/,
    {
      why: "the state of the contact, the form or the evaluation does not allow this",
      remedy: "look at it in Amazon Connect, then run the command again",
    },
  ],
  [
    /^ResourceNotFoundException$/,
    {
      why: "Amazon Connect does not know it in this account and Region",
      remedy: "check the ids, the Region and whose credentials these are",
    },
  ],
];

/** What a run says while Connect throttles it, and goes on. When there is no end to it, the table says so. */
export const THROTTLED = {
  begins: `${CONNECT} throttles this account's calls in this Region; this run continues at the rate that it allows.`,
  goesOn: (answered: number, seconds: number) => `${CONNECT} answered ${answered} calls in the last ${seconds} s.`,
  waiting: (calls: number, seconds: number) =>
    `${calls === 1 ? "1 call is" : `${calls} calls are`} waiting, about ${seconds} s.`,
  gaveUp: (seconds: number) => `throttled for ${seconds} s without a break`,
};

const UNFORESEEN: Cause = { why: "the call failed", remedy: "see the answer, and run the command again" };

/** The status stands in for a name where the answer had none. */
const BY_STATUS: Readonly<Record<number, string>> = {
  400: "InvalidParameterException",
  402: "ServiceQuotaExceededException",
  403: "AccessDeniedException",
  // Amazon Connect names its errors: a 404 without a name is from something on the way to it.
  404: "SyntaxError",
  409: "ResourceConflictException",
  429: "ThrottlingException",
};

/** The name by which the tables here know it. */
const knownName = ({ name, status }: Answer): string =>
  name === "Unknown" && status !== undefined ? (BY_STATUS[status] ?? "InternalServiceException") : name;

function causeOf(answer: Answer): Cause {
  const { service = CONNECT } = answer;
  const { why, remedy } = CAUSES.find(([pattern]) => pattern.test(knownName(answer)))?.[1] ?? UNFORESEEN;
  return { why: why.replaceAll(CONNECT, service), remedy: remedy.replaceAll(CONNECT, service) };
}

/** What to do about errors by name, where a remedy of the table above would not help the caller. */
export type Remedies = readonly (readonly [RegExp, string])[];

/** The failure of `attempt` by `error`; an error that is no answer of AWS is a bug of ours and passes as it is. */
export function failed(attempt: string, error: unknown, remedies: Remedies = []): unknown {
  if (!(error instanceof AwsError)) return error;
  if (error.answer.cause !== undefined) return failure(attempt, error.answer.cause, error);
  const { why, remedy } = causeOf(error.answer);
  const [, better = remedy] = remedies.find(([name]) => name.test(knownName(error.answer))) ?? [];
  return failure(attempt, { why, remedy: better }, error);
}

/** Does what is attempted, and names the attempt where it fails. */
export async function during<T>(attempt: string, act: () => Promise<T>, remedies?: Remedies): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw failed(attempt, error, remedies);
  }
}

/** The failure of `attempt` for a cause that was found out, with what AWS answered. */
export function failure(attempt: string, cause: Cause, error?: unknown): Failure {
  const answer = error instanceof AwsError && error.message !== "" ? inWords(error.answer) : undefined;
  return new Failure(attempt, cause, answer, error);
}

/** The SDK's, for what it does not understand. They tell a person nothing. */
const OWN_NAMES = ["SyntaxError", "Unknown"];

function inWords({ name, message, status, requestId, service }: Answer): string {
  const details = [status && `HTTP ${status}`, requestId && `request id ${requestId}`].filter(Boolean).join(", ");
  const said = OWN_NAMES.includes(name) ? message : `${name}: ${message}`;
  return `${service === undefined ? "" : `${service} answered `}${said}${details && ` (${details})`}`;
}
