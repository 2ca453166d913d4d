import { model, type OperationName, type Shape } from "./model";

/** A JSON schema, as far as this module writes one. */
export type JsonSchema = { [keyword: string]: unknown };

/** The `$id` under which all shapes are registered. */
export const shapesId = "connect";

/** Schemas of all shapes, to be registered once. */
export function shapesSchema(): JsonSchema {
  const definitions = Object.entries(model.shapes).map(([name, shape]) => [name, shapeSchema(shape)]);
  return { $id: shapesId, definitions: Object.fromEntries(definitions) };
}

/** The schema of one operation's whole input: path, query and body members together. */
export function inputSchema(operation: OperationName): JsonSchema {
  return reference(model.operations[operation].input);
}

const writers: Record<string, (shape: Shape) => JsonSchema> = {
  string: (shape) => ({ type: "string", minLength: shape.min, maxLength: shape.max, pattern: shape.pattern }),
  enum: (shape) => ({ type: "string", enum: shape.enum }),
  boolean: () => ({ type: "boolean" }),
  integer: (shape) => ({ type: "integer", minimum: shape.min, maximum: shape.max }),
  double: (shape) => ({ type: "number", minimum: shape.min, maximum: shape.max }),
  list: (shape) => ({
    type: "array",
    minItems: shape.min,
    maxItems: shape.max,
    items: reference(shape.member),
  }),
  map: (shape) => ({
    type: "object",
    minProperties: shape.min,
    maxProperties: shape.max,
    propertyNames: reference(shape.key),
    additionalProperties: reference(shape.value),
  }),
  structure: (shape) => structureSchema(shape),
  // Exactly one known member; an unknown one beside it is dropped like any unknown member.
  union: (shape) => ({
    ...structureSchema(shape),
    oneOf: Object.keys(shape.members ?? {}).map((name) => ({ required: [name] })),
  }),
};

function shapeSchema(shape: Shape): JsonSchema {
  const write = writers[shape.type];
  if (write === undefined) throw new Error(`The model has a shape of unknown type ${shape.type}`);
  return withoutUndefined(write(shape));
}

function structureSchema({ members = {} }: Shape): JsonSchema {
  const entries = Object.entries(members);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([name, { target }]) => [name, reference(target)])),
    required: entries.filter(([, { required }]) => required).map(([name]) => name),
    // With Ajv's removeAdditional this drops unknown members, as the service ignores them.
    additionalProperties: false,
  };
}

function reference(shape: string | undefined): JsonSchema {
  return { $ref: `${shapesId}#/definitions/${shape}` };
}

function withoutUndefined(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}
