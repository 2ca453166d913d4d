import type { ConnectBehaviour } from "./behaviour";
import { instantOf } from "./instants";
import { optionNamed, questionsOf } from "./questions";
import type { Evaluation, EvaluationFormVersion } from "./store";
import type { EvaluationAnswerData, EvaluationAnswerOutput, FormQuestion } from "./types";

/** The answers in the spelling that reads show: the same in meaning, or nearly, and not always in letters. */
export function spelled(
  behaviour: ConnectBehaviour,
  form: EvaluationFormVersion,
  answers: Evaluation["answers"],
): Evaluation["answers"] {
  const questions = new Map(questionsOf(form.Items).map((question) => [question.RefId, question]));
  const entries = Object.entries(answers).map(([refId, answer]): [string, EvaluationAnswerOutput] => {
    const question = questions.get(refId);
    return [refId, question ? mapValues(answer, (value) => spell(behaviour, question, value)) : answer];
  });
  return Object.fromEntries(entries);
}

function mapValues(
  { Value, SystemSuggestedValue, SuggestedAnswers }: EvaluationAnswerOutput,
  map: (value: EvaluationAnswerData) => EvaluationAnswerData,
): EvaluationAnswerOutput {
  return {
    ...(Value && { Value: map(Value) }),
    ...(SystemSuggestedValue && { SystemSuggestedValue: map(SystemSuggestedValue) }),
    ...(SuggestedAnswers && {
      SuggestedAnswers: SuggestedAnswers.map(({ Value, ...rest }) => ({
        ...rest,
        ...(Value && { Value: map(Value) }),
      })),
    }),
  };
}

function spell(behaviour: ConnectBehaviour, question: FormQuestion, value: EvaluationAnswerData): EvaluationAnswerData {
  const option = (name: string) => spelledOption(behaviour, question, name);
  const { StringValue, StringValues, DateTimeValue, NumericValue } = value;
  if (StringValues !== undefined) return { StringValues: StringValues.map(option) };
  if (DateTimeValue !== undefined) return { DateTimeValue: spelledDate(behaviour, DateTimeValue) };
  if (NumericValue !== undefined && behaviour.numbers === "rounded") return { NumericValue: Math.round(NumericValue) };
  if (StringValue === undefined) return value;
  if (question.QuestionType !== "TEXT") return { StringValue: option(StringValue) };
  return { StringValue: behaviour.textAnswers === "trimmed" ? StringValue.trim() : StringValue };
}

function spelledOption({ optionSpelling }: ConnectBehaviour, question: FormQuestion, name: string): string {
  const option = optionNamed(question, name);
  if (option === undefined || optionSpelling === "as written") return name;
  return optionSpelling === "text" ? option.Text : option.RefId;
}

function spelledDate({ dateTimeSpelling }: ConnectBehaviour, dateTime: string): string {
  const instant = instantOf(dateTime);
  if (Number.isNaN(instant) || dateTimeSpelling === "as written") return dateTime;
  const utc = new Date(instant).toISOString();
  return dateTimeSpelling === "UTC" ? utc : utc.replace(/\.\d+Z$/, "Z");
}
