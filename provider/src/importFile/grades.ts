import type { Connect } from "../connect/connect";
import type { Evaluation, Form } from "../connect/evaluation";
import { isSuggested } from "../grading/answers";
import { answersIn, unlessEmpty } from "../grading/compare";
import { faultsOfAnswers, faultsOfNotes } from "../grading/fit";
import { defined, mapEntries } from "../shared/plain";
import type { NamedEvaluation } from "./importFile";

/** What a program declares for the answers and notes that an evaluation has, and for its submission. */

/** IAM: connect:DescribeEvaluationForm; without it, options stay as Amazon Connect spells them. */
export async function withGrades(
  connect: Connect,
  evaluations: readonly NamedEvaluation[],
  say: (line: string) => void,
): Promise<NamedEvaluation[]> {
  const unseen = new Set<string>();
  const formOf = async (evaluation: Evaluation): Promise<Form | undefined> => {
    if (Object.values(evaluation.answers).every(isSuggested)) return undefined;
    const form = await connect.forms.version(evaluation, evaluation.evaluationFormVersion);
    if (form === undefined) unseen.add(evaluation.evaluationFormId);
    return form;
  };
  const graded = await Promise.all(
    evaluations.map(async (named) => ({
      ...named,
      grades: gradesOf(named.evaluation, await formOf(named.evaluation)),
    })),
  );
  for (const id of unseen) {
    say(`Form ${id} could not be read (connect:DescribeEvaluationForm): options are spelled as Amazon Connect does.`);
  }
  return graded;
}

/** In a review, the reviewers alone decide on the submission. */
export function gradesOf({ answers, notes, status }: Evaluation, form?: Form): NonNullable<NamedEvaluation["grades"]> {
  const given = mapEntries(answers, (_, answer) => (isSuggested(answer) ? undefined : answer));
  return defined({
    answers: declarable(answersIn(given, form), (entry) => faultsOfAnswers("answers", entry)),
    notes: declarable(notes, (entry) => faultsOfNotes("notes", entry)),
    submit: status === "SUBMITTED" ? true : undefined,
  });
}

/** The entries that a program may declare, if there are any. */
const declarable = <T>(
  entries: Readonly<Record<string, T>>,
  faultsOf: (entry: Record<string, T>) => readonly unknown[],
): Record<string, T> | undefined =>
  unlessEmpty(mapEntries(entries, (key, value) => (faultsOf({ [key]: value }).length === 0 ? value : undefined)));
