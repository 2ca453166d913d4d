import { type Fault, wrongValue } from "../shared/fault";
import { isUnknown } from "../shared/model";
import { isObject, type Json } from "../shared/plain";
import { TAG_LIMITS, tagKeyFault } from "../shared/tags";
import { clip, lengthOf } from "../shared/text";

/** The rules for tags, which hold for the stack's default tags as for the resource's own. */

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
