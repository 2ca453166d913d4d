import { isDeepStrictEqual } from "node:util";
import { isObject, own } from "../shared/plain";

/** What differs, property by property, as the engine shows it in a preview and takes it for `replaceOnChanges`. */

export type Change = "add" | "delete" | "update";

export interface PropertyChange {
  change: Change;
  replaces: boolean;
  /** Whether it is a difference of inputs; the engine shows any other one by the outputs. */
  isInput: boolean;
}

/** By path: `tags.Owner`, `answers["1.1"]`. */
export type DetailedDiff = ReadonlyMap<string, PropertyChange>;

/** The properties that differ, as the life cycle names them. */
export interface Differing {
  replace: readonly string[];
  update: readonly string[];
}

/**
 * @param olds what was declared.
 * @param news what is declared now.
 */
export function detailedDiff(olds: object, news: object, { replace, update }: Differing): DetailedDiff {
  const differences = (properties: readonly string[], replaces: boolean) =>
    properties.flatMap((property) => differencesIn(property, olds, news, replaces));
  return new Map([...differences(update, false), ...differences(replace, true)]);
}

type Difference = [path: string, change: PropertyChange];

function differencesIn(property: string, olds: object, news: object, replaces: boolean): Difference[] {
  const paths = pathsBetween(property, own({ ...olds }, property), own({ ...news }, property));
  // The life cycle has something to do about it all the same, and what is declared does not say what.
  if (paths.length === 0) return [[property, { change: "update", replaces, isInput: false }]];
  return paths.map(([path, change]) => [path, { change, replaces, isInput: true }]);
}

function pathsBetween(path: string, before: unknown, after: unknown): [string, Change][] {
  if (isDeepStrictEqual(before, after)) return [];
  if (before === undefined) return [[path, "add"]];
  if (after === undefined) return [[path, "delete"]];
  if (!isObject(before) || !isObject(after)) return [[path, "update"]];
  const members = Object.keys({ ...before, ...after });
  return members.flatMap((member) => pathsBetween(`${path}${step(member)}`, own(before, member), own(after, member)));
}

/** What the engine reads as one name without quotes. */
const NAME = /^[A-Za-z_$][\w$]*$/;

const step = (member: string): string => (NAME.test(member) ? `.${member}` : `["${member.replaceAll('"', '\\"')}"]`);
