import type { ConnectBehaviour } from "../behaviour";
import { type ChosenOption, chosenOptions, optionsOf } from "../questions";
import type { EvaluationAnswerData, FormQuestion, OptionScore } from "../types";

type Switches = Pick<ConnectBehaviour, "fullScore" | "bonusOption">;

const fullScore = 10;

/** Whether an answer to a question can score at all: options or ranges have scores, or points. */
export function isScorable(question: FormQuestion, mode: "scores" | "points"): boolean {
  const member = mode === "scores" ? "Score" : "PointsConfiguration";
  return scoredOptions(question).some((option) => option[member] !== undefined);
}

/** What part of its full score an answer gives, from 0 to 1. Several options add up, to 10 at most. */
export function shareOf(question: FormQuestion, value: EvaluationAnswerData | undefined, switches: Switches): number {
  const full =
    switches.fullScore === "ten" ? fullScore : Math.min(fullScore, bestOf(question, scoresOf(scoredOptions(question))));
  const score = Math.min(fullScore, sum(scoresOf(chosenOptions(question, value))));
  return full === 0 ? 0 : score / full;
}

/** The points that an answer earns, and those that it could earn without a bonus. */
export function pointsOf(
  question: FormQuestion,
  value: EvaluationAnswerData | undefined,
  { bonusOption }: Switches,
): { earned: number; base: number } {
  const {
    MinPointValue = 0,
    MaxPointValue,
    IsBonus = false,
  } = question.ScoringConfiguration?.PointsConfiguration ?? {};
  const regular = scoredOptions(question).filter((option) => !isBonus(option));
  // Only multiple selections have a cap, and only other questions have bonus options.
  const cap = isMultiple(question) ? (MaxPointValue ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const base = Math.min(cap, bestOf(question, regular.map(pointValue)));
  const chosen = chosenOptions(question, value);
  const extra = bonusOption === "on top" && chosen.some(isBonus) ? base : 0;
  const floor = isMultiple(question) && chosen.length > 0 ? MinPointValue : 0;
  const earned = Math.max(floor, Math.min(cap, sum(chosen.map(pointValue)))) + extra;
  return { earned, base: IsBonus ? 0 : base };
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

function bestOf(question: FormQuestion, values: number[]): number {
  return isMultiple(question) ? sum(values) : Math.max(0, ...values);
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

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
