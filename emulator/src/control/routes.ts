import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ConnectEmulator } from "../emulator";
import { pathOf } from "../wire/dispatcher";
import { DocumentError } from "../wire/documents";
import { controls } from "./controls";
import { forever } from "./schemas";

// No path of AWS starts like this.
const prefix = "/_emulator";

/** Serves what people and programs ask of the emulator itself: without a signature, and out of reach of faults. */
export function serveControl(server: FastifyInstance, emulator: ConnectEmulator): void {
  server.register(
    async (scope) => {
      readJsonAlways(scope);
      for (const { method, path, perform } of controls) {
        scope.route({
          method,
          url: path,
          handler: (request, reply) => send(reply, 200, perform(emulator, request.body)),
        });
      }
      scope.setErrorHandler((error, _, reply) => send(reply, statusOf(error), { problems: problemsOf(error) }));
      scope.setNotFoundHandler((request, reply) => send(reply, 404, { problems: [unknownControl(request)] }));
    },
    { prefix },
  );
}

// Whatever the content type: curl, for one, calls every body a form.
function readJsonAlways(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "string" }, (_, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : JSON.parse(String(body)));
    } catch (error) {
      done(new DocumentError([`The body is not JSON: ${(error as Error).message}`]));
    }
  });
}

function unknownControl({ method, url }: FastifyRequest): string {
  const known = controls.map((control) => `${control.method} ${prefix}${control.path}`);
  return `There is no ${method} ${pathOf(url)}; there are ${known.join(", ")}`;
}

function send(reply: FastifyReply, status: number, answer: object): FastifyReply {
  return reply
    .code(status)
    .type("application/json")
    .send(`${JSON.stringify(answer, spelled, 2)}\n`);
}

// A function is a condition that a test gave a fault.
function spelled(_: string, value: unknown): unknown {
  if (value === Number.POSITIVE_INFINITY) return forever;
  return typeof value === "function" ? String(value) : value;
}

function statusOf(error: unknown): number {
  if (error instanceof DocumentError) return 400;
  return (error as { statusCode?: number }).statusCode ?? 500;
}

function problemsOf(error: unknown): string[] {
  return error instanceof DocumentError ? error.problems : [(error as Error).message];
}
