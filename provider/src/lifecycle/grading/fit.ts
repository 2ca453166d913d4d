import type { Form, Question } from "../../connect/evaluation";
import { type Fault, wrongValue } from "../../shared/fault";
import { type Answer, type Inputs, isUnknown } from "../../shared/model";
import { isObject, own } from "../../shared/plain";
import { clip, lengthOf } from "../../shared/text";
import { optionOf } from "./answers";
import { entryOf } from "./checkAnswers";

/** Whether answers and notes fit the form. */

/** All notes of an evaluation together have this many characters for each question of the form (EvaluationNote in the API). */
const NOTE_CHARACTERS_PER_QUESTION = 1024;
const LONGEST_LIST = 20;

/** Everything in which answers and notes do not fit a version of the form. What is not known yet always fits. */
export function faultsWith(form: Form, { answers = {}, notes = {} }: Pick<Inputs, "answers" | "notes">): Fault[] {
  if (isUnknown(answers) || isUnknown(notes)) return [];
  return [
    ...Object.entries(answers).flatMap(([key, answer]) => faultsOfAnswer(form, key, answer)),
    ...Object.keys(notes).flatMap((key) => faultsOfNote(form, key)),
    ...tooLongTogether(form, notes),
  ];
}

function faultsOfAnswer(form: Form, key: string, answer: unknown): Fault[] {
  const question = questionOf(form, key);
  const property = entryOf("answers", key);
  if (question === undefined) {
    return [notThere(property, `a question of ${nameOf(form)}`, "questions", Object.keys(form.questions))];
  }
  const rule = own(RULES, question.type);
  if (rule === undefined || isUnknown(answer)) return [];
  const isNotApplicable = isObject(answer) && "notApplicable" in answer;
  if (isNotApplicable ? question.allowsNotApplicable : rule.fits(answer as Answer, question)) return [];
  const otherwise = question.allowsNotApplicable ? ", or { notApplicable: true }" : "";
  return [wrongValue(`${property} (${quoted(question)})`, `${rule.expected(question)}${otherwise}`, answer)];
}

export const questionOf = ({ questions }: Form, key: string): Question | undefined => own(questions, key);

const quoted = ({ title }: Question): string => JSON.stringify(clip(title));

interface Rule {
  expected: (question: Question) => string;
  fits: (answer: Answer, question: Question) => boolean;
}

const optionsOf = ({ options }: Question): string =>
  inShort(options.map(({ text, refId }) => (text === refId ? text : `${text} (${refId})`)));

const isOption = (text: unknown, question: Question): boolean =>
  isUnknown(text) || (typeof text === "string" && optionOf(question, text) !== undefined);

/** By the type of the question; one that Connect adds later has no rule. */
const RULES: Readonly<Record<string, Rule>> = {
  TEXT: { expected: () => "a text", fits: (answer) => typeof answer === "string" },
  SINGLESELECT: { expected: (question) => `one of its options: ${optionsOf(question)}`, fits: isOption },
  MULTISELECT: {
    expected: (question) => `a list of its options: ${optionsOf(question)}`,
    fits: (answer, question) => Array.isArray(answer) && answer.every((text) => isOption(text, question)),
  },
  NUMERIC: {
    expected: ({ range }) => (range === undefined ? "a number" : `a number from ${range.min} to ${range.max}`),
    fits: (answer, { range }) =>
      typeof answer === "number" && (range === undefined || (answer >= range.min && answer <= range.max)),
  },
  DATETIME: { expected: () => '{ dateTime: "…" }', fits: (answer) => isObject(answer) && "dateTime" in answer },
};

function faultsOfNote(form: Form, key: string): Fault[] {
  if (questionOf(form, key) !== undefined || form.sections.includes(key)) return [];
  const known = [...form.sections, ...Object.keys(form.questions)];
  return [notThere(entryOf("notes", key), `a question or section of ${nameOf(form)}`, "sections and questions", known)];
}

function tooLongTogether({ questions }: Form, notes: Readonly<Record<string, string>>): Fault[] {
  const longest = Object.keys(questions).length * NOTE_CHARACTERS_PER_QUESTION;
  const length = Object.values(notes).reduce((sum, note) => sum + (isUnknown(note) ? 0 : lengthOf(note)), 0);
  const expected = `at most ${longest} characters together, ${NOTE_CHARACTERS_PER_QUESTION} for each question of the form`;
  return length > longest ? [{ kind: "value", property: "notes", expected, got: `${length}` }] : [];
}

function notThere(property: string, noun: string, nouns: string, known: readonly string[]): Fault {
  const expected = known.length === 0 ? `no ${nouns}` : `the ${nouns} ${inShort(known)}`;
  return { kind: "unknownProperty", property, expected, got: `not ${noun}` };
}

const nameOf = ({ title, version }: Form): string => `the form ${JSON.stringify(clip(title))}, version ${version}`;

const inShort = (names: readonly string[]): string =>
  names.length > LONGEST_LIST
    ? `${names.slice(0, LONGEST_LIST).join(", ")}, and ${names.length - LONGEST_LIST} more`
    : names.join(", ");
