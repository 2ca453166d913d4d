import type { Evaluation } from "../connect/evaluation";
import { type Clock, eventually, isSurelyBefore, isYoung } from "../connect/eventually";
import { watch } from "../presence/find";
import type { Cause } from "../shared/errors";
import type { State } from "../shared/model";
import { isAsSentOn, type Ledger, ledgerOf } from "../work/ledger";
import type { Existence } from "./session";

/** A description that is older than what the state has of the evaluation is not believed, though it is no absence either. */

/** The evaluation as it is now: looked at again for ten seconds while reads lag behind what the state has seen. */
export async function freshened(
  { connect, id, state }: Existence,
  evaluation: Evaluation,
): Promise<Evaluation | undefined> {
  const { clock } = connect;
  const isFresh = (one: Evaluation) => !isOlder(one, state) && !isOutdated(one, ledgerOf(state), clock);
  const first = async () => evaluation;
  const seen = await eventually(watch(connect, id, evaluation), isFresh, { clock, first });
  return isFresh(seen) ? seen : undefined;
}

const isOlder = (evaluation: Evaluation, { lastModifiedTime }: State): boolean =>
  lastModifiedTime !== undefined && Date.parse(evaluation.lastModifiedTime) < Date.parse(lastModifiedTime);

/** What Connect accepted it may have kept as it was: after ten minutes the description is believed. */
function isOutdated(evaluation: Evaluation, ledger: Ledger, clock: Clock): boolean {
  const { outdated } = ledger;
  if (outdated === undefined || !isYoung(clock, outdated.before)) return false;
  return isSurelyBefore(evaluation.lastModifiedTime, outdated.after) || isAsSentOn(ledger, evaluation);
}

export const OUTDATED: Cause = {
  why: "Amazon Connect still shows it as it was before its last change",
  remedy: "run the command again in a while; nothing was changed",
};
