import { orUnknown } from "../aws/awsError";
import type { Connect } from "../connect/connect";
import type { Form, Question } from "../connect/evaluation";
import { Failure } from "../shared/errors";
import { type Fault, wrongValue } from "../shared/fault";
import { inSentence } from "../shared/inSentence";
import { type Answer, type Inputs, isUnknown } from "../shared/model";
import { isObject, own } from "../shared/plain";
import { clip, lengthOf } from "../shared/text";
import { isDateAndTime, isRepeating, optionOf, questionOf } from "./answers";

/** What is wrong with answers and notes: first whatever the form is, then with the form. */

/** Limits of the API model (botocore 1.43, connect 2017-08-08), lengths in characters. */
const MOST_ENTRIES = 100;
const ANSWER_LENGTH = 300;
const NOTE_LENGTH = 3072;

/** How a program spells the entry of a map. */
export const entryOf = (property: string, key: string): string => `${property}[${JSON.stringify(clip(key))}]`;

const TIME = "2026-11-20T10:00:00Z";
const ANSWER = `a text, a number, a list of options, { dateTime: "${TIME}" }, or { notApplicable: true }`;

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
    const faults = texts.flatMap((option) => faultsOfText(property, option, ANSWER_LENGTH));
    return faults.length === 0 && isRepeating(texts)
      ? [wrongValue(property, "a list of options, each once", value)]
      : faults;
  }
  if (!isObject(value) || Object.keys(value).length !== 1) return [wrongValue(property, ANSWER, value)];
  const { dateTime, notApplicable } = value;
  if (isUnknown(dateTime) || isUnknown(notApplicable) || notApplicable === true) return [];
  if (typeof dateTime === "string" && isDateAndTime(dateTime)) return [];
  const member =
    dateTime === undefined
      ? undefined
      : wrongValue(`${property}.dateTime`, `a date and time in ISO 8601, such as "${TIME}"`, dateTime);
  return [member ?? wrongValue(property, ANSWER, value)];
}

function faultsOfText(property: string, value: unknown, longest: number): Fault[] {
  const fits = typeof value === "string" && lengthOf(value) <= longest;
  return fits ? [] : [wrongValue(property, `a text of at most ${longest} characters`, value)];
}

/** All notes of an evaluation together have this many characters for each question of the form (EvaluationNote in the API). */
const NOTE_CHARACTERS_PER_QUESTION = 1024;
const LONGEST_LIST = 20;

/**
 * Everything in which answers and notes do not fit a version of the form, whatever they are. What is not known yet always
 * fits.
 */
export function faultsWith(form: Form, { answers, notes }: Pick<Inputs, "answers" | "notes">): Fault[] {
  return [
    ...entriesOf(answers).flatMap(([key, answer]) => unfitAnswer(form, key, answer)),
    ...entriesOf(notes).flatMap(([key]) => unfitNote(form, key)),
    ...tooLongTogether(form, notes),
  ];
}

const entriesOf = (entries: unknown): [string, unknown][] => (isObject(entries) ? Object.entries(entries) : []);

/** Faults that were found without the form, but for answers and notes of which the form says more. */
export const beside = (faults: readonly Fault[], withForm: readonly Fault[]): Fault[] =>
  faults.filter(({ property }) => {
    const entry = property.replace(/\.dateTime$/, "");
    return !(entry.endsWith('"]') && withForm.some((fault) => fault.property.startsWith(entry)));
  });

function unfitAnswer(form: Form, key: string, answer: unknown): Fault[] {
  const question = questionOf(form, key);
  const property = entryOf("answers", key);
  if (question === undefined) {
    return [notThere(property, `a question of ${titleOf(form)}`, "questions", Object.keys(form.questions))];
  }
  const type = own(TYPES, question.type);
  if (type === undefined || isUnknown(answer)) return [];
  const isNotApplicable = isObject(answer) && "notApplicable" in answer;
  const fits = isNotApplicable ? question.allowsNotApplicable : type.fits(answer as Answer, question);
  if (fits && faultsOfAnswer(property, answer).length === 0) return [];
  const otherwise = question.allowsNotApplicable ? ", or { notApplicable: true }" : "";
  return [wrongValue(`${property} (${titled(question)})`, `${type.expected(question)}${otherwise}`, answer)];
}

const titled = ({ title }: Question): string => JSON.stringify(clip(title));

interface TypeOfQuestion {
  expected: (question: Question) => string;
  fits: (answer: Answer, question: Question) => boolean;
}

const optionsOf = ({ options }: Question): string =>
  inShort(options.map(({ text, refId }) => (text === refId ? text : `${text} (${refId})`)));

const isOption = (text: unknown, question: Question): boolean =>
  isUnknown(text) || (typeof text === "string" && optionOf(question, text) !== undefined);

