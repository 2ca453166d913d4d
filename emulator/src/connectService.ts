import type { FastifyRequest } from "fastify";
import type { Context } from "./context";
import { authenticate, type Gate } from "./credentials";
import type { ConnectEmulator } from "./emulator";
import { connectError, invalidInput } from "./errors";
import type { Input } from "./input";
import { type ConnectOperationName, model } from "./model";
import { operations } from "./operations";
import { inputSchemas } from "./schema";
import type { Answer, Service } from "./service";
import { violationOf } from "./validation";

const json = { "content-type": "application/json" };

const gate: Gate = {
  service: "connect",
  refusals: {
    unsigned: "MissingAuthenticationTokenException",
    incomplete: "IncompleteSignatureException",
    otherService: "InvalidSignatureException",
    unknown: "UnrecognizedClientException",
    expired: "ExpiredTokenException",
  },
  error: connectError,
};

// Kept, since fastify remembers a compiled schema by the schema object.
const schemas = inputSchemas("connect", model.operations);

const namesByStatus: Record<number, string> = {
  413: "RequestEntityTooLargeException",
  415: "UnsupportedMediaTypeException",
};

/** Connect: REST with JSON bodies, the name of an error in a header. */
export function connectService(emulator: ConnectEmulator): Service<ConnectOperationName> {
  return {
    perform: ({ operation, input, request }) => perform(emulator, operation, request, input),
    errorAnswer: ({ name, status, message }) => ({
      status,
      headers: { ...json, "x-amzn-errortype": name },
      body: JSON.stringify({ [emulator.behaviour.errorMember]: message }),
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
  { behaviour, store, newId, identities, buckets, throttle }: ConnectEmulator,
  operation: ConnectOperationName,
  request: FastifyRequest,
  input: Input,
): Answer {
  const { caller, region } = authenticate(request.headers, gate, identities, behaviour.now());
  buckets.admit(operation, { caller, region }, throttle, behaviour.now());
  const violation = violationOf(request, schemas[operation], input);
  if (violation !== undefined) throw invalidInput(operation, violation);
  const output = run(operation, { store, behaviour, newId, region, caller }, input);
  return { status: 200, headers: json, body: output === undefined ? "" : JSON.stringify(output) };
}

function run(operation: ConnectOperationName, context: Context, input: Input): object | undefined {
  // The input was checked against the model's schema of this very operation.
  const handler = operations[operation] as (context: Context, input: unknown) => object | undefined;
  return handler(context, input);
}
