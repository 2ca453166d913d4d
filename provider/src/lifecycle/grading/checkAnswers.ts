import { type Fault, wrongValue } from "../../shared/fault";
import { isUnknown } from "../../shared/model";
import { isObject } from "../../shared/plain";
import { clip, lengthOf } from "../../shared/text";
import { instantOf } from "./answers";

/** The rules for answers and notes that hold whatever the form is; those of the form are in fit.ts. */

/** Limits of the API model (botocore 1.43, connect 2017-08-08), lengths in characters. */
const MOST_ENTRIES = 100;
const ANSWER_LENGTH = 300;
const NOTE_LENGTH = 3072;

/** How a program spells the entry of a map. */
export const entryOf = (property: string, key: string): string => `${property}[${JSON.stringify(clip(key))}]`;

const ANSWER = 'a text, a number, a list of options, { dateTime: "2026-11-20T10:00:00Z" }, or { notApplicable: true }';

export const faultsOfAnswers = (property: string, value: unknown): Fault[] =>
  faultsOfEntries(property, value, 'an object by question, such as { greeting: "Yes" }', faultsOfAnswer);

export const faultsOfNotes = (property: string, value: unknown): Fault[] =>
  faultsOfEntries(property, value, 'an object by question or section, such as { greeting: "Warm." }', (note, text) =>
    faultsOfText(note, text, NOTE_LENGTH),
  );

function faultsOfEntries(
  property: string,
  value: unknown,
  expected: string,
  faultsOfEntry: (property: string, value: unknown) => Fault[],
): Fault[] {
  if (!isObject(value)) return [wrongValue(property, expected, value)];
  const entries = Object.entries(value);
  const tooMany: Fault = {
    kind: "value",
    property,
    expected: `an object of at most ${MOST_ENTRIES} entries`,
    got: `${entries.length}`,
  };
  return [
    ...(entries.length > MOST_ENTRIES ? [tooMany] : []),
    ...entries.flatMap(([key, entry]) => (isUnknown(entry) ? [] : faultsOfEntry(entryOf(property, key), entry))),
  ];
}

function faultsOfAnswer(property: string, value: unknown): Fault[] {
  if (typeof value === "string") return faultsOfText(property, value, ANSWER_LENGTH);
  if (typeof value === "number" && Number.isFinite(value)) return [];
  if (Array.isArray(value)) {
    const texts = value.filter((option) => !isUnknown(option));
    return texts.flatMap((option) => faultsOfText(property, option, ANSWER_LENGTH));
  }
  if (!isObject(value) || Object.keys(value).length !== 1) return [wrongValue(property, ANSWER, value)];
  const { dateTime, notApplicable } = value;
  if (isUnknown(dateTime) || isUnknown(notApplicable) || notApplicable === true) return [];
  if (typeof dateTime === "string" && instantOf(dateTime) !== undefined) return [];
  const member =
    dateTime === undefined ? undefined : wrongValue(`${property}.dateTime`, "a time in ISO 8601", dateTime);
  return [member ?? wrongValue(property, ANSWER, value)];
}

function faultsOfText(property: string, value: unknown, longest: number): Fault[] {
  const fits = typeof value === "string" && lengthOf(value) <= longest;
  return fits ? [] : [wrongValue(property, `a text of at most ${longest} characters`, value)];
}
