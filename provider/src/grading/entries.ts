import type { AnswerValue, Evaluation, Form, GivenAnswer, Question } from "../connect/evaluation";
import type { Answer, Inputs } from "../shared/model";
import { isSuggested, meaningOf, means, questionOf, toValue } from "./answers";

/** Answers and notes alike, by one name each, such as `answers.q1`: what holds for one of them holds for the other. */

export type Entries<T> = ReadonlyMap<string, T>;

/** A note is compared as the answer to a text question is. */
const NOTE: Question = { title: "", type: "TEXT", allowsNotApplicable: false, options: [] };

const named = <T, R>(property: string, record: Readonly<Record<string, T>> = {}, to: (value: T) => R) =>
  Object.entries(record).map(([key, value]): [string, R] => [`${property}.${key}`, to(value)]);

/** The question or section of an entry, after its property. */
export function placeOf(name: string): { property: "answers" | "notes"; key: string } {
  const [property = "", ...key] = name.split(".");
  return { property: property === "notes" ? "notes" : "answers", key: key.join(".") };
}

/** What a program declares, or what a state has. */
export const declaredEntries = ({ answers, notes }: Pick<Inputs, "answers" | "notes">): Entries<Answer> =>
  new Map([...named("answers", answers, (answer) => answer), ...named("notes", notes, (note) => note)]);

/** What an evaluation holds, without what is only suggested. */
export const storedEntries = ({ answers, notes }: Evaluation): Entries<GivenAnswer> =>
  new Map([
    ...named("answers", answers, (given) => given).filter(([, { value }]) => value !== undefined),
    ...named("notes", notes, (StringValue): GivenAnswer => ({ value: { StringValue }, suggestions: [] })),
  ]);

/** `undefined` also without the permission to see the form. */
export function questionFor(form: Form | undefined, name: string): Question | undefined {
  const { property, key } = placeOf(name);
  return property === "notes" ? NOTE : questionOf(form, key);
}

/** Whether a stored entry means what is declared; `undefined` if only the form could tell. */
export const says = (value: AnswerValue | undefined, declared: Answer, name: string, form: Form | undefined) =>
  means(value, declared, questionFor(form, name));

/** Whether nobody gave it: there is nothing, or what Connect itself suggested. */
export const isNobodys = (given: GivenAnswer | undefined): boolean => given === undefined || isSuggested(given);

/** What a stored entry means, in one value; `null` for one that is not there, or is empty, which comes to the same. */
export const meaningIn = (value: AnswerValue | undefined, name: string, form: Form | undefined): unknown =>
  value === undefined || value.StringValue?.trim() === "" ? null : meaningOf(value, questionFor(form, name));

/** What a declared entry means. */
export const meaningAs = (declared: Answer | undefined, name: string, form: Form | undefined): unknown =>
  meaningIn(declared === undefined ? undefined : toValue(declared, questionFor(form, name), "refId"), name, form);
