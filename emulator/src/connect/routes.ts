import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Dispatcher, pathOf } from "../wire/dispatcher";
import type { ServiceError } from "../wire/errors";
import type { Service } from "../wire/service";
import { connectError } from "./errors";
import { decodeInput } from "./input";
import { type ConnectOperationName, model, operationNames } from "./model";

// A form with all of its 100 questions and 256 options of each. An option has a text of 128 characters and two ids of 40,
// 12 bytes each if they are escaped as surrogate pairs, which together with the names of members is below 3 KiB.
const largestBody = 100 * 256 * 3072;

/** Serves Connect: one route per operation, and an error for every path that belongs to no service. */
export function serveConnect<All extends string>(
  server: FastifyInstance,
  dispatcher: Dispatcher<All | ConnectOperationName>,
  service: Service<ConnectOperationName>,
): void {
  readJsonOnly(server);
  for (const operation of operationNames) {
    const { method, uri } = model.operations[operation];
    server.route({
      method,
      url: uri.replaceAll(/\{(\w+)\}/g, ":$1"),
      config: { operation },
      bodyLimit: largestBody,
      handler: (request, reply) => {
        const sources = { uri: request.params, querystring: request.query, body: request.body };
        return dispatcher.serve(service, { operation, input: decodeInput(operation, sources) }, request, reply);
      },
    });
  }
  server.setErrorHandler((error, request, reply) => dispatcher.refuse(service, request, reply, error));
  server.setNotFoundHandler((request, reply) => dispatcher.refuse(service, request, reply, unknownOperation(request)));
}

function unknownOperation({ method, url }: FastifyRequest): ServiceError {
  return connectError("UnknownOperationException", `No operation is ${method} ${pathOf(url)}`);
}

// JSON only. No body counts as an empty one.
function readJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser("error", "error");
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, String(body), done);
  });
}
