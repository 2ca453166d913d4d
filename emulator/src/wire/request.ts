import type { IncomingHttpHeaders } from "node:http";

/** A request whose body has not been looked at yet. */
export interface HttpRequest {
  readonly method: string;
  /** The raw path, still percent-encoded and without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}
