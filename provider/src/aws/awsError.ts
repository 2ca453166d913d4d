import { type Cause, UserError } from "../shared/errors";
import { redact, type Sent } from "./redaction";

/** A call of AWS that failed, in plain values. */

/** What AWS answered, or what kept the call from reaching it. */
export interface Answer {
  /** The error's name as AWS or the SDK spells it. */
  name: string;
  message: string;
  status?: number | undefined;
  requestId?: string | undefined;
  /** The service that answered, if not the one that was called: credentials come from others. */
  service?: string | undefined;
  /** Where the name does not tell it. */
  cause?: Cause | undefined;
  /** How often the call was sent; the answer is to the last of them. */
  attempts?: number | undefined;
}

export class AwsError extends Error {
  constructor(readonly answer: Answer) {
    super(answer.message);
  }

  /** Gone, or never there, in the service's own word: a 404 without it is a proxy's, and a 403 never means that. */
  get isNotFound(): boolean {
    return this.answer.name === "ResourceNotFoundException" && this.answer.service === undefined;
  }

  get isConflict(): boolean {
    return this.answer.name === "ResourceConflictException" || (this.answer.status === 409 && this.isUnnamed);
  }

  get isInvalid(): boolean {
    return this.answer.status === 400 && /^(InvalidParameter|InvalidRequest|Unknown)/.test(this.answer.name);
  }

  /**
   * The service itself says that it did not do what it was asked; after any other failure it may have done it. So it may
   * after an attempt before this one, of which only the last one's answer is known.
   */
  get isRefusal(): boolean {
    const { name, status = 0, service, attempts = 1 } = this.answer;
    if (attempts > 1) return false;
    if (isThrottle({ name }) || status === 429) return true;
    return service === undefined && !this.isUnnamed && name !== "SyntaxError" && status >= 400 && status < 500;
  }

  /** That the role may not be assumed says nothing of what is called with it. */
  get isDenied(): boolean {
    const { name, status, service } = this.answer;
    return service === undefined && (name.startsWith("AccessDenied") || (status === 403 && this.isUnnamed));
  }

  /** The SDK's name for an answer without an error type: then only the status tells. */
  private get isUnnamed(): boolean {
    return this.answer.name === UNNAMED;
  }
}

const UNNAMED = "Unknown";

export const isNotFound = (error: unknown): error is AwsError => error instanceof AwsError && error.isNotFound;

export const isDenied = (error: unknown): boolean => error instanceof AwsError && error.isDenied;

/** What the call answers, or `instead` where AWS says that there is no such thing. */
export async function ifNotFound<T, U>(call: Promise<T>, instead: U): Promise<T | U> {
  try {
    return await call;
  } catch (error) {
    if (isNotFound(error)) return instead;
    throw error;
  }
}

/** What the caller may not see, or what is not there, stays unknown; that AWS fails to answer is a failure. */
export async function orHidden<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isDenied(error) || isNotFound(error)) return undefined;
    throw error;
  }
}

/** For calls that only help: what the caller may not see, or what AWS fails to answer, stays unknown. */
export async function orUnknown<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

interface SdkError {
  name?: string;
  message?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number; requestId?: string; attempts?: number };
}

const THROTTLES = ["ThrottlingException", "TooManyRequestsException", "LimitExceededException"];

/** Whether an error of the SDK says that the caller calls too often. */
export function isThrottle(error: unknown): boolean {
  const { name = "", $metadata } = error as SdkError;
  return $metadata?.httpStatusCode === 429 || THROTTLES.includes(name);
}

const BUGS = ["TypeError", "RangeError", "ReferenceError"];

/**
 * An error of the SDK as an AwsError; a bug in this package passes as it is.
 * @param sent values that may be secret, and that AWS may repeat in its message.
 * @param known what the caller knows better than the error.
 */
export function fromSdk(
  error: Error,
  sent: readonly Sent[] = [],
  known: Partial<Pick<Answer, "message" | "service" | "cause">> = {},
): Error {
  if (error instanceof AwsError || error instanceof UserError) return error;
  const { name = UNNAMED, message = "", code, $metadata } = error as SdkError;
  if ($metadata === undefined && code === undefined && BUGS.includes(name)) return error;
  const { httpStatusCode: status, requestId, attempts } = $metadata ?? {};
  const answer = {
    name: nameOf(name, message, code),
    message: redact(withoutHint(message), sent),
    status,
    requestId,
    attempts,
  };
  return new AwsError({ ...answer, ...known });
}

/** The SDK adds a hint for those who debug a program. */
const withoutHint = (message: string): string => message.replace(/\n\s*Deserialization error: .*/s, "");

/** Failures of sockets and look-ups carry their name in `code`; these have none of their own. */
const NAMES_BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/^Region is missing/, "MissingRegion"],
  [/XML parse error/, "SyntaxError"],
];

function nameOf(name: string, message: string, code: string | undefined): string {
  const known = NAMES_BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1];
  if (known !== undefined) return known;
  return name === "Error" && code !== undefined ? code : name;
}
