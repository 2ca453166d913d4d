import { isDeepStrictEqual } from "node:util";
import type { AnswerValue, Form, GivenAnswer, Option, Question } from "../connect/evaluation";
import type { Forms } from "../connect/forms";
import type { Answer } from "../shared/model";
import { own } from "../shared/plain";

/** Answers and notes as a program gives them and as Amazon Connect stores them, and when two of them mean the same. */

/**
 * How the option of a select is written. AWS documents neither which of the two a write takes nor which a read shows; its
 * samples have the text.
 */
export type Spelling = Forms["spelling"];

/** The question with this RefId; `undefined` also without the permission to see the form. */
export const questionOf = (form: Form | undefined, key: string): Question | undefined =>
  form && own(form.questions, key);

/** Texts are the same in any Unicode normal form: macOS types another one than most. */
const plainly = (text: string): string => text.trim().normalize("NFC");

const optionIn = (options: readonly Option[], name: string): Option | undefined =>
  options.find(({ text }) => plainly(text) === plainly(name)) ?? options.find(({ refId }) => refId === name.trim());

/** The option of a select that a text names, by its own text or by its RefId. */
export const optionOf = (question: Question, text: string): Option | undefined => optionIn(question.options, text);

/** An empty text or list is no answer: whether Connect stores it is not documented, and it must not differ in every run. */
const isEmptyAnswer = (answer: Answer): boolean =>
  Array.isArray(answer) ? answer.length === 0 : typeof answer === "string" && answer.trim() === "";

const isEmptyValue = ({ StringValue, StringValues }: AnswerValue): boolean =>
  StringValue?.trim() === "" || StringValues?.length === 0;

/** The answer in the API's form; none for an empty one. Without the question, options stay as the program spells them. */
export function toValue(answer: Answer, question: Question | undefined, spelling: Spelling): AnswerValue | undefined {
  if (isEmptyAnswer(answer)) return undefined;
  const spelled = (text: string) => optionIn(question?.options ?? [], text)?.[spelling] ?? text;
  if (typeof answer === "string") return { StringValue: spelled(answer) };
  if (typeof answer === "number") return { NumericValue: answer };
  if (Array.isArray(answer)) return { StringValues: answer.map(spelled) };
  return "dateTime" in answer ? { DateTimeValue: answer.dateTime } : { NotApplicable: true };
}

/** What a program would declare for a stored answer, options by their text; `undefined` for a kind that it cannot declare. */
export function toAnswer(value: AnswerValue, question: Question | undefined): Answer | undefined {
  const { StringValue, NumericValue, StringValues, DateTimeValue, NotApplicable } = value;
  const spelled = (text: string) => optionIn(question?.options ?? [], text)?.text ?? text;
  if (StringValue !== undefined) return spelled(StringValue);
  if (NumericValue !== undefined) return NumericValue;
  if (StringValues !== undefined) return [...new Set(StringValues.map(spelled))];
  if (DateTimeValue !== undefined) return { dateTime: withTime(DateTimeValue) };
  return NotApplicable === true ? { notApplicable: true } : undefined;
}

/** A date without a time is its beginning, which a program can declare. */
const withTime = (date: string): string => (DAY.test(date.trim()) ? `${date.trim()}T00:00:00Z` : date);
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * Whether a stored answer means what the program declares; `undefined` if only the form could tell, since the texts
 * differ and may name the same option.
 */
export function means(
  value: AnswerValue | undefined,
  answer: Answer,
  question: Question | undefined,
): boolean | undefined {
  const asked = toValue(answer, question, "refId");
  if (value === undefined || asked === undefined)
    return asked === undefined && (value === undefined || isEmptyValue(value));
  const [stored, declared] = [meaningOf(value, question), meaningOf(asked, question)];
  if (stored.kind !== declared.kind) return false;
  if (stored.key === declared.key) return true;
  return question === undefined && stored.kind === "text" ? undefined : false;
}

/** What a value means, in whichever spelling. */
export function meaningOf(value: AnswerValue, question: Question | undefined): { kind: string; key: string } {
  const { StringValue, NumericValue, StringValues, DateTimeValue, NotApplicable } = value;
  const named = (text: string) => optionIn(question?.options ?? [], text)?.refId ?? plainly(text);
  if (StringValue !== undefined) return { kind: "text", key: named(StringValue) };
  if (StringValues !== undefined)
    return { kind: "text", key: JSON.stringify([...new Set(StringValues.map(named))].sort()) };
  if (DateTimeValue !== undefined) return { kind: "time", key: String(instantOf(DateTimeValue) ?? DateTimeValue) };
  if (NumericValue !== undefined) return { kind: "number", key: String(NumericValue) };
  return { kind: "not applicable", key: String(NotApplicable) };
}

/** No value, or one that Amazon Connect itself suggested. */
export function isSuggested({ value, suggestions }: GivenAnswer): boolean {
  return value === undefined || suggestions.some((suggestion) => isDeepStrictEqual(suggestion, value));
}

/** Whether a note says the same as a stored one; an empty one may be stored or not. */
export const saysTheSame = (stored: string | undefined, note: string): boolean =>
  plainly(stored ?? "") === plainly(note);

const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/i;

/** Whether the text is a date and a time: of a date alone, AWS does not document whether an answer may be one. */
export const isDateAndTime = (text: string): boolean => instantOf(text) !== undefined && !DAY.test(text.trim());

/** Whether one option is named twice, as far as that shows without the form. */
export const isRepeating = (texts: readonly string[]): boolean => new Set(texts.map(plainly)).size < texts.length;

/** The time in milliseconds, UTC where it names no zone; `undefined` for a text that is no time in ISO 8601. */
export function instantOf(text: string): number | undefined {
  const match = ISO_8601.exec(text.trim());
  if (match === null) return undefined;
  const isLocal = match.groups?.zone === undefined && text.includes("T");
  const instant = Date.parse(`${text.trim()}${isLocal ? "Z" : ""}`);
  return Number.isNaN(instant) || !isOnCalendar(text) ? undefined : instant;
}

/** `Date` takes February 30 for March 2. */
function isOnCalendar(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.trim().slice(0, 10).split("-").map(Number);
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
