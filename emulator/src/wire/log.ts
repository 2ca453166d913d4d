/** A request and, once it is answered, its answer. */
export interface LoggedRequest<Name extends string> {
  /** The x-amzn-requestid of its answer. */
  id: string;
  at: Date;
  /** Undefined when the path and method belong to no operation. */
  operation: Name | undefined;
  method: string;
  /** The raw path, still percent-encoded and without the query. */
  path: string;
  /** From the credential scope, as are the access key and the Region. */
  region: string | undefined;
  accessKeyId: string | undefined;
  userAgent: string | undefined;
  /** Members from path, query and body under their names in the API. */
  input: Record<string, unknown>;
  /** Undefined until it is answered, and if it never is. */
  status: number | undefined;
  /** Name of the error that was answered. */
  error: string | undefined;
  /** Which attempt of the client's call this is. */
  attempt: number | undefined;
  /** The client's id of its call, the same in all attempts. */
  invocationId: string | undefined;
}

/** Decides about a request. */
export type RequestPredicate<Name extends string> = (request: LoggedRequest<Name>) => boolean;

/** Every request in the order of arrival, unless none is kept, with a way to wait for the next match. */
export class RequestLog<Name extends string> {
  readonly requests: LoggedRequest<Name>[] = [];
  private waiting: { predicate: RequestPredicate<Name>; resolve: (request: LoggedRequest<Name>) => void }[] = [];
  private listeners: ((request: LoggedRequest<Name>) => void)[] = [];

  constructor(private readonly keepsRequests: boolean) {}

  arrived(request: LoggedRequest<Name>): void {
    if (this.keepsRequests) this.requests.push(request);
    const ready = this.waiting.filter(({ predicate }) => predicate(request));
    this.waiting = this.waiting.filter((waiter) => !ready.includes(waiter));
    for (const { resolve } of ready) resolve(request);
  }

  answered(request: LoggedRequest<Name>): void {
    for (const listener of this.listeners) listener(request);
  }

  onAnswer(listener: (request: LoggedRequest<Name>) => void): void {
    this.listeners.push(listener);
  }

  next(predicate: RequestPredicate<Name>): Promise<LoggedRequest<Name>> {
    return new Promise((resolve) => this.waiting.push({ predicate, resolve }));
  }

  clear(): void {
    this.requests.length = 0;
  }
}
