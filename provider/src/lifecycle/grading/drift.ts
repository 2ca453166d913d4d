import type { Connect } from "../../connect/connect";
import type { Evaluation, Form } from "../../connect/evaluation";
import type { Fault } from "../../shared/fault";
import { type Answer, type Inputs, isUnknown } from "../../shared/model";
import { defined, mapEntries, own } from "../../shared/plain";
import { means, toAnswer } from "./answers";
import { entryOf } from "./checkAnswers";
import { questionOf } from "./fit";
import type { Forms } from "./forms";
import { saysTheSame } from "./notes";

/** What Amazon Connect says of the answers and notes that a program declares, and of nothing that others added. */

type Grades = Pick<Inputs, "answers" | "notes" | "submit">;

/** The version of the form that the evaluation pinned, where its answers cannot be compared without it. */
async function formFor(
  forms: Forms,
  connect: Connect,
  evaluation: Evaluation,
  answers: Grades["answers"] = {},
): Promise<Form | undefined> {
  const isPlain = Object.entries(answers).every(
    ([key, answer]) => means(own(evaluation.answers, key)?.value, answer, undefined) === true,
  );
  return isPlain ? undefined : forms.version(connect, evaluation, evaluation.evaluationFormVersion);
}

/** The declared grades as they are now; what means the same keeps the program's spelling. */
export async function observedGrades(
  forms: Forms,
  connect: Connect,
  { answers, notes, submit }: Grades,
  evaluation: Evaluation,
): Promise<Grades> {
  const form = await formFor(forms, connect, evaluation, answers);
  return defined({
    answers: answers && mapEntries(answers, (key, answer) => observedAnswer(form, evaluation, key, answer)),
    notes:
      notes &&
      mapEntries(notes, (key, note) => {
        const found = own(evaluation.notes, key);
        return saysTheSame(found, note) ? note : found;
      }),
    submit: submit === true && evaluation.status === "DRAFT" ? false : submit,
  });
}

function observedAnswer(
  form: Form | undefined,
  { answers }: Evaluation,
  key: string,
  answer: Answer,
): Answer | undefined {
  const value = own(answers, key)?.value;
  const question = form && questionOf(form, key);
  // What cannot be compared is no drift.
  if (means(value, answer, question) !== false) return answer;
  return value && toAnswer(value, question);
}

/** In what the grades of an evaluation differ from those of a program that is to adopt it. */
export async function gradesUnlike(
  forms: Forms,
  connect: Connect,
  { answers = {}, notes = {}, submit }: Grades,
  evaluation: Evaluation,
): Promise<Fault[]> {
  const known = (entries: Readonly<Record<string, unknown>>) =>
    Object.entries(isUnknown(entries) ? {} : entries).filter(([, value]) => !isUnknown(value));
  const declared = Object.fromEntries(known(answers)) as Record<string, Answer>;
  const form = await formFor(forms, connect, evaluation, declared);
  const unlike = (property: string, expected: string): Fault => ({
    kind: "unlikeImported",
    property,
    expected,
    got: "another",
  });
  const answersUnlike = Object.entries(declared)
    .filter(
      ([key, answer]) => means(own(evaluation.answers, key)?.value, answer, form && questionOf(form, key)) === false,
    )
    .map(([key]) => {
      const value = own(evaluation.answers, key)?.value;
      return unlike(
        entryOf("answers", key),
        value === undefined ? "unanswered" : JSON.stringify(inProgram(form, key, value)),
      );
    });
  const notesUnlike = known(notes)
    .filter(([key, note]) => !saysTheSame(own(evaluation.notes, key), String(note)))
    .map(([key]) => unlike(entryOf("notes", key), JSON.stringify(own(evaluation.notes, key)) ?? "missing"));
  const isDraft = submit === true && evaluation.status === "DRAFT";
  return [...answersUnlike, ...notesUnlike, ...(isDraft ? [unlike("submit", "false, since it is a draft")] : [])];
}

const inProgram = (form: Form | undefined, key: string, value: Parameters<typeof toAnswer>[0]) =>
  toAnswer(value, form && questionOf(form, key));
