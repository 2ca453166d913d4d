import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Socket } from "node:net";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { connectService } from "./connectService";
import { parseAuthorization } from "./credentials";
import { ConnectEmulator } from "./emulator";
import { connectError, ServiceError } from "./errors";
import type { Course, Outcome } from "./faults";
import { decodeInput, type Input } from "./input";
import type { LoggedRequest } from "./log";
import { type ConnectOperationName, model, operationNames } from "./model";
import type { OperationName } from "./operationName";
import type { EmulatorOptions } from "./options";
import { shapesSchema } from "./schema";
import type { Answer, Service } from "./service";
import { model as stsModel } from "./sts/model";
import { actionOf, decodeForm } from "./sts/query";
import { stsService } from "./sts/service";

declare module "fastify" {
  interface FastifyContextConfig {
    operation?: ConnectOperationName;
  }
}

/** Starts a local Connect, and STS beside it, on 127.0.0.1 and a free port, if nothing else is asked for. */
export async function startConnectEmulator(options: Partial<EmulatorOptions> = {}): Promise<ConnectEmulator> {
  const closing = new AbortController();
  // Each delayed request waits for it, and any number may be delayed at once.
  setMaxListeners(0, closing.signal);
  const server = fastify({
    // ARNs in a path segment are longer than the router's default of 100 characters.
    routerOptions: { maxParamLength: 16_384 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: true, useDefaults: false, verbose: true } },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    clientErrorHandler: refuseBrokenHttp,
    frameworkErrors: (error, request, reply) => refuse(emulator, connectService(emulator), request, reply, error),
  });
  const emulator = new ConnectEmulator(options, async () => {
    closing.abort();
    await server.close();
  });
  server.addSchema(shapesSchema("connect", model.shapes));
  server.addSchema(shapesSchema("sts", stsModel.shapes));
  serveConnect(server, emulator, closing.signal);
  server.register(async (scope) => serveSts(scope, emulator, closing.signal));
  emulator.url = await server.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
  return emulator;
}

/** Connect: a route an operation, and the last word on every path that is nobody's. */
function serveConnect(server: FastifyInstance, emulator: ConnectEmulator, closing: AbortSignal): void {
  const service = connectService(emulator);
  readJsonOnly(server);
  for (const operation of operationNames) {
    const { method, uri } = model.operations[operation];
    server.route({
      method,
      url: uri.replaceAll(/\{(\w+)\}/g, ":$1"),
      config: { operation },
      handler: (request, reply) => {
        const sources = { uri: request.params, querystring: request.query, body: request.body };
        const call = { operation, input: decodeInput(operation, sources) };
        return serve(emulator, service, call, request, reply, closing);
      },
    });
  }
  server.setErrorHandler((error, request, reply) => refuse(emulator, service, request, reply, error));
  server.setNotFoundHandler((request, reply) => refuse(emulator, service, request, reply, unknownOperation(request)));
}

/** STS: one route for all operations, in a scope of its own because it reads forms and answers XML. */
function serveSts(scope: FastifyInstance, emulator: ConnectEmulator, closing: AbortSignal): void {
  const service = stsService(emulator);
  readFormsOnly(scope);
  scope.post("/", (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const operation = actionOf(form);
    return serve(emulator, service, { operation, input: decodeForm(operation, form) }, request, reply, closing);
  });
  scope.setErrorHandler((error, request, reply) => refuse(emulator, service, request, reply, error));
}

async function serve<Name extends OperationName>(
  emulator: ConnectEmulator,
  service: Service<Name>,
  call: { operation: Name; input: Input },
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<FastifyReply> {
  const entry = logEntry(emulator, request, call);
  emulator.log.arrived(entry);
  const course: Course<Answer> = {
    work: () => attempt(service, entry.id, () => service.perform({ ...call, request, requestId: entry.id })),
    answer: ({ error, message, status }) => service.errorAnswer(service.error(error, message, status), entry.id),
    raw: (status, contentType, body) => ({ status, headers: { "content-type": contentType }, body }),
    closing,
  };
  const fault = emulator.faults.meet(entry);
  const outcome = fault ? await fault.play(course) : course.work();
  return send(emulator, entry, request, reply, outcome);
}

function attempt<Name extends OperationName>(service: Service<Name>, requestId: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    return service.errorAnswer(asServiceError(service, error), requestId);
  }
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
      // A Buffer: to a string fastify would add a charset that AWS does not send.
      .send(Buffer.from(outcome.body))
  );
}

/** Answers what never got as far as an operation. */
function refuse<Name extends OperationName>(
  emulator: ConnectEmulator,
  service: Service<Name>,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const entry = logEntry(emulator, request, { operation: request.routeOptions?.config?.operation, input: {} });
  emulator.log.arrived(entry);
  return send(emulator, entry, request, reply, service.errorAnswer(asServiceError(service, error), entry.id));
}

function unknownOperation({ method, url }: FastifyRequest): ServiceError {
  return connectError("UnknownOperationException", `No operation is ${method} ${pathOf(url)}`);
}

function asServiceError<Name extends OperationName>(service: Service<Name>, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const { statusCode = 500, message = String(error) } = error as { statusCode?: number; message?: string };
  return service.httpError(statusCode, message);
}

function logEntry(
  { behaviour }: ConnectEmulator,
  request: FastifyRequest,
  { operation, input }: { operation: OperationName | undefined; input: Input },
): LoggedRequest {
  const { headers, method, url } = request;
  const scope = parseAuthorization(headers.authorization);
  return {
    id: randomUUID(),
    at: behaviour.now(),
    operation,
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

function readFormsOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, body, done) => {
    done(null, new URLSearchParams(String(body)));
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
