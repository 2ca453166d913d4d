import type { ConnectBehaviour } from "../behaviour";
import { questionsOf } from "../questions";
import type { EvaluationFormItem, FormQuestion, ScoringStrategy } from "../types";

type Switches = Pick<ConnectBehaviour, "notApplicableWeight" | "subsectionWeight">;

/** What a question does in a score: it counts, it could but does not apply, or it never counts. */
export type Part = "counts" | "not applicable" | "never";

/**
 * The weights of the questions that count, in percent. They add up to 100: the weight of a question that does not
 * apply is redistributed in proportion.
 */
export function appliedWeights(
  items: EvaluationFormItem[],
  mode: ScoringStrategy["Mode"],
  partOf: (question: FormQuestion) => Part,
  switches: Switches,
): Map<string, number> {
  const given = mode === "SECTION_ONLY" ? bySection(items, partOf, switches) : byQuestion(items);
  const counting = questionsOf(items).filter((question) => partOf(question) === "counts");
  const weights = counting.map(({ RefId }): [string, number] => [RefId, given.get(RefId) ?? 0]);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map(weights.map(([refId, weight]) => [refId, total === 0 ? 0 : (100 * weight) / total]));
}

// A form without any weight weighs its questions alike.
function byQuestion(items: EvaluationFormItem[]): Map<string, number> {
  const questions = questionsOf(items);
  const isWeighted = questions.some(({ Weight }) => Weight !== undefined);
  return new Map(questions.map(({ RefId, Weight }) => [RefId, isWeighted ? (Weight ?? 0) : 1]));
}

function bySection(
  items: EvaluationFormItem[],
  partOf: (question: FormQuestion) => Part,
  { notApplicableWeight, subsectionWeight }: Switches,
): Map<string, number> {
  const weights = new Map<string, number>();
  const sharing = notApplicableWeight === "over the form" ? ["counts", "not applicable"] : ["counts"];
  const distribute = (inside: EvaluationFormItem[], weight: number) => {
    let rest = weight;
    const unweighted: EvaluationFormItem[] = [];
    for (const item of inside) {
      const { Weight, Items = [] } = item.Section ?? {};
      if (Weight === undefined) unweighted.push(item);
      else {
        const own = subsectionWeight === "section" ? (weight * Weight) / 100 : Weight;
        distribute(Items, own);
        rest -= own;
      }
    }
    const questions = questionsOf(unweighted).filter((question) => sharing.includes(partOf(question)));
    for (const { RefId } of questions) weights.set(RefId, Math.max(0, rest) / questions.length);
  };
  distribute(items, 100);
  return weights;
}
