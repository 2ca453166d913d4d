import { wordsOf } from "../shared/errors";

/** Errors in the form in which the engine shows and keeps them. */

/**
 * For check, diff, read and delete the SDK prints `${error}: ${error.stack}` under the stack, beside the message: here
 * one short line.
 */
export function forEngine(error: unknown): Error {
  const message = wordsOf(error);
  return Object.assign(new Error(message), { stack: message.split("\n", 1)[0], toString: () => "ContactEvaluation" });
}

/**
 * An error that keeps the id: the engine saves the resource as one that failed to initialize, and calls update next.
 * It must be a plain Error with these three, reasons not empty and `__provider` among the properties, or the resource
 * is stuck.
 */
export function keepingId(error: unknown, id: string, properties: object): Error {
  const shown = forEngine(error);
  return Object.assign(shown, { id, properties, reasons: [shown.message] });
}
