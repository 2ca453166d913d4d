import { failed, IAM_PAGE, type Remedies } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { hash } from "../shared/hash";
import type { Tags } from "../shared/tags";

/**
 * The tag that says which resource an evaluation belongs to. It goes out with the start, so that a run that repeats an
 * interrupted one reads whose an evaluation is instead of inferring it. It is never among the `tags` of the state.
 */
export const MARKER = "pulumi-connect-evaluations";

const VALUE_LENGTH = 16;

/** The marker's value for the resource with this key: short, and the same in every release, since it is stored. */
export const markerOf = (namespace: string, key: string): string => hash(namespace, key).slice(0, VALUE_LENGTH);

export const withMarker = (tags: Tags | undefined, marker: string): Record<string, string> => ({
  ...tags,
  [MARKER]: marker,
});

export function withoutMarker(tags: Tags): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== MARKER));
}

/**
 * Whose an evaluation is, by its tags; without a marker it may be anybody's.
 * @param ownMarkers the resource's own, and the one that it set last.
 */
export function whose(tags: Tags, ...ownMarkers: (string | undefined)[]): "ours" | "another's" | "unknown" {
  if (!Object.hasOwn(tags, MARKER)) return "unknown";
  return ownMarkers.includes(tags[MARKER]) ? "ours" : "another's";
}

/** The tags as the service has them: a description may leave them out. */
export async function tagsOf(
  connect: Pick<Connect, "listTagsForResource">,
  { tags, evaluationArn }: Evaluation,
): Promise<Tags> {
  if (tags !== undefined) return tags;
  try {
    return await connect.listTagsForResource(evaluationArn);
  } catch (error) {
    // Never a sign that the evaluation is gone: that was just described.
    throw failed(`list the tags of evaluation ${evaluationArn}`, error);
  }
}

/** What to do where a call that sends the marker is denied: a condition of the policy shows in no answer of AWS. */
export const REMEDIES_FOR_TAGS: Remedies = [
  [
    /^AccessDenied/,
    `allow the action that the answer names and, if a policy restricts tag keys (aws:TagKeys), the key ${MARKER}; a policy is at ${IAM_PAGE}`,
  ],
];

export const removeMarker = (id: string): string =>
  `remove the tag: \`aws connect untag-resource --resource-arn ${id} --tag-keys ${MARKER}\``;
