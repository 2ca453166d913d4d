import type { Connect } from "../../connect/connect";
import type { Evaluation } from "../../connect/evaluation";
import type { Inputs } from "../../shared/model";
import { defined } from "../../shared/plain";
import { toAnswer } from "./answers";
import { questionOf } from "./fit";
import type { Forms } from "./forms";

/** All answers and notes of an evaluation, as a program would declare them, whoever gave them. */
export async function everyGrade(
  forms: Forms,
  connect: Connect,
  evaluation: Evaluation,
): Promise<Pick<Inputs, "answers" | "notes">> {
  const given = Object.entries(evaluation.answers).filter(([, { value }]) => value !== undefined);
  const form =
    given.length > 0 ? await forms.version(connect, evaluation, evaluation.evaluationFormVersion) : undefined;
  const answers = given.flatMap(([key, { value = {} }]) => {
    const answer = toAnswer(value, form && questionOf(form, key));
    return answer === undefined ? [] : [[key, answer] as const];
  });
  return defined({
    answers: answers.length > 0 ? Object.fromEntries(answers) : undefined,
    notes: Object.keys(evaluation.notes).length > 0 ? { ...evaluation.notes } : undefined,
  });
}
