import { isObject } from "../wire/plain";
import { model } from "./model";

/**
 * Drops the members of structures and unions that are null: to AWS they are absent. What is null in a list or a map
 * stays, and is refused.
 */
export function dropNulls(shape: string, value: unknown): void {
  walk(shape, value, (structure, member) => {
    if (structure[member] === null) delete structure[member];
  });
}

/** Turns times in words, as the AWS CLI prints them, into what the API has: seconds since 1970. */
export function readTimes(shape: string, value: unknown): void {
  walk(shape, value, (structure, member, target) => {
    const time = structure[member];
    if (model.shapes[target]?.type !== "timestamp" || typeof time !== "string") return;
    const instant = Date.parse(time);
    if (!Number.isNaN(instant)) structure[member] = instant / 1000;
  });
}

type Visit = (structure: Record<string, unknown>, member: string, shape: string) => void;

/** Visits the members of all structures in a value, before what is in them. */
function walk(name: string, value: unknown, visit: Visit): void {
  const { members, member, value: entry } = model.shapes[name] ?? {};
  if (member !== undefined && Array.isArray(value)) for (const item of value) walk(member, item, visit);
  if (!isObject(value)) return;
  if (entry !== undefined) for (const item of Object.values(value)) walk(entry, item, visit);
  for (const [name, { target }] of Object.entries(members ?? {})) {
    if (!Object.hasOwn(value, name)) continue;
    visit(value, name, target);
    walk(target, value[name], visit);
  }
}
