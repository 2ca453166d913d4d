import { failed } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import type { Inputs } from "../shared/model";
import type { Tags } from "../shared/tags";
import type { Session } from "./session";
import { declaredOnly, inUntagCalls, planTags } from "./tagPlan";

/** The tags as the service has them: a description may leave them out. */
export async function tagsOf(connect: Connect, { tags, evaluationArn }: Evaluation): Promise<Tags> {
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
  { tags }: Inputs,
  look: boolean,
): Promise<void> {
  if (tags === undefined || (evaluation.tags === undefined && !look)) return;
  const { set } = planTags(await tagsOf(connect, evaluation), tags, session.settings.ignoreTags);
  if (Object.keys(set).length > 0) await connect.tagResource(evaluation.evaluationArn, set);
}

/** Turns the tags that the resource set into those that it declares now. */
export async function changeTags(
  session: Session,
  connect: Connect,
  id: string,
  from: Tags,
  to: Tags | undefined,
): Promise<void> {
  const { set, unset } = planTags(from, to, session.settings.ignoreTags);
  // First away with the old ones: a resource has at most 50 tags, those that others set included.
  for (const keys of inUntagCalls(unset)) await connect.untagResource(id, keys);
  if (Object.keys(set).length > 0) await connect.tagResource(id, set);
}
