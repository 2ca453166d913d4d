import type { Evaluation } from "../connect/evaluation";
import { tagsOf, withMarker } from "../identity/marker";
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

/**
 * Brings tags in line that went out with an earlier start, or that the start did not take.
 * @param look whether to look where the description leaves the tags out.
 */
export async function bringTagsInLine(
  { session, connect, inputs, marker }: Creation,
  evaluation: Evaluation,
  look: boolean,
): Promise<void> {
  if (evaluation.tags === undefined && !look) return;
  const there = await tagsOf(connect, evaluation);
  const { set } = planTags(there, withMarker(inputs.tags, marker), session.settings.ignoreTags);
  if (Object.keys(set).length > 0) await connect.tagResource(evaluation.evaluationArn, set);
}

/**
 * Turns the tags that the resource set into those that it declares now. The marker goes along with those that are set.
 * @param mustMark sets the marker even when no tag changes.
 * @returns whether the marker was set.
 */
export async function changeTags(
  { session, connect, marker }: Context,
  { id, from, to, mustMark }: { id: string; from: Tags | undefined; to: Tags | undefined; mustMark: boolean },
): Promise<boolean> {
  const { set, unset } = planTags(from, to, session.settings.ignoreTags);
  // First away with the old ones: a resource has at most 50 tags, those that others set included.
  if (unset.length > 0) await connect.untagResource(id, unset);
  const isMarking = mustMark || Object.keys(set).length > 0;
  if (isMarking) await connect.tagResource(id, withMarker(set, marker));
  return isMarking;
}
