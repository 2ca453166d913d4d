import { type Fault, wrongValue } from "./fault";
import { isUnknown } from "./model";
import { isObject, type Json } from "./plain";
import { clip, lengthOf } from "./text";

/** The service's rules for tags, which hold for the stack's default tags as for the resource's own. */

export type Tags = Readonly<Record<string, string>>;

/** Tags that the stack leaves to others: their drift is not shown, and they are neither changed nor removed. */
export interface IgnoredTags {
  keys: readonly string[];
  keyPrefixes: readonly string[];
}

/** Limits of TagMap, TagKey and TagValue in the API model (botocore 1.43, connect 2017-08-08), lengths in characters. */
const TAG_LIMITS = { count: 50, keyLength: 128, valueLength: 256 } as const;

const RESERVED_PREFIX = "aws:";
const TAG_KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What is wrong with a tag key, or `undefined`. */
export function tagKeyFault(key: string): string | undefined {
  const length = lengthOf(key);
  if (key.startsWith(RESERVED_PREFIX)) return `starts with ${RESERVED_PREFIX}, which AWS keeps for itself`;
  if (length === 0) return "is empty";
  if (length > TAG_LIMITS.keyLength) return `has ${length} characters, ${TAG_LIMITS.keyLength} are allowed`;
  if (!TAG_KEY.test(key)) return "has a character other than letters, digits, spaces and _ . : / = + - @";
  return undefined;
}

/** Without the tags that AWS itself set: nobody can change those, and they count towards no limit. */
export function withoutReserved(tags: Tags): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith(RESERVED_PREFIX)));
}

/** The stack's default tags under the resource's own, as `@pulumi/aws` merges them. */
export function withDefaultTags(tags: unknown, defaultTags: Json): unknown {
  if (Object.keys(defaultTags).length === 0 || (tags !== undefined && !isObject(tags))) return tags;
  return { ...defaultTags, ...tags };
}

/** @param reservedKeys keys of the tags that this resource adds itself; each takes one of the places. */
export function faultsOfTags(tags: unknown, defaultTags: Json, reservedKeys: readonly string[]): Fault[] {
  // What is not known yet may still replace any default tag.
  if (isUnknown(tags)) return [];
  const own = isObject(tags) ? tags : {};
  const entries = Object.entries({ ...defaultTags, ...own });
  return [
    ...(tags === undefined || isObject(tags)
      ? []
      : [wrongValue("tags", 'an object of strings, such as { purpose: "calibration" }', tags)]),
    ...entries.flatMap(([key, value]) => {
      const source = Object.hasOwn(own, key) ? "tags" : "aws:defaultTags.tags";
      return faultsOfTag(`${source}[${JSON.stringify(clip(key))}]`, key, value, reservedKeys);
    }),
    ...tooMany(entries.length, reservedKeys.length),
  ];
}

function faultsOfTag(property: string, key: string, value: unknown, reservedKeys: readonly string[]): Fault[] {
  const isReserved = reservedKeys.includes(key);
  const keyFault = isReserved ? "belongs to a tag that this resource adds itself" : tagKeyFault(key);
  if (keyFault !== undefined) return [{ kind: "tagKey", property, expected: "another key", got: keyFault }];
  if (isUnknown(value)) return [];
  if (typeof value === "string" && lengthOf(value) <= TAG_LIMITS.valueLength) return [];
  const fault = wrongValue(property, `a string of at most ${TAG_LIMITS.valueLength} characters`, value);
  const asString = AS_STRING[typeof value];
  if (asString === undefined) return [fault];
  // `pulumi config set` takes 5 for a number and true for a boolean.
  const advice = `give it as a string, such as ${asString}; in the stack's configuration, with \`pulumi config set --type string\``;
  return [{ ...fault, got: `${fault.got}; ${advice}` }];
}

/** Never the value itself, which may be a secret. */
const AS_STRING: Readonly<Record<string, string>> = { number: '"5"', boolean: '"true"' };

function tooMany(count: number, reserved: number): Fault[] {
  if (count <= TAG_LIMITS.count - reserved) return [];
  const expected = reserved === 0 ? `${TAG_LIMITS.count}` : `${TAG_LIMITS.count}, and this resource adds ${reserved}`;
  return [{ kind: "tagCount", property: "tags", expected, got: `${count}` }];
}
