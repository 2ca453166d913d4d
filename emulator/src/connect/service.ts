import { authenticate, authorize, type Gate, type Permissions } from "../wire/credentials";
import type { Identities } from "../wire/identities";
import type { HttpRequest } from "../wire/request";
import type { Answer, Input, Service } from "../wire/service";
import type { ConnectBehaviour } from "./behaviour";
import type { Context } from "./context";
import { connectError, invalidInput } from "./errors";
import type { ConnectOperationName } from "./model";
import { operations } from "./operations";
import { catchUp } from "./passage";
import type { Store } from "./store";
import type { Throttle, ThrottleOptions } from "./throttle";
import { violationOf } from "./validation";

/** What Connect works with. Switches and quotas are read at each request, because they may change at any time. */
interface ConnectParts {
  readonly behaviour: ConnectBehaviour & Permissions;
  readonly throttle: ThrottleOptions;
  readonly store: Store;
  readonly identities: Identities;
  readonly buckets: Throttle;
  readonly newId: () => string;
}

const json = { "content-type": "application/json" };

const gate: Gate = {
  service: "connect",
  refusals: {
    unsigned: "MissingAuthenticationTokenException",
    incomplete: "IncompleteSignatureException",
    otherService: "InvalidSignatureException",
    unknown: "UnrecognizedClientException",
    expired: "ExpiredTokenException",
    denied: "AccessDeniedException",
  },
  error: connectError,
};

const namesByStatus: Record<number, string> = {
  403: "AccessDeniedException",
  413: "RequestEntityTooLargeException",
  415: "UnsupportedMediaTypeException",
};

/** Connect: REST with JSON bodies, the name of an error in a header. */
export function connectService(parts: ConnectParts): Service<ConnectOperationName> {
  return {
    perform: ({ operation, input, request }) => perform(parts, operation, request, input),
    errorAnswer: ({ name, status, message }) => ({
      status,
      headers: { ...json, "x-amzn-errortype": name },
      body: JSON.stringify({ [parts.behaviour.errorMember]: message }),
      error: name,
    }),
    error: connectError,
    httpError: (status, message) =>
      status >= 500
        ? connectError("InternalServiceException", message)
        : connectError(namesByStatus[status] ?? "SerializationException", message, status),
  };
}

function perform(
  { behaviour, store, newId, identities, buckets, throttle }: ConnectParts,
  operation: ConnectOperationName,
  request: HttpRequest,
  input: Input,
): Answer {
  const { caller, region } = authenticate(request.headers, gate, identities, behaviour);
  authorize(caller, operation, gate, behaviour);
  buckets.admit(operation, { caller, region }, throttle, behaviour.now());
  const violation = violationOf(operation, input);
  if (violation !== undefined) throw invalidInput(operation, violation);
  catchUp(store, behaviour);
  const output = run(operation, { store, behaviour, newId, region, caller }, input);
  return { status: 200, headers: json, body: output === undefined ? "" : JSON.stringify(output) };
}

function run(operation: ConnectOperationName, context: Context, input: Input): object | undefined {
  // The input was validated against the schema of this operation.
  const handler = operations[operation] as (context: Context, input: unknown) => object | undefined;
  return handler(context, input);
}
