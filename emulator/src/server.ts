import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Context } from "./context";
import { authenticate, parseAuthorization } from "./credentials";
import { ConnectEmulator } from "./emulator";
import { ConnectError, connectError, invalidInput } from "./errors";
import type { Course, Outcome } from "./faults";
import { decodeInput, type Input } from "./input";
import type { LoggedRequest } from "./log";
import { model, type OperationName, operationNames } from "./model";
import { operations } from "./operations";
import type { EmulatorOptions } from "./options";
import { inputSchema, shapesSchema } from "./schema";
import { describeViolation, type Violation } from "./validation";

declare module "fastify" {
  interface FastifyContextConfig {
    operation?: OperationName;
  }
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  error?: string;
}

const json = { "content-type": "application/json" };

/** Starts a local Connect on 127.0.0.1 and a free port, if nothing else is asked for. */
export async function startConnectEmulator(options: Partial<EmulatorOptions> = {}): Promise<ConnectEmulator> {
  const closing = new AbortController();
  const server = fastify({
    // ARNs in a path segment are longer than the router's default of 100 characters.
    routerOptions: { maxParamLength: 16_384 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: true, useDefaults: false, verbose: true } },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    clientErrorHandler: refuseBrokenHttp,
    frameworkErrors: (error, request, reply) => refuse(emulator, request, reply, error),
  });
  const emulator = new ConnectEmulator(options, async () => {
    closing.abort();
    await server.close();
  });
  readJsonOnly(server);
  server.addSchema(shapesSchema());
  for (const name of operationNames) addRoute(server, emulator, name, closing.signal);
  server.setErrorHandler((error, request, reply) => refuse(emulator, request, reply, error));
  server.setNotFoundHandler((request, reply) => refuse(emulator, request, reply, unknownOperation(request)));
  emulator.url = await server.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
  return emulator;
}

function addRoute(server: FastifyInstance, emulator: ConnectEmulator, operation: OperationName, closing: AbortSignal) {
  const { method, uri } = model.operations[operation];
  server.route({
    method,
    url: uri.replaceAll(/\{(\w+)\}/g, ":$1"),
    config: { operation },
    handler: (request, reply) => serve(emulator, operation, request, reply, closing),
  });
}

async function serve(
  emulator: ConnectEmulator,
  operation: OperationName,
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<FastifyReply> {
  const input = decodeInput(operation, { uri: request.params, querystring: request.query, body: request.body });
  const entry = logEntry(emulator, request, input);
  emulator.log.arrived(entry);
  const course: Course<Answer> = {
    work: () => attempt(emulator, () => perform(emulator, operation, request, input)),
    answer: ({ error, message, status }) => errorAnswer(emulator, connectError(error, message, status)),
    raw: (status, contentType, body) => ({ status, headers: { "content-type": contentType }, body }),
    closing,
  };
  const fault = emulator.faults.meet(entry);
  const outcome = fault ? await fault.play(course) : course.work();
  return send(emulator, entry, request, reply, outcome);
}

function perform(emulator: ConnectEmulator, operation: OperationName, request: FastifyRequest, input: Input): Answer {
  const { behaviour, store, newId } = emulator;
  const { region, accessKeyId } = authenticate(request.headers.authorization);
  emulator.buckets.admit(operation, region, emulator.throttle, behaviour.now());
  validate(operation, request, input);
  const context: Context = { store, behaviour, newId, region, accessKeyId };
  const output = run(operation, context, input);
  return { status: 200, headers: json, body: output === undefined ? "" : JSON.stringify(output) };
}

function run(operation: OperationName, context: Context, input: Input): object | undefined {
  // The input was checked against the model's schema of this very operation.
  const handler = operations[operation] as (context: Context, input: unknown) => object | undefined;
  return handler(context, input);
}

function validate(operation: OperationName, request: FastifyRequest, input: Input): void {
  const check = request.compileValidationSchema(inputSchemas[operation]);
  if (check(input)) return;
  throw invalidInput(operation, describeViolation((check.errors ?? []) as unknown as Violation[]));
}

// Kept, since fastify remembers a compiled schema by the schema object.
const inputSchemas = Object.fromEntries(operationNames.map((name) => [name, inputSchema(name)])) as Record<
  OperationName,
  object
>;

function attempt(emulator: ConnectEmulator, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    return errorAnswer(emulator, asConnectError(error));
  }
}

