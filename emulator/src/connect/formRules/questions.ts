import { optionsOf } from "../questions";
import type { FormQuestion, OptionScore, QuestionType } from "../types";
import { countFault, lengthFault, orderFault, rangeFault, uniqueFaults } from "./measures";
import { thresholdFaults } from "./thresholds";

type Properties = keyof NonNullable<FormQuestion["QuestionTypeProperties"]>;

const propertiesOf: Record<QuestionType, { own?: Properties; isNeeded: boolean }> = {
  SINGLESELECT: { own: "SingleSelect", isNeeded: true },
  MULTISELECT: { own: "MultiSelect", isNeeded: true },
  NUMERIC: { own: "Numeric", isNeeded: true },
  TEXT: { own: "Text", isNeeded: false },
  DATETIME: { isNeeded: false },
};

/** What is wrong in a question by itself. */
export function questionFaults(question: FormQuestion): string[] {
  const { RefId, Weight, ScoringConfiguration: { PointsConfiguration, ScoreThresholds } = {} } = question;
  return [
    ...propertyFaults(question),
    ...optionFaults(question),
    ...numberFaults(question),
    ...scoredOptions(question).flatMap((option) => scoreFaults(question, option)),
    ...rangeFault(`Items: the Weight of question ${RefId}`, Weight, 0, 100),
    ...orderFault(
      `Items: the points of question ${RefId}`,
      PointsConfiguration?.MinPointValue,
      PointsConfiguration?.MaxPointValue,
    ),
    ...thresholdFaults(`question ${RefId}`, ScoreThresholds),
  ];
}

function propertyFaults({ RefId, QuestionType, QuestionTypeProperties = {} }: FormQuestion): string[] {
  const { own, isNeeded } = propertiesOf[QuestionType];
  const foreign = Object.keys(QuestionTypeProperties).filter((name) => name !== own);
  const lacksOwn = own !== undefined && isNeeded && QuestionTypeProperties[own] === undefined;
  return [
    ...(lacksOwn ? [`Items: question ${RefId} needs QuestionTypeProperties.${own}`] : []),
    ...foreign.map((name) => `Items: question ${RefId} of type ${QuestionType} must not have ${name} properties`),
  ];
}

function optionFaults(question: FormQuestion): string[] {
  const options = optionsOf(question);
  const whose = `question ${question.RefId}`;
  if (!isSelection(question)) return [];
  return [
    ...countFault(`options of ${whose}`, options.length, 2, 256),
    ...options.flatMap(({ Text }) => lengthFault(`Items: the option ${Text} of ${whose}`, Text, 1, 128)),
    ...options.flatMap(({ RefId }) => lengthFault(`Items: the RefId ${RefId} of an option of ${whose}`, RefId, 1, 40)),
    ...uniqueFaults(
      "option RefId",
      options.map(({ RefId }) => RefId),
      whose,
    ),
    ...uniqueFaults(
      "option Text",
      options.map(({ Text }) => Text),
      whose,
    ),
  ];
}

function isSelection({ QuestionTypeProperties }: FormQuestion): boolean {
  return QuestionTypeProperties?.SingleSelect !== undefined || QuestionTypeProperties?.MultiSelect !== undefined;
}

function numberFaults({ RefId, QuestionTypeProperties }: FormQuestion): string[] {
  const { MinValue, MaxValue, Options } = QuestionTypeProperties?.Numeric ?? {};
  return [
    ...orderFault(`Items: the values of question ${RefId}`, MinValue, MaxValue),
    ...(Options ? countFault(`ranges of question ${RefId}`, Options.length, 1, 10) : []),
    ...(Options ?? []).flatMap((range) =>
      orderFault(`Items: a range of question ${RefId}`, range.MinValue, range.MaxValue),
    ),
  ];
}

function scoredOptions(question: FormQuestion): OptionScore[] {
  return question.QuestionTypeProperties?.Numeric?.Options ?? optionsOf(question);
}

// AWS has no automatic fail where there is a bonus, and no bonus options in multiple selections.
function scoreFaults(
  { RefId, QuestionType, ScoringConfiguration }: FormQuestion,
  { Score, AutomaticFail, PointsConfiguration }: OptionScore,
): string[] {
  const isBonus = PointsConfiguration?.IsBonus === true;
  const isInBonus = ScoringConfiguration?.PointsConfiguration?.IsBonus === true;
  return [
    ...rangeFault(`Items: a Score of question ${RefId}`, Score, 0, 10),
    ...(AutomaticFail && isBonus ? [`Items: a bonus option of question ${RefId} must not have AutomaticFail`] : []),
    ...(AutomaticFail && isInBonus ? [`Items: the bonus question ${RefId} must not have AutomaticFail`] : []),
    ...(isBonus && QuestionType === "MULTISELECT"
      ? [`Items: question ${RefId} of type MULTISELECT must not have a bonus option`]
      : []),
  ];
}
