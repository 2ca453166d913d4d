import { isDeepStrictEqual } from "node:util";
import { INPUTS, type Inputs, ON_CHANGE } from "../shared/model";
import type { Json } from "../shared/plain";

type Property = keyof Inputs;

export interface Changes {
  /** Properties whose change needs another evaluation. */
  replace: Property[];
  /** Properties whose change this evaluation takes. */
  update: Property[];
}

/**
 * The declared properties in which a program differs from the state; hidden and observed ones never count.
 * @param region the Region of the evaluation's ARN, which decides for an existing one: only another explicit one replaces,
 * and none is no change.
 */
export function changesBetween(olds: Json, news: Json, region: string | undefined): Changes {
  const isDeclared = (property: Property) => property !== "region" || news.region !== undefined;
  const changed = INPUTS.filter(
    (property) => isDeclared(property) && !isDeepStrictEqual(olds[property], news[property]),
  );
  const replaces = (property: Property) =>
    ON_CHANGE[property] === "replace" && (property !== "region" || news.region !== region);
  return { replace: changed.filter(replaces), update: changed.filter((property) => !replaces(property)) };
}
