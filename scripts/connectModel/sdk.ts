import * as sdk from "@aws-sdk/client-connect";
import type { MemberFacts, Members } from "./facts";

/**
 * The SDK's schemas are lists: `[kind, namespace, name, traits, ...]`. What follows are the names of members, their
 * schemas, and how many of them are required; or input and output of an operation; or what a list or map has.
 */
type Schema = readonly unknown[];

const [LIST, MAP, STRUCTURE, UNION] = [1, 2, 3, 4];

// The bit of a member that is a part of the path.
const IN_PATH = 1;

/** The members of what the SDK sends with these operations, by structure. */
export function sdkMembers(operations: readonly string[]): Members {
  const members: Members = {};
  for (const operation of operations) gather(resolved(schemaNamed(operation)[4]), members);
  return members;
}

/** Of these enumerations, those that the SDK has, sorted. */
export function sdkEnums(names: object): Record<string, string[]> {
  const all = Object.keys(names).flatMap((name): [string, string[]][] => {
    const values = exported(name);
    return values === undefined ? [] : [[name, Object.values(values as Record<string, string>).sort()]];
  });
  return Object.fromEntries(all);
}

function schemaNamed(name: string): Schema {
  const schema = exported(`${name}$`);
  if (!Array.isArray(schema)) throw new Error(`The SDK has no operation ${name}`);
  return schema;
}

function exported(name: string): unknown {
  return (sdk as Record<string, unknown>)[name];
}

// A schema may be a function that gives it, or a pair with the traits of the member.
function resolved(schema: unknown): unknown {
  if (typeof schema === "function") return resolved(schema());
  return Array.isArray(schema) && schema.length === 2 ? resolved(schema[0]) : schema;
}

function gather(schema: unknown, into: Members): void {
  if (!Array.isArray(schema)) return;
  const [kind, , name, , first, second, required = 0] = schema as unknown[];
  if (kind === LIST) gather(resolved(first), into);
  if (kind === MAP) gather(resolved(second), into);
  if ((kind !== STRUCTURE && kind !== UNION) || Object.hasOwn(into, String(name))) return;
  const names = first as string[];
  const schemas = second as unknown[];
  const facts = names.map((member, index): [string, MemberFacts] => [
    member,
    { required: index < Number(required), in: placeOf(schemas[index]) },
  ]);
  into[String(name)] = Object.fromEntries(facts);
  for (const member of schemas) gather(resolved(member), into);
}

function placeOf(schema: unknown): string {
  const traits = Array.isArray(schema) && schema.length === 2 ? schema[1] : 0;
  if (typeof traits === "number") return traits & IN_PATH ? "uri" : "body";
  const { httpQuery } = traits as { httpQuery?: string };
  return httpQuery === undefined ? "body" : `querystring ${httpQuery}`;
}
