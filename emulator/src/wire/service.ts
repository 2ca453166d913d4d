import type { ServiceError } from "./errors";
import type { HttpRequest } from "./request";

/** An operation's input members by their names in the API. */
export type Input = Record<string, unknown>;

/** An answer on the wire. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Name of the error, if it is one. */
  error?: string;
  /** Whether it is played by something on the way, which knows no request id. */
  isForeign?: boolean;
}

/** A request that was recognised as a call of an operation. */
export interface Call<Name extends string> {
  operation: Name;
  input: Input;
  request: HttpRequest;
  requestId: string;
}

/** One API: what its calls do, and the format of its answers. */
export interface Service<Name extends string> {
  /** Does the work of a call, or throws a `ServiceError`. */
  perform(call: Call<Name>): Answer;
  /** An error in the format of this service. */
  errorAnswer(error: ServiceError, requestId: string): Answer;
  /** An error by its name, with the status it has in this service. */
  error(name: string, message: string, status?: number): ServiceError;
  /** The error for a request that the HTTP server refuses. */
  httpError(status: number, message: string): ServiceError;
}
