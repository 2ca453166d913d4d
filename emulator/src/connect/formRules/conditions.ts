import { expressionsOf, isOfQuestion } from "../enablement";
import { optionsOf, questionsOf, sectionsOf } from "../questions";
import type { Enablement, EnablementCondition, EnablementExpression, EvaluationFormItem, FormQuestion } from "../types";

/** What is wrong in the conditions of a form's questions and sections. */
export function conditionFaults(items: EvaluationFormItem[]): string[] {
  const questions = questionsOf(items);
  const conditional: Conditional[] = [
    ...sectionsOf(items).map(({ RefId, Enablement, Items }) => ({ RefId, Enablement, own: questionsOf(Items) })),
    ...questions.map((question) => ({ RefId: question.RefId, Enablement: question.Enablement, own: [question] })),
  ];
  return conditional.flatMap(({ RefId, Enablement, own }) => {
    if (Enablement === undefined) return [];
    const faults = [
      ...emptyFaults(Enablement.Condition),
      ...expressionsOf(Enablement.Condition)
        .filter(isOfQuestion)
        .flatMap((expression) => expressionFaults(expression, questions, own)),
    ];
    return [...new Set(faults)].map((fault) => `Items: the condition of ${RefId} ${fault}`);
  });
}

interface Conditional {
  RefId: string;
  Enablement: Enablement | undefined;
  /** The questions that the condition enables or disables. */
  own: FormQuestion[];
}

function emptyFaults({ Operands }: EnablementCondition): string[] {
  if (Operands.length === 0) return ["must have an operand"];
  return Operands.flatMap(({ Condition }) => (Condition ? emptyFaults(Condition) : []));
}

const selections: FormQuestion["QuestionType"][] = ["SINGLESELECT", "MULTISELECT"];

function expressionFaults(
  { Source, Values }: EnablementExpression,
  questions: FormQuestion[],
  own: FormQuestion[],
): string[] {
  const refId = Source.RefId ?? "";
  const source = questions.find((question) => question.RefId === refId);
  if (source === undefined) return [`is about question ${refId}, which the form does not have`];
  if (own.includes(source)) return [`must not be about question ${refId} itself`];
  const { QuestionType, NotApplicableEnabled } = source;
  if (!selections.includes(QuestionType)) {
    return [`is about question ${refId}, which is of type ${QuestionType} and not a selection`];
  }
  const optional = NotApplicableEnabled ? [`is about question ${refId}, which must not be optional then`] : [];
  const known = optionsOf(source).map((option) => option.RefId);
  const unknown = Values.map((value) => value.RefId ?? "").filter((value) => !known.includes(value));
  return [...optional, ...unknown.map((value) => `names option ${value}, which question ${refId} does not have`)];
}
