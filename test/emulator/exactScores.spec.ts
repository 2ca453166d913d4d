import assert from "node:assert/strict";
import fc from "fast-check";
import type { EvaluationFormItem, EvaluationScore, ScoreThreshold, ScoringStrategy } from "../../emulator/src";
import { defaultBehaviour } from "../../emulator/src/behaviour";
import { scoresOf } from "../../emulator/src/connect/scoring/scores";
import { type Fraction, isZero, minus, nearestNumber, over, plus, product, toFraction } from "./fractions";

/** A question, which option answers it, and what it weighs in tenths or hundredths of a percent. */
interface Asked {
  refId: string;
  scores: number[];
  answer: number | "not applicable" | "none";
  weight: number;
}

interface Part {
  refId: string;
  weight: number;
  asked: Asked[];
  inner?: { refId: string; weight?: number; asked: Asked[] };
}

const weight = fc.tuple(fc.nat({ max: 100 }), fc.constantFrom(1, 10, 100)).map(([number, unit]) => number / unit);
const asked = fc.record({
  scores: fc.array(fc.nat({ max: 10 }), { minLength: 2, maxLength: 4 }),
  answer: fc.oneof(
    { weight: 6, arbitrary: fc.nat({ max: 1 }) },
    fc.constantFrom("not applicable" as const, "none" as const),
  ),
  weight,
});
const section = fc.record({
  weight,
  asked: fc.array(asked, { minLength: 1, maxLength: 4 }),
  inner: fc.option(
    fc.record({
      weight: fc.option(weight, { nil: undefined }),
      asked: fc.array(asked, { minLength: 1, maxLength: 3 }),
    }),
    { nil: undefined },
  ),
});
const form: fc.Arbitrary<Part[]> = fc.array(section, { minLength: 1, maxLength: 4 }).map((sections) =>
  sections.map(({ inner, ...part }, at) => ({
    ...part,
    refId: `s${at}`,
    asked: part.asked.map((question, index) => ({ ...question, refId: `q${at}.${index}` })),
    ...(inner && {
      inner: {
        refId: `i${at}`,
        asked: inner.asked.map((question, index) => ({ ...question, refId: `q${at}.i${index}` })),
        ...(inner.weight === undefined ? {} : { weight: inner.weight }),
      },
    }),
  })),
);

type Mode = ScoringStrategy["Mode"];

/** What an item could earn, and what it earned. */
interface Earning {
  base: Fraction;
  earned: Fraction;
  /** That of a question, which has one without any weight, too. */
  percentage?: Fraction;
}

interface Expected {
  percentage?: Fraction;
  weight?: Fraction;
}

/** The percentages and weights in fractions, by item; "" is the form. What does not count has neither. */
function expected(parts: Part[], mode: Mode): Map<string, Expected> {
  const earnings = new Map<string, Earning | undefined>();
  const note = (refId: string, earning: Earning | undefined) => {
    earnings.set(refId, earning);
    return earning;
  };
  const together = (refId: string, inside: (Earning | undefined)[]) => {
    const counting = inside.filter((earning) => earning !== undefined);
    return note(refId, counting.length === 0 ? undefined : counting.reduce(sumOf, nothing));
  };
  const questions = (asked: Asked[], share: Fraction) =>
    asked.map((question) => note(question.refId, earningOf(question, mode, share)));
  const ofSection = ({ refId, weight, asked, inner }: Part) => {
    const own = toFraction(weight);
    const innerShare = inner?.weight === undefined ? undefined : shareOf(own, inner.weight);
    const rest = innerShare === undefined ? own : minus(own, innerShare);
    const sharing = asked.length + (inner && innerShare === undefined ? inner.asked.length : 0);
    const each = over(rest, toFraction(sharing));
    const eachInner = innerShare === undefined ? each : over(innerShare, toFraction(inner?.asked.length ?? 1));
    const inside = inner && together(inner.refId, questions(inner.asked, eachInner));
    return together(refId, [...questions(asked, each), inside]);
  };
  const form = together("", parts.map(ofSection));
  return new Map([...earnings].map(([refId, earning]) => [refId, earning && form ? expectedOf(earning, form) : {}]));
}

/** What a question earns: its weight, or points. `share` is what it weighs if sections have the weights. */
function earningOf({ scores, answer, weight }: Asked, mode: Mode, share: Fraction): Earning | undefined {
  if (answer === "not applicable") return undefined;
  const score = toFraction(answer === "none" ? 0 : (scores[answer] ?? 0));
  if (mode === "POINTS_BASED") return { base: toFraction(Math.max(...scores)), earned: score };
  const base = mode === "SECTION_ONLY" ? share : toFraction(weight);
  return { base, earned: over(product(base, score), toFraction(10)), percentage: product(score, toFraction(10)) };
}

