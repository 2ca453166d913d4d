import type { Operation } from "../context";
import { addTags, taggableOrThrow } from "../tagging";
import type { Tags } from "../types";

/** Adds tags to an evaluation or a form; existing keys are overwritten. */
export const tagResource: Operation<{ resourceArn: string; tags: Tags }> = (context, input) => {
  addTags(taggableOrThrow(context, input.resourceArn), input.tags);
  return undefined;
};
