import type { Connect } from "../connect/connect";
import type { Evaluation, Form } from "../connect/evaluation";
import { toAnswer } from "../lifecycle/grading/answers";
import { faultsOfAnswers, faultsOfNotes } from "../lifecycle/grading/checkAnswers";
import { questionOf } from "../lifecycle/grading/fit";
import { Forms } from "../lifecycle/grading/forms";
import { isSuggested } from "../lifecycle/grading/suggestions";
import { defined } from "../shared/plain";
import type { NamedEvaluation } from "./importFile";

/** What a program declares for the answers and notes that an evaluation has, and for its submission. */

/** IAM: connect:DescribeEvaluationForm; without it, options stay as Amazon Connect spells them. */
export async function withGrades(
  connect: Connect,
  evaluations: readonly NamedEvaluation[],
  say: (line: string) => void,
): Promise<NamedEvaluation[]> {
  const forms = new Forms();
  const unseen = new Set<string>();
  const formOf = async (evaluation: Evaluation): Promise<Form | undefined> => {
    if (Object.values(evaluation.answers).every(isSuggested)) return undefined;
    const form = await forms.version(connect, evaluation, evaluation.evaluationFormVersion);
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
  const given = Object.entries(answers).flatMap(([key, answer]) => {
    if (answer.value === undefined || isSuggested(answer)) return [];
    const declared = toAnswer(answer.value, form && questionOf(form, key));
    return declared === undefined ? [] : [[key, declared] as const];
  });
  return defined({
    answers: declarable(given, (entry) => faultsOfAnswers("answers", entry)),
    notes: declarable(Object.entries(notes), (entry) => faultsOfNotes("notes", entry)),
    submit: status === "SUBMITTED" ? true : undefined,
  });
}

/** The entries that a program may declare, if there are any. */
function declarable<T>(
  entries: readonly (readonly [string, T])[],
  faultsOf: (entry: Record<string, T>) => readonly unknown[],
): Record<string, T> | undefined {
  const allowed = entries.filter((entry) => faultsOf(Object.fromEntries([entry])).length === 0);
  return allowed.length === 0 ? undefined : Object.fromEntries(allowed);
}
