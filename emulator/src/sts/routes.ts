import type { FastifyInstance } from "fastify";
import type { Dispatcher } from "../wire/dispatcher";
import type { Service } from "../wire/service";
import type { StsOperationName } from "./model";
import { actionOf, decodeForm } from "./query";

/** Serves STS: one route for all operations, in a scope of its own because it reads forms and answers XML. */
export function serveSts<All extends string>(
  server: FastifyInstance,
  dispatcher: Dispatcher<All | StsOperationName>,
  service: Service<StsOperationName>,
): void {
  server.register(async (scope) => {
    readFormsOnly(scope);
    scope.post("/", (request, reply) => {
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const operation = actionOf(form);
      return dispatcher.serve(service, { operation, input: decodeForm(operation, form) }, request, reply);
    });
    scope.setErrorHandler((error, request, reply) => dispatcher.refuse(service, request, reply, error));
  });
}

function readFormsOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, body, done) => {
    done(null, new URLSearchParams(String(body)));
  });
}
