import type { ConnectBehaviour } from "../behaviour";
import { type ChosenOption, chosenOptions, optionsOf } from "../questions";
import type { EvaluationAnswerData, FormQuestion, OptionScore } from "../types";
import { Exact, sum, zero } from "./exact";

type Switches = Pick<ConnectBehaviour, "fullScore" | "bonusOption">;

const fullScore = 10;

/** Whether an answer to a question can score at all: options or ranges have scores, or points. */
export function isScorable(question: FormQuestion, mode: "scores" | "points"): boolean {
  const member = mode === "scores" ? "Score" : "PointsConfiguration";
  return scoredOptions(question).some((option) => option[member] !== undefined);
}

/** What part of its full score an answer gives, from 0 to 1. Several options add up, to 10 at most. */
export function shareOf(question: FormQuestion, value: EvaluationAnswerData | undefined, switches: Switches): Exact {
  const best = bestOf(question, scoresOf(scoredOptions(question)));
  const full = switches.fullScore === "ten" ? new Exact(fullScore) : Exact.min(fullScore, best);
  const score = Exact.min(fullScore, sum(scoresOf(chosenOptions(question, value))));
  return full.isZero() ? zero : score.div(full);
}

/** The points that an answer earns, and those that it could earn without a bonus. */
export function pointsOf(
  question: FormQuestion,
  value: EvaluationAnswerData | undefined,
  { bonusOption }: Switches,
): { earned: Exact; base: Exact } {
  const {
    MinPointValue = 0,
    MaxPointValue,
    IsBonus = false,
  } = question.ScoringConfiguration?.PointsConfiguration ?? {};
  const regular = scoredOptions(question).filter((option) => !isBonus(option));
  // Only multiple selections have a cap, and only other questions have bonus options.
  const cap = isMultiple(question) ? (MaxPointValue ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const base = Exact.min(cap, bestOf(question, regular.map(pointValue)));
  const chosen = chosenOptions(question, value);
  const extra = bonusOption === "on top" && chosen.some(isBonus) ? base : zero;
  const floor = isMultiple(question) && chosen.length > 0 ? MinPointValue : 0;
  const earned = Exact.max(floor, Exact.min(cap, sum(chosen.map(pointValue)))).plus(extra);
  return { earned, base: IsBonus ? zero : base };
}

/** The ids of the sections that an answer fails, or `wholeForm`. */
export function failuresOf(question: FormQuestion, value: EvaluationAnswerData | undefined): Set<string> {
  const failing = chosenOptions(question, value).filter(({ AutomaticFail }) => AutomaticFail);
  return new Set(
    failing.map(({ AutomaticFailConfiguration }) => AutomaticFailConfiguration?.TargetSection ?? wholeForm),
  );
}

/** In the place of a section that fails: no id is empty. */
export const wholeForm = "";

function scoredOptions(question: FormQuestion): OptionScore[] {
  return question.QuestionTypeProperties?.Numeric?.Options ?? optionsOf(question);
}

function bestOf(question: FormQuestion, values: number[]): Exact {
  return isMultiple(question) ? sum(values) : Exact.max(0, ...values);
}

function isMultiple({ QuestionType }: FormQuestion): boolean {
  return QuestionType === "MULTISELECT";
}

function isBonus({ PointsConfiguration }: ChosenOption): boolean {
  return PointsConfiguration?.IsBonus === true;
}

function pointValue({ PointsConfiguration }: ChosenOption): number {
  return PointsConfiguration?.PointValue ?? 0;
}

function scoresOf(options: ChosenOption[]): number[] {
  return options.map(({ Score = 0 }) => Score);
}
