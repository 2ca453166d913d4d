import type { Dispatcher } from "../wire/dispatcher";
import type { BodyFormat, Route, Scope } from "../wire/endpoint";
import type { Service } from "../wire/service";
import type { StsOperationName } from "./model";
import { actionOf, decodeForm } from "./query";

// The longest legal input, a web identity token and 50 tags among it, has some 70,000 characters of at most 12 bytes.
const formBody: BodyFormat = {
  mediaType: "application/x-www-form-urlencoded",
  largest: 2 ** 20,
  // Of a field that is there twice, the first counts.
  parse: (text) => new Map([...new URLSearchParams(text)].reverse()),
};

/** STS: one path for all operations, which are named in a form. */
export function stsScope<All extends string>(
  dispatcher: Dispatcher<All | StsOperationName>,
  service: Service<StsOperationName>,
): Scope {
  const route: Route = {
    method: "POST",
    uri: "/",
    body: formBody,
    serve: (request, { body }) => {
      const form = body instanceof Map ? body : new Map<string, string>();
      const operation = actionOf(form);
      return dispatcher.serve(service, { operation, input: decodeForm(operation, form) }, request);
    },
    refuse: (request, error) => dispatcher.refuse(service, undefined, request, error),
  };
  return { owns: ({ method, path }) => method === "POST" && path === "/", routes: [route], otherwise: route };
}
