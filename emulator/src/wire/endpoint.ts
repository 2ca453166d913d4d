import type { Outcome } from "./faults";
import type { HttpRequest } from "./request";
import type { Answer } from "./service";

/** What a request carries; a member of the query that is there more than once is a list. */
export interface HttpInput {
  readonly params: Record<string, string>;
  readonly query: Record<string, string | string[]>;
  /** As its format reads it; undefined for no body, and for an empty one. */
  readonly body: unknown;
}

/** The bodies that an endpoint takes. */
export interface BodyFormat {
  readonly mediaType: string;
  /** In bytes. */
  readonly largest: number;
  parse(text: string): unknown;
}

/** What answers requests. */
export interface Endpoint {
  /** Without it, nobody looks at a body. */
  readonly body?: BodyFormat;
  serve(request: HttpRequest, input: HttpInput): Outcome<Answer> | Promise<Outcome<Answer>>;
  /** Answers a request that is refused before it is served, or whose `serve` throws. */
  refuse(request: HttpRequest, error: unknown): Answer;
}

/** The endpoint of a method and of a path such as /tags/{resourceArn}. */
export interface Route extends Endpoint {
  readonly method: string;
  readonly uri: string;
}

/** A part of the server: the routes of paths that it owns, and what answers for all others of them. */
export interface Scope {
  owns(request: HttpRequest): boolean;
  readonly routes: readonly Route[];
  readonly otherwise: Endpoint;
}
