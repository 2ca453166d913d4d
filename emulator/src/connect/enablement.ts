import { chosenOptions, questionsOf } from "./questions";
import type {
  EnablementCondition,
  EnablementExpression,
  EvaluationAnswerOutput,
  EvaluationFormItem,
  FormQuestion,
} from "./types";

type Answers = Record<string, EvaluationAnswerOutput>;

/** The questions that the answers so far leave in the form: conditional ones come and go. */
export function enabledQuestions(items: EvaluationFormItem[], answers: Answers): FormQuestion[] {
  const questions = questionsOf(items);
  const chosen = new Map(questions.map((question) => [question.RefId, chosenIds(question, answers)]));
  return questions.filter(({ Enablement }) => {
    if (Enablement === undefined) return true;
    const { Condition, Action, DefaultAction = Action === "ENABLE" ? "DISABLE" : "ENABLE" } = Enablement;
    return (holds(Condition, chosen) ? Action : DefaultAction) === "ENABLE";
  });
}

type Chosen = Map<string, string[]>;

function chosenIds(question: FormQuestion, answers: Answers): string[] {
  const options = chosenOptions(question, answers[question.RefId]?.Value);
  return options.map(({ RefId }) => RefId).filter((refId) => refId !== undefined);
}

function holds({ Operands, Operator }: EnablementCondition, chosen: Chosen): boolean {
  const operands = Operands.map(({ Expression, Condition }) =>
    Expression ? isTrue(Expression, chosen) : Condition !== undefined && holds(Condition, chosen),
  );
  return Operator === "OR" ? operands.some(Boolean) : operands.every(Boolean);
}

type Comparison = (chosen: string[], values: string[]) => boolean;

const isAmong: Comparison = (chosen, values) => chosen.some((refId) => values.includes(refId));
const hasAll: Comparison = (chosen, values) => values.every((refId) => chosen.includes(refId));

const comparisons: Record<EnablementExpression["Comparator"], Comparison> = {
  IN: isAmong,
  NOT_IN: (chosen, values) => !isAmong(chosen, values),
  ALL_IN: hasAll,
  EXACT: (chosen, values) => hasAll(chosen, values) && hasAll(values, chosen),
};

// We infer that nothing holds of a question without an answer.
function isTrue({ Source, Values, Comparator }: EnablementExpression, all: Chosen): boolean {
  const chosen = all.get(Source.RefId ?? "") ?? [];
  const values = Values.map(({ RefId = "" }) => RefId);
  return chosen.length > 0 && comparisons[Comparator](chosen, values);
}
