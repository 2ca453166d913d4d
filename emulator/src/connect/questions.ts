import type {
  EvaluationAnswerData,
  EvaluationFormItem,
  FormQuestion,
  FormSection,
  OptionScore,
  SelectOption,
} from "./types";

/** The questions of a form, including those inside sections. */
export function questionsOf(items: EvaluationFormItem[]): FormQuestion[] {
  return items.flatMap(({ Section, Question }) => [
    ...(Question ? [Question] : []),
    ...questionsOf(Section?.Items ?? []),
  ]);
}

/** The questions that count in scores, unless they do not apply: neither they nor a section around them is excluded. */
export function includedQuestions(items: EvaluationFormItem[]): FormQuestion[] {
  return items.flatMap(({ Section, Question }) => {
    if (Section) return Section.IsExcludedFromScoring ? [] : includedQuestions(Section.Items);
    return Question && !Question.ScoringConfiguration?.IsExcludedFromScoring ? [Question] : [];
  });
}

/** The sections of a form, including those inside sections. */
export function sectionsOf(items: EvaluationFormItem[]): FormSection[] {
  return items.flatMap(({ Section }) => (Section ? [Section, ...sectionsOf(Section.Items)] : []));
}

/** The options of a select question, none for other questions. */
export function optionsOf({ QuestionTypeProperties: properties }: FormQuestion): SelectOption[] {
  return properties?.SingleSelect?.Options ?? properties?.MultiSelect?.Options ?? [];
}

/** The option that an answer names by its text or its id. A text wins over an id. */
export function optionNamed(question: FormQuestion, name: string): SelectOption | undefined {
  const options = optionsOf(question);
  return options.find(({ Text }) => Text === name) ?? options.find(({ RefId }) => RefId === name);
}

/** The options that a value chooses: several of a multiple selection, the range of a number. */
export function chosenOptions(question: FormQuestion, value: EvaluationAnswerData | undefined): ChosenOption[] {
  const { StringValue, StringValues, NumericValue } = value ?? {};
  const names = StringValues ?? (StringValue === undefined ? [] : [StringValue]);
  const named = names.map((name) => optionNamed(question, name));
  const ranges = question.QuestionTypeProperties?.Numeric?.Options ?? [];
  const range = ranges.find(
    ({ MinValue, MaxValue }) => NumericValue !== undefined && NumericValue >= MinValue && NumericValue <= MaxValue,
  );
  return [...new Set([...named, range])].filter((option) => option !== undefined);
}

/** A chosen option; a range has no id. */
export type ChosenOption = OptionScore & { RefId?: string };
