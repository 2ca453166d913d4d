/** Rules of the service for tags, and which of them a resource may touch. */

export type Tags = Readonly<Record<string, string>>;

/** Limits of TagMap, TagKey and TagValue in the API model (botocore 1.43, connect 2017-08-08). */
export const TAG_LIMITS = { count: 50, keyLength: 128, valueLength: 256 } as const;

const TAG_KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What is wrong with a tag key, or `undefined`. */
export function tagKeyFault(key: string): string | undefined {
  if (key.startsWith("aws:")) return "starts with aws:, which AWS keeps for itself";
  if (key.length === 0) return "is empty";
  if (key.length > TAG_LIMITS.keyLength) return `has ${key.length} characters, ${TAG_LIMITS.keyLength} are allowed`;
  if (!TAG_KEY.test(key)) return "has a character other than letters, digits, spaces and _ . : / = + - @";
  return undefined;
}

/** The calls that turn the tags this resource set into those it declares now; keys it never set are in neither. */
export interface TagPlan {
  set: Record<string, string>;
  unset: string[];
}

/** Keys that the stack leaves to others: neither their drift is shown nor are they changed or removed. */
export interface IgnoredTags {
  keys: readonly string[];
  keyPrefixes: readonly string[];
}

const NONE: IgnoredTags = { keys: [], keyPrefixes: [] };

const isIgnored = (key: string, { keys, keyPrefixes }: IgnoredTags): boolean =>
  keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix));

export function planTags(old: Tags = {}, declared: Tags = {}, ignored = NONE): TagPlan {
  const isOurs = (key: string) => !isIgnored(key, ignored);
  return {
    set: Object.fromEntries(Object.entries(declared).filter(([key, value]) => old[key] !== value && isOurs(key))),
    unset: Object.keys(old).filter((key) => !Object.hasOwn(declared, key) && isOurs(key)),
  };
}

/** What the service says of the tags that a resource declared: its drift, and nothing that others added. */
export function declaredOnly(
  declared: Tags | undefined,
  remote: Tags,
  ignored = NONE,
): Record<string, string> | undefined {
  if (declared === undefined) return undefined;
  const seen = Object.entries(declared).flatMap(([key, value]): [string, string][] => {
    if (isIgnored(key, ignored)) return [[key, value]];
    return Object.hasOwn(remote, key) ? [[key, remote[key] ?? ""]] : [];
  });
  return Object.fromEntries(seen);
}

/** Without the tags that AWS itself set: nobody can change those, and they count towards no limit. */
export function withoutReserved(tags: Tags): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}
