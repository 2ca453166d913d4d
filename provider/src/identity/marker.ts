import { randomBytes } from "node:crypto";
import { IAM_PAGE, type Remedies } from "../aws/causes";
import { hash } from "../shared/hash";
import { own } from "../shared/plain";
import type { Tags } from "../shared/tags";

/**
 * The tag that says which resource an evaluation belongs to, and in which life. It goes out with the start, so that a run
 * that repeats an interrupted one reads whose an evaluation is instead of inferring it. It is never among the `tags` of
 * the state.
 *
 * | value               | says                                                                              |
 * | ------------------- | --------------------------------------------------------------------------------- |
 * | KEYHASH             | the resource with this key started it: life 0                                     |
 * | KEYHASH.TIME.NONCE  | the resource with this key got it later, at this second, from an earlier run      |
 * | released            | its resource let go of it                                                         |
 *
 * Two states may have one evaluation: of two stacks with equal keys, of a replacement that was cut off, of a renamed
 * resource and a new one under the old name. It is the one's that got it last.
 */
export const MARKER = "pulumi-connect-evaluations";

const HASH_LENGTH = 16;
const TIME_LENGTH = 10;
const VALID = /^[0-9a-f]{16}(\.\d{10}\.[0-9a-f]{8})?$/;

/** What a resource writes on an evaluation that it does not want to find again. */
export const RELEASED = "released";

/** The marker that the resource with this key sends with a start: short, and the same in every release, since it is stored. */
export const markerOf = (namespace: string, key: string): string => hash(namespace, key).slice(0, HASH_LENGTH);

/** The second in which a life began; 0 for what was started. */
const timeOf = (marker: string): number => Number(marker.split(".")[1] ?? 0);

/** Whether a resource got the evaluation later than another one, or than itself before. */
export const isLater = (marker: string, than: string): boolean => timeOf(marker) > timeOf(than);

/**
 * The marker of a resource that gets an evaluation which it did not start just now. It is later than the one that the
 * evaluation has, also where the hosts of the service disagree about the time.
 */
export function newLife(marker: string, now: Date, tags: Tags): string {
  const time = Math.max(Math.floor(now.getTime() / 1000), timeOf(valid(tags) ?? "") + 1);
  return `${marker}.${String(time).padStart(TIME_LENGTH, "0")}.${randomBytes(4).toString("hex")}`;
}

/** The life that the state recorded, with the hash of the resource's key as it is now: a rename changes it. */
export const inLife = (marker: string, recorded: string): string => marker + recorded.slice(HASH_LENGTH);

/**
 * Whose an evaluation is, by its tags.
 * - "ours": what the state recorded, also under the key that the resource has since it was renamed.
 * - "another's": another resource has it, or this one in a later life, of which this state knows nothing.
 * - "unknown": no marker, or an earlier one. Whoever has the evaluation in the state may set its own.
 * @param recorded the marker that the state has; without one, every life of the key is ours.
 */
export function whose(tags: Tags, marker: string, recorded?: string): "ours" | "another's" | "unknown" {
  const value = valid(tags);
  if (value === undefined) return "unknown";
  if (recorded === undefined) return value.startsWith(marker) ? "ours" : "another's";
  if (value === recorded || value === inLife(marker, recorded)) return "ours";
  return isLater(recorded, value) ? "unknown" : "another's";
}

/** Whether a start that led to the evaluation may keep it: nobody else has it, and its resource did not let go of it. */
export const isForStart = (tags: Tags, marker: string): boolean =>
  own(tags, MARKER) !== RELEASED && whose(tags, marker) !== "another's";

function valid(tags: Tags): string | undefined {
  const value = own(tags, MARKER) ?? "";
  return VALID.test(value) ? value : undefined;
}

export const withMarker = (tags: Tags | undefined, marker: string): Record<string, string> => ({
  ...tags,
  [MARKER]: marker,
});

export function withoutMarker(tags: Tags): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== MARKER));
}

/** What to do where a call that sends the marker is denied: a condition of the policy shows in no answer of AWS. */
export const REMEDIES_FOR_TAGS: Remedies = [
  [
    /^AccessDenied/,
    `allow the action that the answer names and, if a policy restricts tag keys (aws:TagKeys), the key ${MARKER}, which every evaluation gets; a policy is at ${IAM_PAGE}`,
  ],
];

export const removeMarker = (id: string): string =>
  `remove the tag: \`aws connect untag-resource --resource-arn ${id} --tag-keys ${MARKER}\``;
