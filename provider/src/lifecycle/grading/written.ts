import type { Evaluation } from "../../connect/evaluation";
import { hash } from "../../shared/hash";
import type { State } from "../../shared/model";
import { own } from "../../shared/plain";

/** What the resource itself wrote into the evaluation, as the state has it. */
export type Own = Pick<State, "answers" | "notes" | "written">;

/** Which parts of an evaluation are still as the resource wrote them. */
export interface AsWritten {
  answers: boolean;
  notes: boolean;
  /** Submitted or not, and by whom. */
  status: boolean;
}

const LENGTH = 8;
const NONE = "-".repeat(LENGTH);
/** Whatever there is. */
export const EVERYTHING: AsWritten = { answers: true, notes: true, status: true };

/**
 * Recognizes what a resource wrote: the declared answers and notes as the service shows them, whether they are submitted,
 * and by whom. It stands in the state, where no refresh changes it, so that what somebody does afterwards is noticed.
 * @param isOwn the parts to recognize.
 */
export function fingerprint(evaluation: Evaluation, declared: Own, isOwn = EVERYTHING): string {
  const { answers, notes, status } = partsOf(evaluation, declared);
  return [isOwn.answers ? answers : NONE, isOwn.notes ? notes : NONE, isOwn.status ? status : NONE].join("");
}

function partsOf(
  { answers, notes, status, evaluatorArn }: Evaluation,
  { answers: ownAnswers = {}, notes: ownNotes = {} }: Own,
): Record<keyof AsWritten, string> {
  // Without those that are missing: a refresh takes them out of the state.
  const there = (keys: object, found: (key: string) => unknown) =>
    Object.keys(keys)
      .sort()
      .flatMap((key) => (found(key) === undefined ? [] : [[key, found(key)]]));
  const values = there(ownAnswers, (key) => own(answers, key)?.value);
  const texts = there(ownNotes, (key) => own(notes, key));
  const short = (...parts: unknown[]) => hash(...parts).slice(0, LENGTH);
  return { answers: short(values), notes: short(texts), status: short(status, evaluatorArn) };
}

/** Nothing, where the resource never wrote anything. */
export function asWritten(evaluation: Evaluation, { written = "", ...declared }: Own): AsWritten {
  const { answers, notes, status } = partsOf(evaluation, declared);
  return {
    answers: written.startsWith(answers),
    notes: written.startsWith(notes, LENGTH),
    status: written.startsWith(status, 2 * LENGTH),
  };
}
