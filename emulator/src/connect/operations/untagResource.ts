import type { Operation } from "../context";
import { taggableOrThrow } from "../tagging";

/** Removes tags from an evaluation or a form; a key that does not exist is not an error. */
export const untagResource: Operation<{ resourceArn: string; tagKeys: string[] }> = (context, input) => {
  const resource = taggableOrThrow(context, input.resourceArn);
  const kept = Object.entries(resource.tags).filter(([key]) => !input.tagKeys.includes(key));
  resource.tags = Object.fromEntries(kept);
  return undefined;
};
