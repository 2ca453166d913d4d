import type { ConnectBehaviour } from "../behaviour";
import { enabledQuestions } from "../enablement";
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
import { failuresOf, isScorable, pointsOf, shareOf, wholeForm } from "./answers";
import { appliedWeights, type Part } from "./weights";

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
    const base = weights.get(question.RefId) ?? 0;
    const sums = isByPoints ? pointsOf(question, value, behaviour) : { earned: share * base, base };
    // A question without weight has a percentage all the same.
    const percentage = isByPoints ? {} : { percentage: 100 * share };
    const tally = { ...sums, ...percentage, applies: true, failed: false, fails: failuresOf(question, value) };
    return closedAt(tally, undefined, behaviour);
  };
  const ofSection = ({ Items, RefId }: FormSection): Tally => closedAt(sumOf(Items.map(ofItem)), RefId, behaviour);
  const ofItem = ({ Section, Question }: EvaluationFormItem): Tally => {
    const item = Section ?? Question;
    if (item === undefined) return nothing;
    const tally = Section ? ofSection(Section) : Question ? ofQuestion(Question) : nothing;
    const thresholds = Section ? Section.ScoreThresholds : Question?.ScoringConfiguration?.ScoreThresholds;
    scores.push([item.RefId, { ...scoreOf(tally, thresholds, isByPoints, behaviour), ...weightOf(tally) }]);
    return tally;
  };
  const weightOf = ({ applies, base }: Tally) => (isByPoints || !applies ? {} : { AppliedWeight: base });

  const overall = closedAt(sumOf(Items.map(ofItem)), wholeForm, behaviour);
  return {
    score: scoreOf(overall, strategy.ScoreThresholds, isByPoints, behaviour),
    scores: Object.fromEntries(scores),
  };
}

/** What an item earned, and what it failed. */
interface Tally {
  earned: number;
  base: number;
  /** Its percentage, if it does not follow from the sums. */
  percentage?: number;
  applies: boolean;
  /** Whether it, or an item in it, got an automatic-fail answer. */
  failed: boolean;
  /** The sections above, or the form, that it still has to fail. */
  fails: Set<string>;
}

const nothing: Tally = { earned: 0, base: 0, applies: false, failed: false, fails: new Set() };

function sumOf(tallies: Tally[]): Tally {
  return tallies.reduce(
    (sum, { earned, base, applies, failed, fails }) => ({
      earned: sum.earned + earned,
      base: sum.base + base,
      applies: sum.applies || applies,
      failed: sum.failed || failed,
      fails: new Set([...sum.fails, ...fails]),
    }),
    nothing,
  );
}

/** Applies the automatic fails inside an item; those of the item itself end here, and whatever is left at the form. */
function closedAt(tally: Tally, refId: string | undefined, { automaticFailZero }: ConnectBehaviour): Tally {
  const { fails } = tally;
  const isScope = refId === wholeForm ? fails.size > 0 : refId !== undefined && fails.has(refId);
  const isZero = isScope || (automaticFailZero === "path" && fails.size > 0);
  return {
    ...tally,
    ...(isZero ? { earned: 0, ...(tally.percentage === undefined ? {} : { percentage: 0 }) } : {}),
    failed: tally.failed || fails.size > 0,
    fails: new Set([...fails].filter((scope) => scope !== refId)),
  };
}

function partsOf(
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

function includedQuestions(items: EvaluationFormItem[]): FormQuestion[] {
  return items.flatMap(({ Section, Question }) => {
    if (Section) return Section.IsExcludedFromScoring ? [] : includedQuestions(Section.Items);
    return Question && !Question.ScoringConfiguration?.IsExcludedFromScoring ? [Question] : [];
  });
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
  const exact = percentage ?? (base === 0 ? undefined : (100 * earned) / base);
  const Percentage = exact === undefined || bonusPercentage === "above 100" ? exact : Math.min(100, exact);
  const category = Percentage === undefined ? undefined : categoryOf(Percentage, thresholds);
  return {
    ...(Percentage === undefined ? {} : { Percentage }),
    ...flag("NotApplicable", false),
    ...flag("AutomaticFail", failed),
    ...(isByPoints ? { EarnedPoints: earned, MaxBasePoint: base } : {}),
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
