import { isDeepStrictEqual } from "node:util";
import type { Connect } from "../connect/connect";
import type { AnswerValue, Evaluation, Form } from "../connect/evaluation";
import type { Fault } from "../shared/fault";
import { type Answer, type Inputs, isUnknown } from "../shared/model";
import { defined, mapEntries, own } from "../shared/plain";
import { isSuggested, means, questionOf, saysTheSame, toAnswer } from "./answers";
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

/** The declared grades as they are now; what means the same keeps the program's spelling. */
export async function observedGrades(
  connect: Connect,
  { answers, notes, submit }: Grades,
  evaluation: Evaluation,
): Promise<Grades> {
  const form = await formFor(connect, evaluation, answers);
  const observedAnswer = (key: string, answer: Answer) => {
    const value = storedIn(evaluation, key);
    const question = questionOf(form, key);
    // What cannot be compared is no drift.
    return means(value, answer, question) === false ? value && toAnswer(value, question) : answer;
  };
  const observedNote = (key: string, note: string) => {
    const found = own(evaluation.notes, key);
    return saysTheSame(found, note) ? note : found;
  };
  return defined({
    answers: answers && mapEntries(answers, observedAnswer),
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

/** What would turn an evaluation into what the program declares; `undefined` deletes. */
export interface Differences {
  answers: Record<string, Answer | undefined>;
  notes: Record<string, string | undefined>;
}

export const isEmpty = ({ answers, notes }: Differences): boolean =>
  Object.keys(answers).length === 0 && Object.keys(notes).length === 0;

/** What is compared with an evaluation. */
export interface Compared {
  inputs: Grades;
  /** What the resource declared before; its keys are deleted when the program drops them. */
  before: Grades;
  /** The version that the evaluation pinned; `undefined` without the permission to look. */
  form: Form | undefined;
}

/** @param ifUnknown whether an answer counts as different that only the form could compare. */
export function differencesFrom(
  { inputs, before, form }: Compared,
  evaluation: Evaluation,
  ifUnknown: (key: string, answer: Answer) => boolean,
): Differences {
  const changed = Object.entries(inputs.answers ?? {}).filter(([key, answer]) => {
    const isSame = means(storedIn(evaluation, key), answer, questionOf(form, key));
    return isSame === undefined ? ifUnknown(key, answer) : !isSame;
  });
  const dropped = droppedKeys(before.answers, inputs.answers).filter((key) => {
    const given = own(evaluation.answers, key);
    return given !== undefined && !isSuggested(given);
  });
  const { notes } = evaluation;
  const rewritten = Object.entries(inputs.notes ?? {}).filter(([key, note]) => !saysTheSame(own(notes, key), note));
  const removed = droppedKeys(before.notes, inputs.notes).filter((key) => Object.hasOwn(notes, key));
  return {
    answers: Object.fromEntries([...changed, ...dropped.map((key) => [key, undefined])]),
    notes: Object.fromEntries([...rewritten, ...removed.map((key) => [key, undefined])]),
  };
}

/** Whether the program changed the answer since the state recorded it. */
export const isNewIn = ({ before }: Compared, key: string, answer: Answer): boolean =>
  !isDeepStrictEqual(own(before.answers ?? {}, key), answer);

const droppedKeys = (before: object = {}, declared: object = {}): string[] =>
  Object.keys(before).filter((key) => !Object.hasOwn(declared, key));

/** Whether the evaluation is as the program declares it. */
export const isDone = (compared: Compared, evaluation: Evaluation): boolean =>
  isEmpty(differencesFrom(compared, evaluation, () => false)) &&
  (compared.inputs.submit !== true || evaluation.status !== "DRAFT");
