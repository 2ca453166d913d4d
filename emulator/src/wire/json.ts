import { parse } from "secure-json-parse";
import type { BodyFormat } from "./endpoint";
import { HttpError } from "./errors";

/** JSON of at most so many bytes. */
export function jsonBody(largest: number): BodyFormat {
  return { mediaType: "application/json", largest, parse: parseJson };
}

// Members that would change the prototype of an object are refused.
function parseJson(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new HttpError(400, `The body is not JSON: ${(error as Error).message}`);
  }
}
