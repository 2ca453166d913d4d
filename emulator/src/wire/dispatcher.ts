import { randomUUID } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { parseAuthorization } from "./credentials";
import { ServiceError } from "./errors";
import type { Course, Faults, Outcome } from "./faults";
import type { LoggedRequest, RequestLog } from "./log";
import type { Answer, Input, Service } from "./service";

declare module "fastify" {
  interface FastifyContextConfig {
    operation?: string;
  }
}

/** What a dispatcher works with. */
export interface Surroundings<Name extends string> {
  readonly log: RequestLog<Name>;
  readonly faults: Faults<Name>;
  /** The clock is read at each request, because it may change at any time. */
  readonly behaviour: { readonly now: () => Date };
  /** Ends the requests that wait. */
  readonly closing: AbortSignal;
}

/** Takes a request from arrival to answer: logs it, applies a fault if one matches, and calls the service. */
export class Dispatcher<Name extends string> {
  constructor(private readonly surroundings: Surroundings<Name>) {}

  /** Answers a call of an operation. */
  async serve<Own extends Name>(
    service: Service<Own>,
    call: { operation: Own; input: Input },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { log, faults, closing } = this.surroundings;
    const entry = this.entry(request, call);
    log.arrived(entry);
    const course: Course<Answer> = {
      work: () => attempt(service, entry.id, () => service.perform({ ...call, request, requestId: entry.id })),
      answer: ({ error, message, status }) => service.errorAnswer(service.error(error, message, status), entry.id),
      raw: (status, contentType, body) => ({
        status,
        headers: { "content-type": contentType },
        body,
        isForeign: true,
      }),
      closing,
    };
    const fault = faults.meet(entry);
    const outcome = fault ? await fault.play(course) : course.work();
    return this.send(entry, request, reply, outcome);
  }

  /** Answers a request that reached no operation. */
  refuse<Own extends Name>(
    service: Service<Own>,
    request: FastifyRequest,
    reply: FastifyReply,
    error: unknown,
  ): FastifyReply {
    const operation = request.routeOptions?.config?.operation as Own | undefined;
    const entry = this.entry(request, { operation, input: {} });
    this.surroundings.log.arrived(entry);
    return this.send(entry, request, reply, service.errorAnswer(asServiceError(service, error), entry.id));
  }

  private send(
    entry: LoggedRequest<Name>,
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
    this.surroundings.log.answered(entry);
    // Clients read the service's clock from this header.
    const date = this.surroundings.behaviour.now().toUTCString();
    const own = outcome.isForeign ? { date } : { date, "x-amzn-requestid": entry.id };
    return (
      reply
        .code(outcome.status)
        .headers({ ...outcome.headers, ...own })
        // A Buffer, because fastify would add a charset to a string, which AWS does not send.
        .send(Buffer.from(outcome.body))
    );
  }

  private entry(
    request: FastifyRequest,
    { operation, input }: { operation: Name | undefined; input: Input },
  ): LoggedRequest<Name> {
    const { headers, method, url } = request;
    const scope = parseAuthorization(headers.authorization);
    return {
      id: randomUUID(),
      at: this.surroundings.behaviour.now(),
      operation,
      method,
      path: pathOf(url),
      region: scope?.region,
      accessKeyId: scope?.accessKeyId,
      userAgent: headers["user-agent"],
      // A copy, because validation drops unknown members from the original.
      input: structuredClone(input),
      status: undefined,
      error: undefined,
      attempt: attemptOf(headers["amz-sdk-request"]),
      invocationId: single(headers["amz-sdk-invocation-id"]),
    };
  }
}

/** The path of a URL, still percent-encoded and without the query. */
export function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}

function attempt<Name extends string>(service: Service<Name>, requestId: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    return service.errorAnswer(asServiceError(service, error), requestId);
  }
}

function asServiceError<Name extends string>(service: Service<Name>, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const { statusCode = 500, message = String(error) } = error as { statusCode?: number; message?: string };
  return service.httpError(statusCode, message);
}

function attemptOf(header: string | string[] | undefined): number | undefined {
  const attempt = /attempt=(\d+)/.exec(single(header) ?? "")?.[1];
  return attempt === undefined ? undefined : Number(attempt);
}

function single(header: string | string[] | undefined): string | undefined {
  return [header].flat()[0];
}
