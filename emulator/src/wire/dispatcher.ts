import { randomUUID } from "node:crypto";
import { parseAuthorization } from "./credentials";
import { HttpError, ServiceError } from "./errors";
import type { Course, Faults, Outcome } from "./faults";
import type { LoggedRequest, RequestLog } from "./log";
import type { HttpRequest } from "./request";
import type { Answer, Input, Service } from "./service";

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
    request: HttpRequest,
  ): Promise<Outcome<Answer>> {
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
    return typeof outcome === "string" ? outcome : this.answered(entry, outcome);
  }

  /** Answers a request that did not get as far as a call of the operation, or is of none. */
  refuse<Own extends Name>(
    service: Service<Own>,
    operation: Own | undefined,
    request: HttpRequest,
    error: unknown,
  ): Answer {
    const entry = this.entry(request, { operation, input: {} });
    this.surroundings.log.arrived(entry);
    return this.answered(entry, service.errorAnswer(asServiceError(service, error), entry.id));
  }

  private answered(entry: LoggedRequest<Name>, answer: Answer): Answer {
    entry.status = answer.status;
    entry.error = answer.error;
    this.surroundings.log.answered(entry);
    // Clients read the service's clock from this header.
    const date = this.surroundings.behaviour.now().toUTCString();
    const own = answer.isForeign ? { date } : { date, "x-amzn-requestid": entry.id };
    return { ...answer, headers: { ...answer.headers, ...own } };
  }

  private entry(
    request: HttpRequest,
    { operation, input }: { operation: Name | undefined; input: Input },
  ): LoggedRequest<Name> {
    const { headers, method, path } = request;
    const scope = parseAuthorization(headers.authorization);
    return {
      id: randomUUID(),
      at: this.surroundings.behaviour.now(),
      operation,
      method,
      path,
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

function attempt<Name extends string>(service: Service<Name>, requestId: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    return service.errorAnswer(asServiceError(service, error), requestId);
  }
}

function asServiceError<Name extends string>(service: Service<Name>, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return error instanceof HttpError
    ? service.httpError(error.status, error.message)
    : service.httpError(500, error instanceof Error ? error.message : String(error));
}

function attemptOf(header: string | string[] | undefined): number | undefined {
  const attempt = /attempt=(\d+)/.exec(single(header) ?? "")?.[1];
  return attempt === undefined ? undefined : Number(attempt);
}

function single(header: string | string[] | undefined): string | undefined {
  return [header].flat()[0];
}
