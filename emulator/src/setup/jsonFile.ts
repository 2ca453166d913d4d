import { readFileSync } from "node:fs";
import { DocumentError } from "../wire/documents";

/** The JSON in a file. */
export function readJson(file: string): unknown {
  return parsed(textOf(file));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new DocumentError([`cannot be read: ${(error as Error).message}`]);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DocumentError([`is not JSON: ${(error as Error).message}`]);
  }
}
