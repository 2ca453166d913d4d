import type { ConnectBehaviour } from "../behaviour";
import { enabledQuestions } from "../enablement";
import { includedQuestions } from "../questions";
import type { Evaluation } from "../store";
import type { EvaluationFormItem, FormQuestion } from "../types";
import { isScorable } from "./answers";

/** What a question does in a score: it counts, it could but does not apply, or it never counts. */
export type Part = "counts" | "not applicable" | "never";

/** What each question does in the score of these answers. */
export function partsOf(
  items: EvaluationFormItem[],
  answers: Evaluation["answers"],
  isByPoints: boolean,
  { unansweredScore }: ConnectBehaviour,
): (question: FormQuestion) => Part {
  const enabled = new Set(enabledQuestions(items, answers));
  const included = new Set(includedQuestions(items));
  return (question) => {
    if (!included.has(question) || !isScorable(question, isByPoints ? "points" : "scores")) return "never";
    const value = answers[question.RefId]?.Value;
    const isLeftOut = value === undefined ? unansweredScore === "not applicable" : value.NotApplicable === true;
    return isLeftOut || !enabled.has(question) ? "not applicable" : "counts";
  };
}
