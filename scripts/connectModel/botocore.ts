import * as fs from "node:fs";
import { gunzipSync } from "node:zlib";
import type { OperationModel } from "../../emulator/src/connect/model";
import type { Shape } from "../../emulator/src/wire/shape";
import type { Model } from "./facts";

interface Reference {
  shape: string;
  location?: string;
  locationName?: string;
}

interface BotocoreShape {
  type: string;
  required?: string[];
  members?: Record<string, Reference>;
  member?: Reference;
  key?: Reference;
  value?: Reference;
  enum?: string[];
  union?: boolean;
  min?: number;
  max?: number;
  pattern?: string;
  error?: { httpStatusCode: number };
}

interface Botocore {
  operations: Record<
    string,
    { http: { method: string; requestUri: string }; input: Reference; errors?: Reference[] } | undefined
  >;
  shapes: Record<string, BotocoreShape>;
}

/** Reads a model of botocore, packed or not. */
export function readBotocore(file: string): Botocore {
  const bytes = fs.readFileSync(file);
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString());
}

/** What the emulator needs of it: the operations that it serves, and the shapes of their inputs. */
export function extractOf({ operations, shapes }: Botocore, names: readonly string[], source: string): Model {
  const found = new Set<string>();
  const served = names.map((name): [string, OperationModel] => {
    const operation = operations[name];
    if (operation === undefined) throw new Error(`botocore has no operation ${name}`);
    const { http, input, errors = [] } = operation;
    gather(input.shape, shapes, found);
    const { members = {} } = shapeNamed(shapes, input.shape);
    const bindings = Object.entries(members).flatMap(([member, { location, locationName = member }]) =>
      location === undefined
        ? []
        : [[member, { in: location, ...(locationName === member ? {} : { as: locationName }) }]],
    );
    const facts = { method: http.method, uri: http.requestUri, input: input.shape };
    return [name, { ...facts, bindings: Object.fromEntries(bindings), errors: errors.map(({ shape }) => shape) }];
  });
  const statuses = Object.entries(shapes).flatMap(([name, { error }]): [string, number][] =>
    error ? [[name, error.httpStatusCode]] : [],
  );
  return {
    source,
    operations: Object.fromEntries(served),
    errors: Object.fromEntries(statuses),
    shapes: Object.fromEntries([...found].sort().map((name) => [name, shapeOf(shapeNamed(shapes, name))])),
  };
}

function gather(name: string, shapes: Botocore["shapes"], found: Set<string>): void {
  if (found.has(name)) return;
  found.add(name);
  for (const { shape } of referencesOf(shapeNamed(shapes, name))) gather(shape, shapes, found);
}

function referencesOf({ members = {}, member, key, value }: BotocoreShape): Reference[] {
  return [...Object.values(members), member, key, value].filter((reference) => reference !== undefined);
}

function shapeNamed(shapes: Botocore["shapes"], name: string): BotocoreShape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`botocore has no shape ${name}`);
  return shape;
}

function shapeOf({ type, union, members, required = [], member, key, value, ...rest }: BotocoreShape): Shape {
  const limits = Object.entries({ min: rest.min, max: rest.max, pattern: rest.pattern, enum: rest.enum });
  const targets = Object.entries({ member, key, value });
  return {
    type: union ? "union" : rest.enum ? "enum" : type,
    ...Object.fromEntries(limits.filter(([, limit]) => limit !== undefined)),
    ...(members && {
      members: Object.fromEntries(
        Object.entries(members).map(([name, { shape }]) => [
          name,
          { target: shape, ...(required.includes(name) ? { required: true } : {}) },
        ]),
      ),
    }),
    ...Object.fromEntries(targets.flatMap(([name, reference]) => (reference ? [[name, reference.shape]] : []))),
  };
}
