import type { ConnectBehaviour } from "./behaviour";
import { instantOf, isDay } from "./instants";
import { optionNamed, optionsOf, questionsOf, sectionsOf } from "./questions";
import type { EvaluationFormVersion } from "./store";
import type { EvaluationAnswerData, EvaluationAnswerInput, EvaluationNote, FormQuestion, QuestionType } from "./types";

/** Answers and notes in an Update or a Submit. */
export interface Changes {
  Answers?: Record<string, EvaluationAnswerInput>;
  Notes?: Record<string, EvaluationNote>;
}

/** The switches that decide what fits. */
type Accepted = Pick<ConnectBehaviour, "optionsAccepted" | "repeatedOptions" | "dateWithoutTime">;

/** What in the changes does not fit the form, in words; empty if everything does. */
export function misfits(
  form: EvaluationFormVersion,
  { Answers = {}, Notes = {} }: Changes,
  accepted: Accepted,
): string[] {
  const questions = new Map(questionsOf(form.Items).map((question) => [question.RefId, question]));
  const sections = new Set(sectionsOf(form.Items).map(({ RefId }) => RefId));
  const ofAnswers = Object.entries(Answers).map(([refId, { Value }]) => {
    const question = questions.get(refId);
    const fault = question ? Value && faultOf(question, Value, accepted) : "the form has no such question";
    return fault && `Answers.${refId}: ${fault}`;
  });
  const ofNotes = Object.keys(Notes).map((refId) =>
    questions.has(refId) || sections.has(refId)
      ? undefined
      : `Notes.${refId}: the form has no such question or section`,
  );
  return [...ofAnswers, ...ofNotes].filter((fault) => fault !== undefined);
}

type Fault = string | undefined;

function faultOf(question: FormQuestion, value: EvaluationAnswerData, accepted: Accepted): Fault {
  if (value.NotApplicable !== undefined) return question.NotApplicableEnabled ? undefined : "must not be NotApplicable";
  const { member, fault } = kinds[question.QuestionType];
  return value[member] === undefined
    ? `a question of type ${question.QuestionType} takes ${member}`
    : fault(question, value, accepted);
}

interface Kind {
  /** The member that an answer has. */
  member: keyof EvaluationAnswerData;
  fault: (question: FormQuestion, value: EvaluationAnswerData, accepted: Accepted) => Fault;
}

const kinds: Record<QuestionType, Kind> = {
  TEXT: { member: "StringValue", fault: () => undefined },
  SINGLESELECT: {
    member: "StringValue",
    fault: (question, { StringValue = "" }, accepted) => unknownOptions(question, [StringValue], accepted),
  },
  MULTISELECT: {
    member: "StringValues",
    fault: (question, { StringValues = [] }, accepted) =>
      unknownOptions(question, StringValues, accepted) ?? repeatedOption(question, StringValues, accepted),
  },
  NUMERIC: { member: "NumericValue", fault: outOfRange },
  DATETIME: {
    member: "DateTimeValue",
    fault: (_, { DateTimeValue = "" }, { dateWithoutTime }) => {
      const isStored = dateWithoutTime === "stored" && isDay(DateTimeValue);
      return isStored || !Number.isNaN(instantOf(DateTimeValue))
        ? undefined
        : `${DateTimeValue} is no ISO 8601 date and time`;
    },
  },
};

function unknownOptions(question: FormQuestion, names: string[], { optionsAccepted }: Accepted): Fault {
  const known: Record<Accepted["optionsAccepted"], (name: string) => boolean> = {
    both: (name) => optionNamed(question, name) !== undefined,
    text: (name) => optionsOf(question).some(({ Text }) => Text === name),
    "ref id": (name) => optionsOf(question).some(({ RefId }) => RefId === name),
  };
  const unknown = names.filter((name) => !known[optionsAccepted](name));
  return unknown.length === 0 ? undefined : `there is no option ${unknown.join(", ")}`;
}

function repeatedOption(question: FormQuestion, names: string[], { repeatedOptions }: Accepted): Fault {
  const options = names.map((name) => optionNamed(question, name));
  const isRepeated = new Set(options).size < options.length;
  return isRepeated && repeatedOptions === "refused" ? "an option is there twice" : undefined;
}

function outOfRange({ QuestionTypeProperties }: FormQuestion, { NumericValue = 0 }: EvaluationAnswerData): Fault {
  const range = QuestionTypeProperties?.Numeric;
  if (range === undefined || (NumericValue >= range.MinValue && NumericValue <= range.MaxValue)) return undefined;
  return `must be from ${range.MinValue} to ${range.MaxValue}, but is ${NumericValue}`;
}
