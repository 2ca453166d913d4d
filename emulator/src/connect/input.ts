import { excess } from "../wire/bounds";
import type { Input } from "../wire/service";
import { connectError, invalidInput } from "./errors";
import { type ConnectOperationName, model } from "./model";

/** The parts of an HTTP request that carry input members. */
export interface InputSources {
  uri: unknown;
  querystring: unknown;
  body: unknown;
}

// No documented limits. The levels let 50 conditions be inside each other, and are far below what validation can descend.
// Entries and characters are some times the most that is documented: 256 options, and a note of 3072 characters.
const bounds = { levels: 100, entries: 1000, characters: 100_000 };

/** Gathers the members from path, query and body. */
export function decodeInput(operation: ConnectOperationName, sources: InputSources): Input {
  const { bindings, input } = model.operations[operation];
  const members = Object.entries(model.shapes[input]?.members ?? {});
  const body = bodyMembers(sources.body);
  const values = members.map(([name, { target }]): [string, unknown] => {
    const binding = bindings[name];
    if (binding === undefined) return [name, member(body, name)];
    const source = binding.in === "uri" ? sources.uri : sources.querystring;
    const value = member(source, binding.as ?? name);
    return [name, binding.in === "uri" ? value : queryValue(target, value)];
  });
  const given = values.filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    const fault = excess(value, bounds);
    if (fault !== undefined) throw invalidInput(operation, `${name}: ${fault}`);
  }
  return Object.fromEntries(given);
}

function bodyMembers(body: unknown): object {
  if (body === undefined) return {};
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  throw connectError("SerializationException", "The body must be a JSON object");
}

function member(source: unknown, name: string): unknown {
  if (typeof source !== "object" || source === null || !Object.hasOwn(source, name)) return undefined;
  return (source as Input)[name];
}

// A query has only strings, and a list with one item looks like a string.
function queryValue(shape: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  const type = model.shapes[shape]?.type;
  if (type === "list") return [value].flat();
  return type === "integer" && typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
}
