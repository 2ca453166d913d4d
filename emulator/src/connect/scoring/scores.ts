import type { ConnectBehaviour } from "../behaviour";
import type { Evaluation } from "../store";
import type {
  EvaluationFormContent,
  EvaluationFormItem,
  EvaluationScore,
  FormQuestion,
  FormSection,
  PerformanceCategory,
  ScoreThreshold,
} from "../types";
import { failuresOf, pointsOf, shareOf, wholeForm } from "./answers";
import { hundred, zero } from "./exact";
import { partsOf } from "./parts";
import { closedAt, nothing, sumOf, type Tally } from "./tally";
import { appliedWeights } from "./weights";

/** The scores of an evaluation: the overall one, and those of the sections and questions. */
export type Scores = Pick<Evaluation, "score" | "scores">;

/**
 * Scores answers. An item earns a part of what it could earn, and a section or the form what its items earn together:
 * points, or else percent of the form, so that what a question could earn is its weight.
 */
export function scoresOf(
  form: EvaluationFormContent,
  answers: Evaluation["answers"],
  behaviour: ConnectBehaviour,
): Scores {
  const { ScoringStrategy: strategy, Items } = form;
  if (strategy?.Status !== "ENABLED") return {};
  const isByPoints = strategy.Mode === "POINTS_BASED";
  const partOf = partsOf(Items, answers, isByPoints, behaviour);
  const weights = appliedWeights(Items, strategy.Mode, partOf, behaviour);
  const scores: [string, EvaluationScore][] = [];

  const ofQuestion = (question: FormQuestion): Tally => {
    if (partOf(question) !== "counts") return nothing;
    const value = answers[question.RefId]?.Value;
    const share = shareOf(question, value, behaviour);
    const base = weights.get(question.RefId) ?? zero;
    const sums = isByPoints ? pointsOf(question, value, behaviour) : { earned: share.times(base), base };
    // A question without weight has a percentage all the same.
    const percentage = isByPoints ? {} : { percentage: hundred.times(share) };
    const tally = { ...sums, ...percentage, applies: true, failed: false, fails: failuresOf(question, value) };
    return closedAt(tally, undefined, behaviour);
  };
  const ofSection = ({ Items, RefId }: FormSection): Tally => closedAt(sumOf(Items.map(ofItem)), RefId, behaviour);
  const ofItem = ({ Section, Question }: EvaluationFormItem): Tally => {
    if (Section) return noted(Section, ofSection(Section), Section.ScoreThresholds);
    return Question ? noted(Question, ofQuestion(Question), Question.ScoringConfiguration?.ScoreThresholds) : nothing;
  };
  const noted = ({ RefId }: { RefId: string }, tally: Tally, thresholds: ScoreThreshold[] | undefined): Tally => {
    const weight = isByPoints || !tally.applies ? {} : { AppliedWeight: tally.base.toNumber() };
    scores.push([RefId, { ...scoreOf(tally, thresholds, isByPoints, behaviour), ...weight }]);
    return tally;
  };

  const overall = closedAt(sumOf(Items.map(ofItem)), wholeForm, behaviour);
  return {
    score: scoreOf(overall, strategy.ScoreThresholds, isByPoints, behaviour),
    scores: Object.fromEntries(scores),
  };
}

function scoreOf(
  { applies, failed, earned, base, percentage }: Tally,
  thresholds: ScoreThreshold[] | undefined,
  isByPoints: boolean,
  { falseFlags, bonusPercentage }: ConnectBehaviour,
): EvaluationScore {
  const flag = <Name extends string>(name: Name, value: boolean) =>
    value || falseFlags === "sent" ? { [name]: value } : {};
  if (!applies) return { NotApplicable: true, ...flag("AutomaticFail", false) };
  const exact = (percentage ?? (base.isZero() ? undefined : hundred.times(earned).div(base)))?.toNumber();
  const Percentage = exact === undefined || bonusPercentage === "above 100" ? exact : Math.min(100, exact);
  const category = Percentage === undefined ? undefined : categoryOf(Percentage, thresholds);
  return {
    ...(Percentage === undefined ? {} : { Percentage }),
    ...flag("NotApplicable", false),
    ...flag("AutomaticFail", failed),
    ...(isByPoints ? { EarnedPoints: earned.toNumber(), MaxBasePoint: base.toNumber() } : {}),
    ...(category === undefined ? {} : { PerformanceCategory: category }),
  };
}

// We infer that both bounds belong to the category.
function categoryOf(percentage: number, thresholds: ScoreThreshold[] = []): PerformanceCategory | undefined {
  return thresholds.find(
    ({ MinScorePercentage = 0, MaxScorePercentage = Number.POSITIVE_INFINITY }) =>
      percentage >= MinScorePercentage && percentage <= MaxScorePercentage,
  )?.PerformanceCategory;
}
