import * as documents from "../wire/documents";
import { type JsonSchema, shapesSchema } from "../wire/schema";
import { inputValidation } from "../wire/validation";
import { model } from "./model";

/** Checks inputs against the model of Connect. */
export const violationOf = inputValidation("connect", model);

const shapes = shapesSchema("connect", model.shapes);

/** Checks JSON that a person wrote against a schema that may refer to the shapes of Connect. */
export function documentCheck(schema: JsonSchema): (document: unknown) => string[] {
  return documents.documentCheck(schema, shapes);
}
