import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { type Grades, gradesUnlike } from "../grading/compare";
import { hash } from "../shared/hash";
import type { State } from "../shared/model";
import { mapEntries, own } from "../shared/plain";

/**
 * What of an evaluation the resource itself wrote. A fingerprint in the state recognizes it, which no refresh changes, so
 * that what somebody does afterwards is noticed.
 */

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
/** Instead of the part that is not the resource's own. */
const NOT_OWN = "-".repeat(LENGTH);
/** Whatever there is. */
export const EVERYTHING: AsWritten = { answers: true, notes: true, status: true };

/**
 * The declared answers and notes as the service shows them, whether they are submitted, and by whom.
 * @param isOwn the parts to recognize.
 */
export function fingerprint(evaluation: Evaluation, declared: Own, isOwn = EVERYTHING): string {
  const { answers, notes, status } = partsOf(evaluation, declared);
  return [isOwn.answers ? answers : NOT_OWN, isOwn.notes ? notes : NOT_OWN, isOwn.status ? status : NOT_OWN].join("");
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

/**
 * Which parts of an evaluation are the resource's own; none, where it never wrote anything. The state of a change that was
 * made and not finished does not say what Connect took of it: there, what is as declared counts, too. An entry that is
 * missing is nobody's work.
 * IAM: connect:DescribeEvaluationForm.
 */
export async function ownParts(
  { connect, state }: { connect: Connect; state: State },
  evaluation: Evaluation,
): Promise<AsWritten> {
  const { written = "" } = state;
  const { answers, notes, status } = partsOf(evaluation, state);
  const recorded = {
    answers: written.startsWith(answers),
    notes: written.startsWith(notes, LENGTH),
    status: written.startsWith(status, 2 * LENGTH),
  };
  if (state.status !== undefined) return recorded;
  const isLike = async (declared: Grades) => (await gradesUnlike(connect, declared, evaluation)).length === 0;
  return {
    answers:
      recorded.answers || (await isLike({ answers: thereOf(state.answers, (key) => isAnswered(evaluation, key)) })),
    notes:
      recorded.notes || (await isLike({ notes: thereOf(state.notes, (key) => Object.hasOwn(evaluation.notes, key)) })),
    status: recorded.status || (state.submit === true && evaluation.status === "SUBMITTED"),
  };
}

const isAnswered = ({ answers }: Evaluation, key: string): boolean => own(answers, key)?.value !== undefined;

const thereOf = <T>(entries: Readonly<Record<string, T>> = {}, isThere: (key: string) => boolean): Record<string, T> =>
  mapEntries(entries, (key, value) => (isThere(key) ? value : undefined));
