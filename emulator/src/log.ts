import type { OperationName } from "./operationName";

/** One request as it arrived and, once there is an answer, how it was answered. */
export interface LoggedRequest {
  /** The x-amzn-requestid of its answer. */
  id: string;
  at: Date;
  /** Undefined when the path and method belong to no operation. */
  operation: OperationName | undefined;
  method: string;
  /** The raw path, still percent-encoded and without the query. */
  path: string;
  /** From the credential scope, as are the access key and the Region. */
  region: string | undefined;
  accessKeyId: string | undefined;
  userAgent: string | undefined;
  /** Members from path, query and body under their names in the API. */
  input: Record<string, unknown>;
  /** Undefined while unanswered, and for good after a dropped or silent answer. */
  status: number | undefined;
  /** Name of the error that was answered. */
  error: string | undefined;
  /** The client's count of tries of this call. */
  attempt: number | undefined;
  /** The client's id of this call, the same in all its tries. */
  invocationId: string | undefined;
}

/** Decides about a request. */
export type RequestPredicate = (request: LoggedRequest) => boolean;

/** Every request in the order of arrival, with a way to wait for the next of a kind. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  private waiting: { predicate: RequestPredicate; resolve: (request: LoggedRequest) => void }[] = [];
  private listeners: ((request: LoggedRequest) => void)[] = [];

  arrived(request: LoggedRequest): void {
    this.requests.push(request);
    const ready = this.waiting.filter(({ predicate }) => predicate(request));
    this.waiting = this.waiting.filter((waiter) => !ready.includes(waiter));
    for (const { resolve } of ready) resolve(request);
  }

  answered(request: LoggedRequest): void {
    for (const listener of this.listeners) listener(request);
  }

  onAnswer(listener: (request: LoggedRequest) => void): void {
    this.listeners.push(listener);
  }

  next(predicate: RequestPredicate): Promise<LoggedRequest> {
    return new Promise((resolve) => this.waiting.push({ predicate, resolve }));
  }

  clear(): void {
    this.requests.length = 0;
  }
}
