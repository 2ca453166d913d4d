import type { ConnectBehaviour } from "../behaviour";
import { questionsOf } from "../questions";
import type { EvaluationFormItem, FormQuestion, ScoringStrategy } from "../types";
import { Exact, hundred, sum, zero } from "./exact";
import type { Part } from "./parts";

type Switches = Pick<ConnectBehaviour, "notApplicableWeight" | "subsectionWeight">;

/**
 * The weights of the questions that count, in percent. They add up to 100: the weight of a question that does not
 * apply is redistributed in proportion.
 */
export function appliedWeights(
  items: EvaluationFormItem[],
  mode: ScoringStrategy["Mode"],
  partOf: (question: FormQuestion) => Part,
  switches: Switches,
): Map<string, Exact> {
  const given = mode === "SECTION_ONLY" ? bySection(items, partOf, switches) : byQuestion(items);
  const counting = questionsOf(items).filter((question) => partOf(question) === "counts");
  const weights = counting.map(({ RefId }): [string, Exact] => [RefId, given.get(RefId) ?? zero]);
  const total = sum(weights.map(([, weight]) => weight));
  const applied = (weight: Exact) => (total.isZero() ? zero : hundred.times(weight).div(total));
  return new Map(weights.map(([refId, weight]) => [refId, applied(weight)]));
}

// A form without any weight weighs its questions alike.
function byQuestion(items: EvaluationFormItem[]): Map<string, Exact> {
  const questions = questionsOf(items);
  const isWeighted = questions.some(({ Weight }) => Weight !== undefined);
  return new Map(questions.map(({ RefId, Weight }) => [RefId, new Exact(isWeighted ? (Weight ?? 0) : 1)]));
}

function bySection(
  items: EvaluationFormItem[],
  partOf: (question: FormQuestion) => Part,
  { notApplicableWeight, subsectionWeight }: Switches,
): Map<string, Exact> {
  const weights = new Map<string, Exact>();
  const sharing = notApplicableWeight === "over the form" ? ["counts", "not applicable"] : ["counts"];
  const distribute = (inside: EvaluationFormItem[], weight: Exact) => {
    let rest = weight;
    const unweighted: EvaluationFormItem[] = [];
    for (const item of inside) {
      const { Weight, Items = [] } = item.Section ?? {};
      if (Weight === undefined) unweighted.push(item);
      else {
        const own = subsectionWeight === "section" ? weight.times(Weight).div(100) : new Exact(Weight);
        distribute(Items, own);
        rest = rest.minus(own);
      }
    }
    const questions = questionsOf(unweighted).filter((question) => sharing.includes(partOf(question)));
    for (const { RefId } of questions) weights.set(RefId, Exact.max(0, rest).div(questions.length));
  };
  distribute(items, hundred);
  return weights;
}
