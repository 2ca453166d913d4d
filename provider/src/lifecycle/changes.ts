import { isDeepStrictEqual } from "node:util";
import { INPUTS, type Inputs, isUnknown, ON_CHANGE } from "../shared/model";
import type { Json } from "../shared/plain";

type Property = keyof Inputs;

export interface Changes {
  /** Properties whose change needs another evaluation. */
  replace: Property[];
  /** Properties whose change this evaluation takes. */
  update: Property[];
}

/** Where a program says nothing of these, Amazon Connect or the stack decides: leaving them out is no change. */
const DECIDED_OTHERWISE: readonly Property[] = ["region", "evaluationFormVersion"];

/** Whether a change needs another evaluation, where that depends on the values. */
const REPLACES: Partial<Record<Property, (olds: Json, news: Json, region: string | undefined) => boolean>> = {
  region: (_olds, news, region) => news.region !== region,
  // Connect has no way back from a submission.
  submit: ({ submit, status }, news) =>
    submit === true && news.submit !== true && !isUnknown(news.submit) && status !== undefined && status !== "DRAFT",
  // The first ones, and none, say nothing about a change.
  triggers: (olds, news) => olds.triggers !== undefined && news.triggers !== undefined,
};

/**
 * The declared properties in which a program differs from the state; hidden and observed ones never count.
 * @param region the Region of the evaluation's ARN, which decides for an existing one: only another explicit one replaces.
 */
export function changesBetween(olds: Json, news: Json, region: string | undefined): Changes {
  const isDeclared = (property: Property) => news[property] !== undefined || !DECIDED_OTHERWISE.includes(property);
  const changed = INPUTS.filter(
    (property) => isDeclared(property) && !isDeepStrictEqual(olds[property], news[property]),
  );
  const replaces = (property: Property) =>
    REPLACES[property]?.(olds, news, region) ?? ON_CHANGE[property] === "replace";
  return { replace: changed.filter(replaces), update: changed.filter((property) => !replaces(property)) };
}
