import * as documents from "../wire/documents";
import { type JsonSchema, shapesSchema } from "../wire/schema";
import { type FindViolation, inputValidation } from "../wire/validation";
import { type ConnectOperationName, model } from "./model";
import { dropNulls } from "./shapes";

const check = inputValidation("connect", model);

/** Checks inputs against the model of Connect. Drops null members first. */
export const violationOf: FindViolation<ConnectOperationName> = (operation, input) => {
  dropNulls(model.operations[operation].input, input);
  return check(operation, input);
};

const shapes = shapesSchema("connect", model.shapes);

/** Checks JSON that a person wrote against a schema that may refer to the shapes of Connect. */
export function documentCheck(schema: JsonSchema): (document: unknown) => string[] {
  return documents.documentCheck(schema, shapes);
}
