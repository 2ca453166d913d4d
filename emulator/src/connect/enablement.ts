import { chosenOptions, questionsOf } from "./questions";
import type {
  Enablement,
  EnablementCondition,
  EnablementExpression,
  EvaluationAnswerOutput,
  EvaluationFormItem,
  FormQuestion,
} from "./types";

type Answers = Record<string, EvaluationAnswerOutput>;

/** The questions that the answers so far leave in the form: conditional questions and sections come and go. */
export function enabledQuestions(items: EvaluationFormItem[], answers: Answers): FormQuestion[] {
  const chosen: Chosen = new Map(questionsOf(items).map((question) => [question.RefId, chosenIds(question, answers)]));
  return enabledOf(items, chosen);
}

/** The expressions of a condition, those of the conditions in it included. */
export function expressionsOf({ Operands }: EnablementCondition): EnablementExpression[] {
  return Operands.flatMap(({ Expression, Condition }) => [
    ...(Expression ? [Expression] : []),
    ...(Condition ? expressionsOf(Condition) : []),
  ]);
}

/** Whether an expression is about the answer to another question, and not about the contact. */
export function isOfQuestion({ Source }: EnablementExpression): boolean {
  return Source.Type === "QUESTION_REF_ID";
}

type Chosen = Map<string, string[]>;

function enabledOf(items: EvaluationFormItem[], chosen: Chosen): FormQuestion[] {
  return items.flatMap(({ Section, Question }) => {
    if (Question) return isEnabled(Question.Enablement, chosen) ? [Question] : [];
    return Section && isEnabled(Section.Enablement, chosen) ? enabledOf(Section.Items, chosen) : [];
  });
}

function isEnabled(enablement: Enablement | undefined, chosen: Chosen): boolean {
  if (enablement === undefined) return true;
  const { Condition, Action, DefaultAction = Action === "ENABLE" ? "DISABLE" : "ENABLE" } = enablement;
  // AWS takes the default where a source cannot be resolved. This Connect has no data of contacts.
  const isResolved = expressionsOf(Condition).every(isOfQuestion);
  return (isResolved && holds(Condition, chosen) ? Action : DefaultAction) === "ENABLE";
}

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
const isSame: Comparison = (chosen, values) => hasAll(chosen, values) && hasAll(values, chosen);
const never: Comparison = () => false;

const comparisons: Record<EnablementExpression["Comparator"], Comparison> = {
  IN: isAmong,
  NOT_IN: (chosen, values) => !isAmong(chosen, values),
  ALL_IN: hasAll,
  EXACT: isSame,
  EQUAL_TO: isSame,
  NOT_EQUAL_TO: (chosen, values) => !isSame(chosen, values),
  // Options have no order.
  GREATER_THAN: never,
  LESS_THAN: never,
  GREATER_THAN_OR_EQUAL_TO: never,
  LESS_THAN_OR_EQUAL_TO: never,
};

// We infer that nothing holds of a question without an answer.
function isTrue({ Source, Values, Comparator }: EnablementExpression, all: Chosen): boolean {
  const chosen = all.get(Source.RefId ?? "") ?? [];
  const values = Values.map(({ RefId = "" }) => RefId);
  return chosen.length > 0 && comparisons[Comparator](chosen, values);
}