/** Also where one is named by its text, and then by its RefId. */
function isEachOnce(texts: readonly string[], question: Question): boolean {
  const named = texts.filter((text) => !isUnknown(text)).map((text) => optionOf(question, text));
  return new Set(named).size === named.length;
}

/** By the type of the question; one that Connect adds later has no rule. */
const TYPES: Readonly<Record<string, TypeOfQuestion>> = {
  TEXT: {
    expected: () => `a text of at most ${ANSWER_LENGTH} characters`,
    fits: (answer) => typeof answer === "string",
  },
  SINGLESELECT: { expected: (question) => `one of its options: ${optionsOf(question)}`, fits: isOption },
  MULTISELECT: {
    expected: (question) => `a list of its options, each once: ${optionsOf(question)}`,
    fits: (answer, question) =>
      Array.isArray(answer) && answer.every((text) => isOption(text, question)) && isEachOnce(answer, question),
  },
  NUMERIC: {
    expected: ({ range }) => (range === undefined ? "a number" : `a number from ${range.min} to ${range.max}`),
    fits: (answer, { range }) =>
      typeof answer === "number" && (range === undefined || (answer >= range.min && answer <= range.max)),
  },
  DATETIME: { expected: () => `{ dateTime: "${TIME}" }`, fits: (answer) => isObject(answer) && "dateTime" in answer },
};

function unfitNote(form: Form, key: string): Fault[] {
  if (questionOf(form, key) !== undefined || form.sections.includes(key)) return [];
  const known = [...form.sections, ...Object.keys(form.questions)];
  return [
    notThere(entryOf("notes", key), `a question or section of ${titleOf(form)}`, "sections and questions", known),
  ];
}

function tooLongTogether({ questions }: Form, notes: Inputs["notes"]): Fault[] {
  const longest = Object.keys(questions).length * NOTE_CHARACTERS_PER_QUESTION;
  const length = entriesOf(notes).reduce(
    (sum, [, note]) => sum + (typeof note === "string" && !isUnknown(note) ? lengthOf(note) : 0),
    0,
  );
  const expected = `at most ${longest} characters together, ${NOTE_CHARACTERS_PER_QUESTION} for each question of the form`;
  return length > longest ? [{ kind: "value", property: "notes", expected, got: `${length}` }] : [];
}

function notThere(property: string, noun: string, nouns: string, known: readonly string[]): Fault {
  const expected = known.length === 0 ? `no ${nouns}` : `the ${nouns} ${inShort(known)}`;
  return { kind: "unknownProperty", property, expected, got: `not ${noun}` };
}

const titleOf = ({ title, version }: Form): string => `the form ${JSON.stringify(clip(title))}, version ${version}`;

const inShort = (names: readonly string[]): string =>
  names.length > LONGEST_LIST
    ? `${names.slice(0, LONGEST_LIST).join(", ")}, and ${names.length - LONGEST_LIST} more`
    : names.join(", ");

/**
 * Everything in which the inputs do not fit the version of the form that a start would pin.
 * @param unless what a look that fails counts as; by default it is unknown, and Connect itself refuses what does not fit.
 */
export async function faultsWithActive(
  connectIn: ConnectIn,
  inputs: Inputs,
  unless: typeof orUnknown = orUnknown,
): Promise<Fault[]> {
  const { answers, notes, evaluationFormVersion } = inputs;
  const isAsked = entriesOf(answers).length + entriesOf(notes).length > 0 || evaluationFormVersion !== undefined;
  if (!isAsked || [inputs.region, inputs.instanceId, inputs.evaluationFormId].some(isUnknown)) return [];
  const { forms } = connectIn(inputs.region);
  const faultsWithIt = (form: Form | undefined) =>
    form === undefined ? [] : [...unfitVersion(form, inputs), ...faultsWith(form, inputs)];
  const faults = faultsWithIt(await unless(forms.active(inputs)));
  // This deployment may have changed the form since another resource looked at it.
  return faults.length === 0 ? [] : faultsWithIt(await unless(forms.active(inputs, true)));
}

/** Not before it is needed: an `up` without changes makes no client. */
type ConnectIn = (region: string | undefined) => Pick<Connect, "forms">;

function unfitVersion({ version }: Form, { evaluationFormVersion: declared }: Inputs): Fault[] {
  if (!Number.isInteger(declared) || declared === version) return [];
  const expected = `${version}, which is the active version of the form`;
  return [{ kind: "value", property: "evaluationFormVersion", expected, got: String(declared) }];
}

/** What does not fit the form is refused before anything is started or changed. */
export function refuseUnfit(attempt: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const why = faults.map((fault) => inSentence(fault)).join("\n       ");
  throw new Failure(attempt, { why, remedy: "correct the program" });
}
