import type { ConnectEmulator } from "../emulator";
import { DocumentError } from "../wire/documents";
import type { Endpoint, Scope } from "../wire/endpoint";
import { HttpError } from "../wire/errors";
import { jsonBody } from "../wire/json";
import type { HttpRequest } from "../wire/request";
import type { Answer } from "../wire/service";
import { controls } from "./controls";
import { forever } from "./schemas";

// No path of AWS starts like this.
const prefix = "/_emulator";

/** What people and programs ask of the emulator itself: without a signature, and out of reach of faults. */
export function controlScope(emulator: ConnectEmulator): Scope {
  const routes = controls.map(({ method, path, perform }) => ({
    method,
    uri: prefix + path,
    body: jsonBody(2 ** 20),
    serve: (_: HttpRequest, { body }: { body: unknown }) => answer(200, perform(emulator, body)),
    refuse,
  }));
  const otherwise: Endpoint = {
    serve: (request) => answer(404, { problems: [unknownControl(request)] }),
    refuse,
  };
  return { owns: ({ path }) => path === prefix || path.startsWith(`${prefix}/`), routes, otherwise };
}

function unknownControl({ method, path }: HttpRequest): string {
  const known = controls.map((control) => `${control.method} ${prefix}${control.path}`);
  return `There is no ${method} ${path}; there are ${known.join(", ")}`;
}

function refuse(_: HttpRequest, error: unknown): Answer {
  const status = error instanceof HttpError ? error.status : error instanceof DocumentError ? 400 : 500;
  return answer(status, { problems: error instanceof DocumentError ? error.problems : [(error as Error).message] });
}

function answer(status: number, content: object): Answer {
  const body = `${JSON.stringify(content, spelled, 2)}\n`;
  return { status, headers: { "content-type": "application/json" }, body };
}

// A function is a condition that a test gave a fault.
function spelled(_: string, value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY) return forever;
  return typeof value === "function" ? String(value) : value;
}
