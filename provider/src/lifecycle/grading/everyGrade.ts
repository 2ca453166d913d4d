import type { Connect } from "../../connect/connect";
import type { Evaluation, Form } from "../../connect/evaluation";
import type { Answer, Inputs } from "../../shared/model";
import { defined, mapEntries } from "../../shared/plain";
import { toAnswer } from "./answers";
import { questionOf } from "./fit";
import type { Forms } from "./forms";

/** All answers and notes of an evaluation, as a program would declare them, whoever gave them. */
export async function everyGrade(
  forms: Forms,
  connect: Connect,
  evaluation: Evaluation,
): Promise<Pick<Inputs, "answers" | "notes">> {
  const { answers, notes, evaluationFormVersion } = evaluation;
  const isAnswered = Object.values(answers).some(({ value }) => value !== undefined);
  const form = isAnswered ? await forms.version(connect, evaluation, evaluationFormVersion) : undefined;
  return defined({ answers: unlessEmpty(answersIn(answers, form)), notes: unlessEmpty({ ...notes }) });
}

/** Stored answers as a program would declare them, without those of a kind that it cannot declare. */
export const answersIn = (answers: Evaluation["answers"], form: Form | undefined): Record<string, Answer> =>
  mapEntries(answers, (key, { value }) => value && toAnswer(value, form && questionOf(form, key)));

export const unlessEmpty = <T extends object>(entries: T): T | undefined =>
  Object.keys(entries).length > 0 ? entries : undefined;
