import type { Evaluation } from "../connect/evaluation";
import { eventually } from "../connect/eventually";
import { watch } from "../presence/find";
import type { Cause } from "../shared/errors";
import { descriptionPrint, ledgerOf } from "../work/ledger";
import type { Existence } from "./session";

/** A description that is older than what the state has of the evaluation is not believed, though it is no absence either. */

/** The evaluation as it is now: looked at again for ten seconds while reads lag behind what the state has seen. */
export function freshened({ connect, id, state }: Existence, evaluation: Evaluation): Promise<Evaluation | undefined> {
  const isFresh = (seen: Evaluation) => !isOutdated(state, seen);
  return eventually(watch(connect, id, evaluation), isFresh, {
    clock: connect.clock,
    first: async () => evaluation,
  }).then((seen) => (isFresh(seen) ? seen : undefined));
}

function isOutdated(state: Existence["state"], evaluation: Evaluation): boolean {
  const { lastModifiedTime } = state;
  const isOlder =
    lastModifiedTime !== undefined && Date.parse(evaluation.lastModifiedTime) < Date.parse(lastModifiedTime);
  return isOlder || ledgerOf(state).outdated === descriptionPrint(evaluation);
}

export const OUTDATED: Cause = {
  why: "Amazon Connect still shows it as it was before its last change",
  remedy: "run the command again in a while; nothing was changed",
};
