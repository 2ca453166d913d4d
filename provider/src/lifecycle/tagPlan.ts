import { mapEntries, own } from "../shared/plain";
import type { IgnoredTags, Tags } from "../shared/tags";

/** Which tags of an evaluation a resource may touch, and what it has to change about them. */

/** The calls that turn the tags this resource set into those it declares now; keys it never set are in neither. */
export interface TagPlan {
  set: Record<string, string>;
  unset: string[];
}

const NONE: IgnoredTags = { keys: [], keyPrefixes: [] };

const isIgnored = (key: string, { keys, keyPrefixes }: IgnoredTags): boolean =>
  keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix));

export function planTags(old: Tags = {}, declared: Tags = {}, ignored = NONE): TagPlan {
  const isOurs = (key: string) => !isIgnored(key, ignored);
  return {
    set: Object.fromEntries(Object.entries(declared).filter(([key, value]) => own(old, key) !== value && isOurs(key))),
    unset: Object.keys(old).filter((key) => !Object.hasOwn(declared, key) && isOurs(key)),
  };
}

/** What the service says of the tags that a resource declared: its drift, and nothing that others added. */
export function declaredOnly(declared: Tags, remote: Tags, ignored = NONE): Record<string, string> {
  return mapEntries(declared, (key, value) => (isIgnored(key, ignored) ? value : own(remote, key)));
}

/**
 * UntagResource takes its keys in the URL. HTTP recommends to support request lines of 8,000 bytes (RFC 9112, section 3),
 * and API Gateway takes 10,240 bytes together with the headers, a session token of some kilobytes among them.
 */
const LONGEST_QUERY = 6_000;

/** The keys in as few calls of UntagResource as a URL allows. */
export function inUntagCalls(keys: readonly string[]): string[][] {
  const calls: string[][] = [];
  let room = 0;
  for (const key of keys) {
    const length = `&tagKeys=${encodeURIComponent(key)}`.length;
    if (length > room) {
      calls.push([]);
      room = LONGEST_QUERY;
    }
    calls.at(-1)?.push(key);
    room -= length;
  }
  return calls;
}
