import type { Shape } from "./shape";

/** A JSON schema. */
export type JsonSchema = { [keyword: string]: unknown };

/** Schemas of all shapes of a service, under its name. */
export function shapesSchema(service: string, shapes: Record<string, Shape>): JsonSchema {
  const definitions = Object.entries(shapes).map(([name, shape]) => [name, shapeSchema(shape, service)]);
  return { $id: service, definitions: Object.fromEntries(definitions) };
}

const writers: Record<string, (shape: Shape, service: string) => JsonSchema> = {
  string: (shape) => ({ type: "string", minLength: shape.min, maxLength: shape.max, pattern: shape.pattern }),
  enum: (shape) => ({ type: "string", enum: shape.enum }),
  boolean: () => ({ type: "boolean" }),
  integer: (shape) => ({ type: "integer", minimum: shape.min, maximum: shape.max }),
  // Seconds since 1970.
  timestamp: () => ({ type: "number" }),
  double: (shape) => ({ type: "number", minimum: shape.min, maximum: shape.max }),
  list: (shape, service) => ({
    type: "array",
    minItems: shape.min,
    maxItems: shape.max,
    items: reference(service, shape.member),
  }),
  map: (shape, service) => ({
    type: "object",
    minProperties: shape.min,
    maxProperties: shape.max,
    propertyNames: reference(service, shape.key),
    additionalProperties: reference(service, shape.value),
  }),
  structure: structureSchema,
  // Exactly one known member. Unknown ones are dropped.
  union: (shape, service) => ({
    ...structureSchema(shape, service),
    oneOf: Object.keys(shape.members ?? {}).map((name) => ({ required: [name] })),
  }),
};

function shapeSchema(shape: Shape, service: string): JsonSchema {
  const write = writers[shape.type];
  if (write === undefined) throw new Error(`The model has a shape of unknown type ${shape.type}`);
  return withoutUndefined(write(shape, service));
}

function structureSchema({ members = {} }: Shape, service: string): JsonSchema {
  const entries = Object.entries(members);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([name, { target }]) => [name, reference(service, target)])),
    required: entries.filter(([, { required }]) => required).map(([name]) => name),
    // With Ajv's removeAdditional this drops unknown members, as the service ignores them.
    additionalProperties: false,
  };
}

function reference(service: string, shape: string | undefined): JsonSchema {
  return { $ref: `${service}#/definitions/${shape}` };
}

function withoutUndefined(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

/** An object with these members only. */
export function closed(properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema {
  const description = `an object with ${Object.keys(properties).join(", ")}`;
  return { type: "object", description, properties, required, additionalProperties: false };
}

/** A list of any length. */
export function listOf(items: JsonSchema): JsonSchema {
  return { type: "array", description: "a list", items };
}
