import type { Dispatcher } from "../wire/dispatcher";
import type { Endpoint, Route, Scope } from "../wire/endpoint";
import type { ServiceError } from "../wire/errors";
import { jsonBody } from "../wire/json";
import type { HttpRequest } from "../wire/request";
import type { Service } from "../wire/service";
import { connectError } from "./errors";
import { decodeInput } from "./input";
import { largestBodyOf } from "./limits";
import { type ConnectOperationName, model, operationNames } from "./model";

/** Connect: one route per operation, and an error for every path that belongs to no service. */
export function connectScope<All extends string>(
  dispatcher: Dispatcher<All | ConnectOperationName>,
  service: Service<ConnectOperationName>,
): Scope {
  const routes = operationNames.map((operation): Route => {
    const { method, uri } = model.operations[operation];
    return {
      method,
      uri,
      body: jsonBody(largestBodyOf(operation)),
      serve: (request, { params, query, body }) => {
        const input = decodeInput(operation, { uri: params, querystring: query, body });
        return dispatcher.serve(service, { operation, input }, request);
      },
      refuse: (request, error) => dispatcher.refuse(service, operation, request, error),
    };
  });
  const otherwise: Endpoint = {
    serve: (request) => dispatcher.refuse(service, undefined, request, unknownOperation(request)),
    refuse: (request, error) => dispatcher.refuse(service, undefined, request, error),
  };
  return { owns: () => true, routes, otherwise };
}

function unknownOperation({ method, path }: HttpRequest): ServiceError {
  return connectError("UnknownOperationException", `No operation is ${method} ${path}`);
}