function expectedOf({ base, earned, percentage }: Earning, form: Earning): Expected {
  const inPercent = percentage ?? (isZero(base) ? undefined : over(percent(earned), base));
  return {
    weight: isZero(form.base) ? form.base : over(percent(base), form.base),
    ...(inPercent && { percentage: inPercent }),
  };
}

const all = ({ asked, inner }: Part): Asked[] => [...asked, ...(inner?.asked ?? [])];
const percent = (fraction: Fraction) => product(fraction, toFraction(100));
const shareOf = (fraction: Fraction, share: number) => over(product(fraction, toFraction(share)), toFraction(100));
const nothing: Earning = { base: toFraction(0), earned: toFraction(0) };
const sumOf = (one: Earning, other: Earning): Earning => ({
  base: plus(one.base, other.base),
  earned: plus(one.earned, other.earned),
});

/** The form for the emulator, in which each item has a category from exactly its percentage up. */
function content(parts: Part[], Mode: Mode, from: Map<string, { percentage?: Fraction }>) {
  const thresholds = (refId: string): ScoreThreshold[] => {
    const percentage = from.get(refId)?.percentage;
    if (percentage === undefined) return [];
    return [{ PerformanceCategory: "EXCEEDS_EXPECTATIONS", MinScorePercentage: nearestNumber(percentage) }];
  };
  const option = (Score: number, at: number) => ({
    RefId: `o${at}`,
    Text: `${at}`,
    ...(Mode === "POINTS_BASED" ? { PointsConfiguration: { PointValue: Score } } : { Score }),
  });
  const question = ({ refId, scores, weight }: Asked): EvaluationFormItem => ({
    Question: {
      Title: refId,
      RefId: refId,
      QuestionType: "SINGLESELECT",
      NotApplicableEnabled: true,
      QuestionTypeProperties: { SingleSelect: { Options: scores.map(option) } },
      ScoringConfiguration: { ScoreThresholds: thresholds(refId) },
      ...(Mode === "QUESTION_ONLY" ? { Weight: weight } : {}),
    },
  });
  const weigh = (Weight: number | undefined) => (Mode === "SECTION_ONLY" && Weight !== undefined ? { Weight } : {});
  const inSection = (refId: string, weight: number | undefined, Items: EvaluationFormItem[]) => ({
    Section: { Title: refId, RefId: refId, Items, ScoreThresholds: thresholds(refId), ...weigh(weight) },
  });
  const Items = parts.map(({ refId, weight, asked, inner }) =>
    inSection(refId, weight, [
      ...asked.map(question),
      ...(inner ? [inSection(inner.refId, inner.weight, inner.asked.map(question))] : []),
    ]),
  );
  const ScoringStrategy = { Mode, Status: "ENABLED" as const, ScoreThresholds: thresholds("") };
  return { Title: "Any", Items, ScoringStrategy };
}

const answersOf = (parts: Part[]) =>
  Object.fromEntries(
    parts.flatMap(all).flatMap(({ refId, answer }) => {
      if (answer === "none") return [];
      const Value = answer === "not applicable" ? { NotApplicable: true } : { StringValue: `o${answer}` };
      return [[refId, { Value }]];
    }),
  );

describe("scores in fractions", () => {
  for (const mode of ["QUESTION_ONLY", "SECTION_ONLY", "POINTS_BASED"] as const) {
    it(`are the scores of 1,000 random forms, without a category missed or anything above 100: ${mode}`, () => {
      let categories = 0;
      fc.assert(
        fc.property(form, (parts) => {
          const fractions = expected(parts, mode);
          const { score, scores } = scoresOf(content(parts, mode, fractions), answersOf(parts), defaultBehaviour());
          const found = new Map<string, EvaluationScore>([["", score ?? {}], ...Object.entries(scores ?? {})]);
          for (const [refId, { percentage, weight }] of fractions) {
            const { Percentage, AppliedWeight, PerformanceCategory } = found.get(refId) ?? {};
            assert.equal(Percentage, percentage && nearestNumber(percentage), refId);
            assert.equal(PerformanceCategory, percentage && "EXCEEDS_EXPECTATIONS", refId);
            assert.ok((Percentage ?? 0) <= 100 && (AppliedWeight ?? 0) <= 100, refId);
            if (mode !== "POINTS_BASED" && refId !== "") {
              assert.equal(AppliedWeight, weight && nearestNumber(weight), `weight of ${refId}`);
            }
            categories += percentage ? 1 : 0;
          }
        }),
        { numRuns: 1000 },
      );
      assert.ok(categories > 5000, `${categories} categories`);
    });
  }
});