function errorAnswer({ behaviour }: ConnectEmulator, { name, status, message }: ConnectError): Answer {
  const body = JSON.stringify({ [behaviour.errorMember]: message });
  return { status, headers: { ...json, "x-amzn-errortype": name }, body, error: name };
}

function send(
  emulator: ConnectEmulator,
  entry: LoggedRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: Outcome<Answer>,
): FastifyReply {
  if (outcome === "drop" || outcome === "silence") {
    reply.hijack();
    if (outcome === "drop") request.raw.socket.destroy();
    return reply;
  }
  entry.status = outcome.status;
  entry.error = outcome.error;
  emulator.log.answered(entry);
  return (
    reply
      .code(outcome.status)
      .headers({ ...outcome.headers, "x-amzn-requestid": entry.id })
      // A Buffer: to a string fastify would add a charset that Connect does not send.
      .send(Buffer.from(outcome.body))
  );
}

/** Answers what never got as far as an operation. */
function refuse(emulator: ConnectEmulator, request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const entry = logEntry(emulator, request, {});
  emulator.log.arrived(entry);
  return send(emulator, entry, request, reply, errorAnswer(emulator, asConnectError(error)));
}

function unknownOperation({ method, url }: FastifyRequest): ConnectError {
  return connectError("UnknownOperationException", `No operation is ${method} ${pathOf(url)}`);
}

const namesByStatus: Record<number, string> = {
  413: "RequestEntityTooLargeException",
  415: "UnsupportedMediaTypeException",
};

function asConnectError(error: unknown): ConnectError {
  if (error instanceof ConnectError) return error;
  const { statusCode = 500, message = String(error) } = error as { statusCode?: number; message?: string };
  if (statusCode >= 500) return connectError("InternalServiceException", message);
  return connectError(namesByStatus[statusCode] ?? "SerializationException", message, statusCode);
}

function logEntry({ behaviour }: ConnectEmulator, request: FastifyRequest, input: Input): LoggedRequest {
  const { headers, method, url } = request;
  const scope = parseAuthorization(headers.authorization);
  return {
    id: randomUUID(),
    at: behaviour.now(),
    operation: request.routeOptions?.config?.operation,
    method,
    path: pathOf(url),
    region: scope?.region,
    accessKeyId: scope?.accessKeyId,
    userAgent: headers["user-agent"],
    // A copy, since validation drops unknown members from the original.
    input: structuredClone(input),
    status: undefined,
    error: undefined,
    attempt: attemptOf(headers["amz-sdk-request"]),
    invocationId: single(headers["amz-sdk-invocation-id"]),
  };
}

function attemptOf(header: string | string[] | undefined): number | undefined {
  const attempt = /attempt=(\d+)/.exec(single(header) ?? "")?.[1];
  return attempt === undefined ? undefined : Number(attempt);
}

function single(header: string | string[] | undefined): string | undefined {
  return [header].flat()[0];
}

function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}

// Only JSON is understood, and no body at all is as good as an empty one.
function readJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error");
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, String(body), done);
  });
}

// What node's HTTP parser rejects never becomes a request.
function refuseBrokenHttp(_: Error, socket: Socket): void {
  if (!socket.writable) return;
  const body = JSON.stringify({ Message: "The request is not HTTP" });
  const head = ["HTTP/1.1 400 Bad Request", "content-type: application/json", `content-length: ${body.length}`];
  const names = ["x-amzn-errortype: SerializationException", `x-amzn-requestid: ${randomUUID()}`, "connection: close"];
  socket.end(`${[...head, ...names].join("\r\n")}\r\n\r\n${body}`);
}
