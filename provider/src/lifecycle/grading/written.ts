import type { Evaluation } from "../../connect/evaluation";
import { hash } from "../../shared/hash";
import type { Inputs } from "../../shared/model";
import { own } from "../../shared/plain";

const LENGTH = 16;

/**
 * Recognizes what a resource wrote: the declared answers and notes as the service shows them, whether they are submitted,
 * and by whom. It stands in the state, where no refresh changes it, so that what somebody does afterwards is noticed.
 */
export function fingerprint(
  { answers, notes, status, evaluatorArn }: Evaluation,
  { answers: ownAnswers = {}, notes: ownNotes = {} }: Pick<Inputs, "answers" | "notes">,
): string {
  const values = Object.keys(ownAnswers)
    .sort()
    .map((key) => [key, own(answers, key)?.value]);
  const texts = Object.keys(ownNotes)
    .sort()
    .map((key) => [key, own(notes, key)]);
  return hash(values, texts, status, evaluatorArn).slice(0, LENGTH);
}
