import { lengthOf } from "./text";

/** The service's rules for tags. */

export type Tags = Readonly<Record<string, string>>;

/** Tags that the stack leaves to others: their drift is not shown, and they are neither changed nor removed. */
export interface IgnoredTags {
  keys: readonly string[];
  keyPrefixes: readonly string[];
}

/** Limits of TagMap, TagKey and TagValue in the API model (botocore 1.43, connect 2017-08-08), lengths in characters. */
export const TAG_LIMITS = { count: 50, keyLength: 128, valueLength: 256 } as const;

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
