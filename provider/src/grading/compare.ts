import type { Connect } from "../connect/connect";
import type { AnswerValue, Evaluation, Form } from "../connect/evaluation";
import type { Fault } from "../shared/fault";
import { type Answer, type Inputs, isUnknown } from "../shared/model";
import { defined, mapEntries, own } from "../shared/plain";
import { means, questionOf, saysTheSame, toAnswer } from "./answers";
import { type Entries, isNobodys, questionFor, says, storedEntries } from "./entries";
import { entryOf } from "./fit";

/** What Amazon Connect says of the answers and notes that a program declares, and of nothing that others added. */

export type Grades = Pick<Inputs, "answers" | "notes" | "submit">;

/** Whether there is anything to grade. */
export const isGraded = ({ answers = {}, notes = {}, submit }: Grades): boolean =>
  Object.keys({ ...answers, ...notes }).length > 0 || submit === true;

const storedIn = ({ answers }: Evaluation, key: string): AnswerValue | undefined => own(answers, key)?.value;

/** The version of the form that the evaluation pinned, where its answers cannot be compared without it. */
async function formFor(
  { forms }: Connect,
  evaluation: Evaluation,
  answers: Grades["answers"] = {},
): Promise<Form | undefined> {
  const isPlain = Object.entries(answers).every(
    ([key, answer]) => means(storedIn(evaluation, key), answer, undefined) === true,
  );
  return isPlain ? undefined : forms.version(evaluation, evaluation.evaluationFormVersion);
}

/**
 * The recorded grades as they are now; what means the same keeps the program's spelling.
 * @param isWrittenAs whether Connect shows just what it showed after the resource wrote this, however it spells it.
 */
export async function observedGrades(
  connect: Connect,
  { answers, notes, submit }: Grades,
  evaluation: Evaluation,
  isWrittenAs: (name: string, declared: Answer, raw: AnswerValue | undefined) => boolean,
): Promise<Grades> {
  const form = await formFor(connect, evaluation, answers);
  const stored = storedEntries(evaluation);
  const observed = (name: string, declared: Answer): Answer | undefined => {
    const value = stored.get(name)?.value;
    // What cannot be compared is no drift.
    const isSame = isWrittenAs(name, declared, value) || says(value, declared, name, form) !== false;
    return isSame ? declared : value && toAnswer(value, questionFor(form, name));
  };
  const observedNote = (key: string, note: string) => {
    const found = observed(`notes.${key}`, note);
    return typeof found === "string" ? found : undefined;
  };
  return defined({
    answers: answers && mapEntries(answers, (key, answer) => observed(`answers.${key}`, answer)),
    notes: notes && mapEntries(notes, observedNote),
    submit: submit === true && evaluation.status === "DRAFT" ? false : submit,
  });
}

/**
 * In what the grades of an evaluation differ from those of a program that is to adopt it, without what it holds: nobody
 * tells the provider whether the program declares it as a secret.
 */
export async function gradesUnlike(
  connect: Connect,
  { answers, notes, submit }: Grades,
  evaluation: Evaluation,
): Promise<Fault[]> {
  const declared = known(answers);
  const form = await formFor(connect, evaluation, declared);
  const answersUnlike = Object.entries(declared).flatMap(([key, answer]) => {
    const value = storedIn(evaluation, key);
    const question = questionOf(form, key);
    if (means(value, answer, question) !== false) return [];
    return unlike(entryOf("answers", key), value ? "with a value that ContactEvaluation.get shows" : "unanswered");
  });
  const notesUnlike = Object.entries(known(notes)).flatMap(([key, note]) => {
    const found = own(evaluation.notes, key);
    return saysTheSame(found, note)
      ? []
      : unlike(entryOf("notes", key), found === undefined ? "missing" : "with a text that ContactEvaluation.get shows");
  });
  const isDraft = submit === true && evaluation.status === "DRAFT";
  return [...answersUnlike, ...notesUnlike, ...(isDraft ? unlike("submit", "false, since it is a draft") : [])];
}

/** The entries that are known already. */
const known = <T>(entries: Readonly<Record<string, T>> = {}): Record<string, T> =>
  isUnknown(entries) ? {} : mapEntries(entries, (_, value) => (isUnknown(value) ? undefined : value));

const unlike = (property: string, expected: string): Fault[] => [
  { kind: "unlikeImported", property, expected, got: "another" },
];

/** All answers and notes of an evaluation, as a program would declare them, whoever gave them. */
export async function everyGrade({ forms }: Connect, evaluation: Evaluation): Promise<Omit<Grades, "submit">> {
  const { answers, notes, evaluationFormVersion } = evaluation;
  const isAnswered = Object.values(answers).some(({ value }) => value !== undefined);
  const form = isAnswered ? await forms.version(evaluation, evaluationFormVersion) : undefined;
  return defined({ answers: unlessEmpty(answersIn(answers, form)), notes: unlessEmpty({ ...notes }) });
}

/** Stored answers as a program would declare them, without those of a kind that it cannot declare. */
export const answersIn = (answers: Evaluation["answers"], form: Form | undefined): Record<string, Answer> =>
  mapEntries(answers, (key, { value }) => value && toAnswer(value, questionOf(form, key)));

export const unlessEmpty = <T extends object>(entries: T): T | undefined =>
  Object.keys(entries).length > 0 ? entries : undefined;

/** What is to be changed about an evaluation, by entry; `undefined` deletes. */
export type Differences = Entries<Answer | undefined>;

/** Whether an evaluation shows the changes; what only the form could tell counts as shown. */
export function isShown(changes: Differences, form: Form | undefined, evaluation: Evaluation): boolean {
  const stored = storedEntries(evaluation);
  return [...changes].every(([name, declared]) => {
    const given = stored.get(name);
    return declared === undefined ? isNobodys(given) : says(given?.value, declared, name, form) !== false;
  });
}

/** Whether an evaluation has what the changes give, however it is spelled, and not what they delete. */
export function isGivenOrGone(changes: Differences, evaluation: Evaluation): boolean {
  const stored = storedEntries(evaluation);
  return [...changes].every(([name, declared]) => isNobodys(stored.get(name)) === (declared === undefined));
}
