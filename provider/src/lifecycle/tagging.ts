import { failed } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import type { Inputs } from "../shared/model";
import type { Tags } from "../shared/tags";
import { MARKER, withMarker } from "./marker";
import type { Session } from "./session";
import { declaredOnly, inUntagCalls, planTags } from "./tagPlan";

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

/** What the service says of the tags that a program declares, but for those that the stack leaves to others. */
export function declaredTags(session: Session, declared: Tags, remote: Tags): Record<string, string> {
  return declaredOnly(declared, remote, session.settings.ignoreTags);
}

/** Brings tags in line that went out with an earlier start, or that the start did not take. */
export async function bringTagsInLine(
  session: Session,
  connect: Connect,
  evaluation: Evaluation,
  key: string,
  inputs: Inputs,
  look: boolean,
): Promise<void> {
  const tags = withMarker(inputs.tags, session.markerFor(key));
  if (Object.keys(tags).length === 0 || (evaluation.tags === undefined && !look)) return;
  const { set } = planTags(await tagsOf(connect, evaluation), tags, session.settings.ignoreTags);
  if (Object.keys(set).length > 0) await connect.tagResource(evaluation.evaluationArn, set);
}

/**
 * Turns the tags that the resource set into those that it declares now. The marker goes along with those that are set.
 * @param mustMark sets the marker even when no tag changes.
 * @returns whether the marker was set.
 */
export async function changeTags(
  session: Session,
  connect: Connect,
  key: string,
  id: string,
  from: Tags,
  to: Tags | undefined,
  mustMark: boolean,
): Promise<boolean> {
  const { set, unset } = planTags(from, to, session.settings.ignoreTags);
  // First away with the old ones: a resource has at most 50 tags, those that others set included.
  for (const keys of inUntagCalls(unset)) await connect.untagResource(id, keys);
  const marked = withMarker(set, mustMark || Object.keys(set).length > 0 ? session.markerFor(key) : undefined);
  if (Object.keys(marked).length > 0) await connect.tagResource(id, marked);
  return Object.hasOwn(marked, MARKER);
}
