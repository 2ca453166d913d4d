import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { bodyOf } from "./body";
import type { HttpInput, Scope } from "./endpoint";
import { HttpError } from "./errors";
import type { Outcome } from "./faults";
import { hostCheck, hostOf, type KnowsHost, urlHost } from "./hosts";
import type { HttpRequest } from "./request";
import { type Destination, routing } from "./routing";
import type { Answer } from "./service";

/** Where a server listens, and whom it lets in. */
export interface HttpServerOptions {
  host: string;
  port: number;
  /** Names in the Host header that are let in besides the loopback's and `host`. */
  allowedHosts: readonly string[];
  /** Milliseconds in which a request must have arrived. */
  requestTimeoutMs: number;
}

/** A server that listens. */
export interface ListeningServer {
  url: string;
  /** Stops it and cuts its connections. */
  close(): Promise<void>;
}

// Clients keep connections for some seconds, and must not find one closed that they are about to use.
const keepAliveTimeout = 72_000;

/** Serves the scopes, the first one that owns a path. */
export async function listen(scopes: readonly Scope[], options: HttpServerOptions): Promise<ListeningServer> {
  const { host, port, allowedHosts, requestTimeoutMs } = options;
  const find = routing(scopes);
  const knowsHost = hostCheck(host, allowedHosts);
  const timeouts = { requestTimeout: requestTimeoutMs, connectionsCheckingInterval: requestTimeoutMs / 2 };
  const server = createServer({ ...timeouts, keepAliveTimeout }, (incoming, response) => {
    void exchange(incoming, response, find(requestOf(incoming)), knowsHost);
  });
  server.on("clientError", refuseBrokenHttp);
  server.listen(port, host);
  await once(server, "listening");
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${urlHost(host)}:${bound}`, close: () => close(server) };
}

async function exchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  { endpoint, params }: Destination,
  knowsHost: KnowsHost,
): Promise<void> {
  const request = requestOf(incoming);
  const outcome = async () => {
    refuseStrangers(incoming, knowsHost);
    const body = endpoint.body && (await bodyOf(incoming, endpoint.body));
    const input = { params: params(), query: queryOf(incoming), body };
    return endpoint.serve(request, input);
  };
  send(response, await outcome().catch((error) => endpoint.refuse(request, error)));
  // What is left of a body that was refused is read, but not kept: until then the connection takes no other request.
  incoming.resume();
}

/**
 * Refuses what a web page could have sent: a page of another site has an Origin, and one whose name was made to lead here has
 * that name as its Host. No client of AWS sends an Origin.
 */
function refuseStrangers({ headers: { host, origin } }: IncomingMessage, knowsHost: KnowsHost): void {
  if (origin !== undefined) throw new HttpError(403, `Web pages are not served, and this is a request of ${origin}`);
  if (knowsHost(host)) return;
  const message = `The host ${hostOf(host)} is not known here: clients that use this name need --allow-host, or allowedHosts`;
  throw new HttpError(403, message);
}

function send(response: ServerResponse, outcome: Outcome<Answer>): void {
  if (outcome === "silence") return;
  if (outcome === "drop") {
    response.destroy();
    return;
  }
  const { status, headers, body } = outcome;
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

function requestOf({ method = "", url = "", headers }: IncomingMessage): HttpRequest {
  return { method, path: url.split("?", 1)[0] ?? "", headers };
}

function queryOf({ url = "" }: IncomingMessage): HttpInput["query"] {
  const query = new URLSearchParams(url.slice(url.split("?", 1)[0]?.length));
  const entries = [...new Set(query.keys())].map((name) => [name, query.getAll(name)] as const);
  return Object.fromEntries(entries.map(([name, values]) => [name, values.length > 1 ? values : (values[0] ?? "")]));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

// What Node's HTTP parser rejects, or waits for in vain, never becomes a request.
function refuseBrokenHttp(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable) return;
  const isLate = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
  const [status, name, message] = isLate
    ? ["408 Request Timeout", "RequestTimeoutException", "The request did not arrive in time"]
    : ["400 Bad Request", "SerializationException", "The request is not HTTP"];
  const body = JSON.stringify({ Message: message });
  const head = [`HTTP/1.1 ${status}`, "content-type: application/json", `content-length: ${body.length}`];
  const names = [`x-amzn-errortype: ${name}`, `x-amzn-requestid: ${randomUUID()}`, "connection: close"];
  socket.end(`${[...head, ...names].join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
