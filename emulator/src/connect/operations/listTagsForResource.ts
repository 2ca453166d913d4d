import type { Operation } from "../context";
import { taggedOrThrow } from "../tagging";
import { countRead } from "../visibility";

/** Lists the tags of an evaluation or a form, of a deleted evaluation too. */
export const listTagsForResource: Operation<{ resourceArn: string }> = (context, input) => {
  const resource = taggedOrThrow(context, input.resourceArn);
  const evaluation = context.store.evaluationByArn(input.resourceArn);
  if (evaluation) countRead(evaluation);
  return { tags: resource.tags };
};
