import type { Operation } from "../context";
import { notFound } from "../store";
import { taggedOrThrow } from "../tagging";
import { isHidden } from "../visibility";

/** Lists the tags of a form or an evaluation, deleted or not. */
export const listTagsForResource: Operation<{ resourceArn: string }> = (context, input) => {
  const resource = taggedOrThrow(context, input.resourceArn);
  const evaluation = context.store.evaluationByArn(input.resourceArn);
  if (evaluation && isHidden(context, "ListTagsForResource", evaluation)) throw notFound("Resource", input.resourceArn);
  return { tags: resource.tags };
};
