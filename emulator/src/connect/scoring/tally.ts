import type { ConnectBehaviour } from "../behaviour";
import { wholeForm } from "./answers";
import { type Exact, zero } from "./exact";

/** What an item earned, and what it failed. */
export interface Tally {
  earned: Exact;
  base: Exact;
  /** Its percentage, if it does not follow from the sums. */
  percentage?: Exact;
  applies: boolean;
  /** Whether it, or an item in it, got an automatic-fail answer. */
  failed: boolean;
  /** The sections above, or the form, that it still has to fail. */
  fails: Set<string>;
}

/** Of what does not count. */
export const nothing: Tally = { earned: zero, base: zero, applies: false, failed: false, fails: new Set() };

/** What several items earned and failed together. */
export function sumOf(tallies: Tally[]): Tally {
  return tallies.reduce(
    (sum, { earned, base, applies, failed, fails }) => ({
      earned: sum.earned.plus(earned),
      base: sum.base.plus(base),
      applies: sum.applies || applies,
      failed: sum.failed || failed,
      fails: new Set([...sum.fails, ...fails]),
    }),
    nothing,
  );
}

/** Applies the automatic fails inside an item; those of the item itself end here, and whatever is left at the form. */
export function closedAt(tally: Tally, refId: string | undefined, { automaticFailZero }: ConnectBehaviour): Tally {
  const { fails } = tally;
  const isScope = refId === wholeForm ? fails.size > 0 : refId !== undefined && fails.has(refId);
  const isZero = isScope || (automaticFailZero === "path" && fails.size > 0);
  return {
    ...tally,
    ...(isZero ? { earned: zero, ...(tally.percentage === undefined ? {} : { percentage: zero }) } : {}),
    failed: tally.failed || fails.size > 0,
    fails: new Set([...fails].filter((scope) => scope !== refId)),
  };
}
