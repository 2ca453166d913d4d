import type { Evaluation } from "../connect/evaluation";
import { mapEntries, own } from "../shared/plain";
import type { IgnoredTags, Tags } from "../shared/tags";
import type { Context, Creation } from "./session";

/** Which tags of an evaluation a resource may touch, and what it has to change about them. */

/** The calls that turn the tags this resource set into those it declares now; keys it never set are in neither. */
export interface TagPlan {
  set: Record<string, string>;
  unset: string[];
}

const NOTHING_IGNORED: IgnoredTags = { keys: [], keyPrefixes: [] };

const isIgnored = (key: string, { keys, keyPrefixes }: IgnoredTags): boolean =>
  keys.includes(key) || keyPrefixes.some((prefix) => key.startsWith(prefix));

export function planTags(old: Tags = {}, declared: Tags = {}, ignored = NOTHING_IGNORED): TagPlan {
  const isOurs = (key: string) => !isIgnored(key, ignored);
  return {
    set: Object.fromEntries(Object.entries(declared).filter(([key, value]) => own(old, key) !== value && isOurs(key))),
    unset: Object.keys(old).filter((key) => !Object.hasOwn(declared, key) && isOurs(key)),
  };
}

/** What the service says of the tags that a resource declared: its drift, and nothing that others added. */
export function declaredOnly(declared: Tags, remote: Tags, ignored = NOTHING_IGNORED): Record<string, string> {
  return mapEntries(declared, (key, value) => (isIgnored(key, ignored) ? value : own(remote, key)));
}

/** Brings tags in line that went out with an earlier start, or that the start did not take. */
export async function bringTagsInLine(
  { session, connect, inputs }: Creation,
  { evaluationArn, tags }: Evaluation,
): Promise<void> {
  if (tags === undefined) return;
  const { set } = planTags(tags, inputs.tags, session.settings.ignoreTags);
  if (Object.keys(set).length > 0) await connect.tagResource(evaluationArn, set);
}

/** Turns the tags that the resource set into those that it declares now. The marker is none of them. */
export async function changeTags(
  { session, connect }: Context,
  { id, from, to }: { id: string; from: Tags | undefined; to: Tags | undefined },
): Promise<void> {
  const { set, unset } = planTags(from, to, session.settings.ignoreTags);
  // First away with the old ones: a resource has at most 50 tags, those that others set included.
  if (unset.length > 0) await connect.untagResource(id, unset);
  if (Object.keys(set).length > 0) await connect.tagResource(id, set);
}
