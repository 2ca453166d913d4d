import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";

/** An HTTP server without routes; `refuse` answers the requests that its router rejects. */
export function httpServer(
  refuse: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void,
): FastifyInstance {
  return fastify({
    // ARNs in a path segment are longer than the router's default of 100 characters.
    routerOptions: { maxParamLength: 16_384 },
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    clientErrorHandler: refuseBrokenHttp,
    frameworkErrors: refuse,
  });
}

// What Node's HTTP parser rejects never becomes a request.
function refuseBrokenHttp(_: Error, socket: Socket): void {
  if (!socket.writable) return;
  const body = JSON.stringify({ Message: "The request is not HTTP" });
  const head = ["HTTP/1.1 400 Bad Request", "content-type: application/json", `content-length: ${body.length}`];
  const names = ["x-amzn-errortype: SerializationException", `x-amzn-requestid: ${randomUUID()}`, "connection: close"];
  socket.end(`${[...head, ...names].join("\r\n")}\r\n\r\n${body}`);
}
