import { isDeepStrictEqual } from "node:util";
import type { GivenAnswer } from "../../connect/evaluation";

/** No value, or one that Amazon Connect itself suggested. */
export function isSuggested({ value, suggestions }: GivenAnswer): boolean {
  return value === undefined || suggestions.some((suggestion) => isDeepStrictEqual(suggestion, value));
}
