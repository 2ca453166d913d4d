import { parseResourceArn } from "./arns";
import type { Context } from "./context";
import { connectError } from "./errors";
import { type Evaluation, notFound, type Taggable } from "./store";
import type { Tags } from "./types";

const maximum = 50;

/** Adds tags, overwriting those with the same keys. */
export function addTags(resource: Taggable, tags: Tags): void {
  const union = { ...resource.tags, ...tags };
  // AWS's own tags do not count towards the limit.
  const count = Object.keys(union).filter((key) => !key.startsWith("aws:")).length;
  if (count > maximum) {
    const message = `tags: a resource has at most ${maximum} tags, these would make it ${count}`;
    throw connectError("InvalidParameterException", message);
  }
  resource.tags = union;
}

/** The live evaluation or form behind an ARN. */
export function taggableOrThrow(context: Context, arn: string): Taggable {
  const resource = resourceByArn(context, arn);
  if (resource === undefined || ("deletedTime" in resource && resource.deletedTime)) throw notFound("Resource", arn);
  return resource;
}

/** The same, or a deleted evaluation: its tags last as long as the instance. */
export function taggedOrThrow(context: Context, arn: string): Taggable {
  const resource = resourceByArn(context, arn);
  if (resource === undefined) throw notFound("Resource", arn);
  return resource;
}

function resourceByArn(context: Context, arn: string): Taggable | Evaluation | undefined {
  if (!arn.startsWith("arn:")) throw connectError("InvalidParameterException", `resourceArn: ${arn} is not an ARN`);
  const parsed = parseResourceArn(arn);
  if (parsed === undefined || parsed.region !== context.region) return undefined;
  const instance = context.store.instanceOrThrow(parsed.instanceId, context);
  if (parsed.account !== instance.account) return undefined;
  if (parsed.type === "evaluation-form") return instance.forms.get(parsed.id);
  return parsed.type === "contact-evaluation" ? instance.evaluations.get(parsed.id) : undefined;
}
