import assert from "node:assert/strict";
import {
  DescribeContactEvaluationCommand,
  type EvaluationAnswerData,
  type EvaluationScore,
  SubmitContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import fc from "fast-check";
import {
  type EvaluationFormItem,
  type FormQuestion,
  type FormSection,
  type OptionScore,
  type ScoringStrategy,
  switches,
} from "../../emulator/src";
import { defaultBehaviour } from "../../emulator/src/behaviour";
import { scoresOf } from "../../emulator/src/connect/scoring/scores";
import { worldForEach } from "./world";

type Answers = Record<string, EvaluationAnswerData>;

const byQuestion: ScoringStrategy = { Mode: "QUESTION_ONLY", Status: "ENABLED" };
const bySection: ScoringStrategy = { Mode: "SECTION_ONLY", Status: "ENABLED" };
const byPoints: ScoringStrategy = { Mode: "POINTS_BASED", Status: "ENABLED" };

const options = (of: Record<string, OptionScore>) =>
  Object.entries(of).map(([Text, option]) => ({ Text, RefId: `o-${Text}`, ...option }));
const select = (RefId: string, of: Record<string, OptionScore>, more: Partial<FormQuestion> = {}) => ({
  Question: {
    Title: RefId,
    RefId,
    QuestionType: "SINGLESELECT" as const,
    NotApplicableEnabled: true,
    QuestionTypeProperties: { SingleSelect: { Options: options(of) } },
    ...more,
  },
});
const multi = (RefId: string, of: Record<string, OptionScore>, more: Partial<FormQuestion> = {}) =>
  select(RefId, of, {
    QuestionType: "MULTISELECT",
    QuestionTypeProperties: { MultiSelect: { Options: options(of) } },
    ...more,
  });
const section = (RefId: string, Items: EvaluationFormItem[], more: Partial<FormSection> = {}) => ({
  Section: { Title: RefId, RefId, Items, ...more },
});
const text = (RefId: string): EvaluationFormItem => ({ Question: { Title: RefId, RefId, QuestionType: "TEXT" } });

const A1 = { StringValue: "A1" };
const A2 = { StringValue: "A2" };
const A3 = { StringValue: "A3" };
const none = { NotApplicable: true };
const scores = { A1: { Score: 10 }, A2: { Score: 5 }, A3: { Score: 0 } };
const flags = { NotApplicable: false, AutomaticFail: false };
const outside = { NotApplicable: true, AutomaticFail: false };

describe("the score of a submitted evaluation", () => {
  const world = worldForEach();

  /** Submits answers to a form. "": the overall score. */
  const scored = async (
    items: EvaluationFormItem[],
    scoringStrategy: ScoringStrategy | undefined,
    answers: Answers,
  ) => {
    const { emulator, client, instanceId, start } = world();
    const form = emulator.addEvaluationForm(instanceId, { items, ...(scoringStrategy && { scoringStrategy }) });
    const started = await start({ EvaluationFormId: form.evaluationFormId });
    const Answers = Object.fromEntries(Object.entries(answers).map(([question, Value]) => [question, { Value }]));
    await client.send(new SubmitContactEvaluationCommand({ ...started, Answers }));
    const { Evaluation } = await client.send(new DescribeContactEvaluationCommand(started));
    const overall = Evaluation?.Metadata?.Score;
    return new Map<string, EvaluationScore>([
      ...(overall ? [["", overall] as const] : []),
      ...Object.entries(Evaluation?.Scores ?? {}),
    ]);
  };
  const percentages = async (...form: Parameters<typeof scored>) =>
    Object.fromEntries([...(await scored(...form))].map(([refId, { Percentage }]) => [refId, Percentage]));

  describe("with weights of questions", () => {
    const items = [
      section("s", [
        select("q1", scores, { Weight: 40 }),
        select("q2", scores, { Weight: 20 }),
        select("q3", scores, { Weight: 20 }),
        select("q4", scores, { Weight: 20 }),
      ]),
    ];

    // The worked example of AWS's page on scoring and weights.
    it("is 60 % in AWS's example", async () => {
      const result = await scored(items, byQuestion, { q1: A1, q2: A2, q3: A2, q4: A3 });
      assert.deepEqual(result.get(""), { Percentage: 60, ...flags });
      assert.deepEqual(Object.fromEntries(result), {
        "": { Percentage: 60, ...flags },
        s: { Percentage: 60, AppliedWeight: 100, ...flags },
        q1: { Percentage: 100, AppliedWeight: 40, ...flags },
        q2: { Percentage: 50, AppliedWeight: 20, ...flags },
        q3: { Percentage: 50, AppliedWeight: 20, ...flags },
        q4: { Percentage: 0, AppliedWeight: 20, ...flags },
      });
    });

    it("is 75 % in AWS's example with a question that is not applicable: its weight is redistributed", async () => {
      const result = await scored(items, byQuestion, { q1: A1, q2: A2, q3: A2, q4: none });
      assert.equal(result.get("")?.Percentage, 75);
      const weights = ["s", "q1", "q2", "q3"].map((refId) => result.get(refId)?.AppliedWeight);
      assert.deepEqual(weights, [100, 50, 25, 25]);
      assert.deepEqual(result.get("q4"), outside);
    });

    // The form and the answers of AWS's example of an output file.
    it("is 100 % in AWS's example of an exported evaluation, where a text does not count", async () => {
      const [yes, no] = [
        { Yes: { Score: 10 }, No: { Score: 0 } },
        { Yes: { Score: 0 }, No: { Score: 10 } },
      ];
      const rate = { MinValue: 1, MaxValue: 10, Options: [{ MinValue: 1, MaxValue: 10, Score: 10 }] };
      const number = select("rate", {}, { QuestionType: "NUMERIC", QuestionTypeProperties: { Numeric: rate } });
      const exported = [
        section("s1a1b58d6", [
          section("s46661c49", [number, select("introduced", yes), select("promoted", no), text("outcome")]),
        ]),
      ];
      const answers = {
        rate: none,
        introduced: { StringValue: "Yes" },
        promoted: { StringValue: "No" },
        outcome: { StringValue: "Example answer text" },
      };
      const result = await scored(exported, byQuestion, answers);
      for (const refId of ["", "s1a1b58d6", "s46661c49", "introduced", "promoted"]) {
        assert.equal(result.get(refId)?.Percentage, 100, refId);
      }
      assert.deepEqual([result.get("rate"), result.get("outcome")], [outside, outside]);
    });

    it("weighs questions alike if none has a weight", async () => {
      const unweighted = [section("s", [select("q1", scores), select("q2", scores)])];
      assert.equal((await percentages(unweighted, byQuestion, { q1: A1, q2: A3 }))[""], 50);
    });

    it("has no weight, but a percentage, for a question of weight 0", async () => {
      const free = [section("s", [select("q1", scores, { Weight: 100 }), select("q2", scores, { Weight: 0 })])];
      const result = await scored(free, byQuestion, { q1: A1, q2: A2 });
      assert.equal(result.get("")?.Percentage, 100);
      assert.deepEqual(result.get("q2"), { Percentage: 50, AppliedWeight: 0, ...flags });
    });

    it("leaves questions and sections out that are excluded, and texts", async () => {
      const partly = [
        section("s", [
          select("q1", scores, { Weight: 50 }),
          select("q2", scores, { Weight: 25, ScoringConfiguration: { IsExcludedFromScoring: true } }),
          text("t"),
        ]),
        section("x", [section("y", [select("q3", scores, { Weight: 25 })])], { IsExcludedFromScoring: true }),
      ];
      const answers = { q1: A2, q2: A1, q3: A1, t: { StringValue: "warm" } };
      const result = await scored(partly, byQuestion, answers);
      assert.equal(result.get("")?.Percentage, 50);
      assert.equal(result.get("q1")?.AppliedWeight, 100);
      for (const refId of ["q2", "t", "x", "y", "q3"]) assert.deepEqual(result.get(refId), outside, refId);
    });

    it("is not applicable if nothing is", async () => {
      const result = await scored(items, byQuestion, { q1: none, q2: none, q3: none, q4: none });
      assert.deepEqual([result.get(""), result.get("s")], [outside, outside]);
    });

    it("counts an unanswered question as zero, or not at all when so switched", async () => {
      assert.equal((await percentages(items, byQuestion, { q1: A1 }))[""], 40);
      world().emulator.behaviour.unansweredScore = "not applicable";
      const result = await scored(items, byQuestion, { q1: A1 });
      assert.deepEqual([result.get("")?.Percentage, result.get("q2")], [100, outside]);
    });

    it("takes the score of a question as a share of ten, or of its best option when so switched", async () => {
      const modest = [section("s", [select("q", { A1: { Score: 5 }, A2: { Score: 2 } }, { Weight: 100 })])];
      assert.equal((await percentages(modest, byQuestion, { q: A2 }))[""], 20);
      world().emulator.behaviour.fullScore = "best option";
      assert.equal((await percentages(modest, byQuestion, { q: A2 }))[""], 40);
    });

    it("adds the options of a multiple selection up to ten", async () => {
      const many = [section("s", [multi("q", { A1: { Score: 4 }, A2: { Score: 5 }, A3: { Score: 6 } })])];
      const chosen = (...StringValues: string[]) => percentages(many, byQuestion, { q: { StringValues } });
      assert.equal((await chosen("A1", "o-A2"))[""], 90);
      assert.equal((await chosen("A1", "A2", "A3"))[""], 100);
      assert.equal((await chosen())[""], 0);
    });

    it("finds the range of a number", async () => {
      const ranges = [
        { MinValue: 0, MaxValue: 0, Score: 10 },
        { MinValue: 1, MaxValue: 4, Score: 5 },
        { MinValue: 5, MaxValue: 10, Score: 1 },
      ];
      const Numeric = { MinValue: 0, MaxValue: 10, Options: ranges };
      const number = select("q", {}, { QuestionType: "NUMERIC", QuestionTypeProperties: { Numeric } });
      const of = async (NumericValue: number) =>
        (await percentages([section("s", [number])], byQuestion, { q: { NumericValue } }))[""];
      assert.deepEqual([await of(0), await of(1), await of(4), await of(10), await of(4.5)], [100, 50, 50, 10, 0]);
    });
  });

  describe("with weights of sections", () => {
    const items = [
      section("a", [select("a1", scores), select("a2", scores)], { Weight: 60 }),
      section("b", [select("b1", scores), text("b2")], { Weight: 40 }),
    ];

    it("weighs the questions of a section alike", async () => {
      const result = await scored(items, bySection, { a1: A1, a2: A3, b1: A2 });
      assert.deepEqual(
        ["", "a", "b"].map((refId) => result.get(refId)?.Percentage),
        [50, 50, 50],
      );
      const weights = ["a", "a1", "a2", "b", "b1"].map((refId) => result.get(refId)?.AppliedWeight);
      assert.deepEqual(weights, [60, 30, 30, 40, 40]);
    });

    it("redistributes over the form, or within the section when so switched", async () => {
      const weights = async (answers: Answers) => {
        const result = await scored(items, bySection, answers);
        return ["a", "b"].map((refId) => result.get(refId)?.AppliedWeight);
      };
      assert.deepEqual(await weights({ a1: A1, a2: none, b1: A2 }), [300 / 7, 400 / 7]);
      world().emulator.behaviour.notApplicableWeight = "within the section";
      assert.deepEqual(await weights({ a1: A1, a2: none, b1: A2 }), [60, 40]);
      assert.deepEqual(await weights({ a1: A1, a2: A1, b1: none }), [100, undefined]);
    });

    it("weighs subsections as shares of the section, or of the form when so switched", async () => {
      const nested = (inner: number) => [
        section("a", [section("aa", [select("q1", scores)], { Weight: inner }), select("q2", scores)], { Weight: 60 }),
        section("b", [section("bb", [select("q3", scores), select("q4", scores)])], { Weight: 40 }),
      ];
      const answers = { q1: A1, q2: A3, q3: A1, q4: A3 };
      const weights = async (inner: number) => {
        const result = await scored(nested(inner), bySection, answers);
        return ["aa", "q2", "bb", "q3"].map((refId) => result.get(refId)?.AppliedWeight);
      };
      assert.deepEqual(await weights(75), [45, 15, 40, 20]);
      world().emulator.behaviour.subsectionWeight = "form";
      assert.deepEqual(await weights(45), [45, 15, 40, 20]);
    });
  });

  describe("with an automatic fail", () => {
    const form = (failing: OptionScore) => [
      section("outer", [
        section("inner", [
          select("q1", { A1: { Score: 8, AutomaticFail: true, ...failing }, A2: { Score: 10 } }, { Weight: 25 }),
          select("q2", scores, { Weight: 25 }),
        ]),
        select("q3", scores, { Weight: 25 }),
      ]),
      section("other", [select("q4", scores, { Weight: 25 })]),
    ];
    const answers = { q1: A1, q2: A1, q3: A1, q4: A1 };
    const failedOf = (result: Map<string, EvaluationScore>) =>
      [...result].flatMap(([refId, { AutomaticFail }]) => (AutomaticFail ? [refId] : [])).sort();

    it("is 0 for the form, and flags the question and all above it", async () => {
      const result = await scored(form({}), byQuestion, answers);
      assert.deepEqual(result.get(""), { Percentage: 0, NotApplicable: false, AutomaticFail: true });
      assert.deepEqual(failedOf(result), ["", "inner", "outer", "q1"]);
      assert.deepEqual([result.get("inner")?.Percentage, result.get("q1")?.Percentage], [90, 80]);
      assert.deepEqual(failedOf(await scored(form({}), byQuestion, { ...answers, q1: A2 })), []);
    });

    it("is 0 for the section that it aims at, which then counts as 0", async () => {
      const aimed = { AutomaticFailConfiguration: { TargetSection: "inner" } };
      const result = await scored(form(aimed), byQuestion, answers);
      const all = Object.fromEntries([...result].map(([refId, { Percentage }]) => [refId, Percentage]));
      assert.deepEqual(all, { "": 50, outer: 100 / 3, inner: 0, q1: 80, q2: 100, q3: 100, other: 100, q4: 100 });
      assert.deepEqual(failedOf(result), ["", "inner", "outer", "q1"]);
    });

    it("is 0 for everything from the question up to there when so switched", async () => {
      world().emulator.behaviour.automaticFailZero = "path";
      const all = await percentages(form({}), byQuestion, answers);
      assert.deepEqual(all, { "": 0, outer: 0, inner: 0, q1: 0, q2: 100, q3: 100, other: 100, q4: 100 });
    });

    it("happens by points and by any of several options, too", async () => {
      const fail = { AutomaticFail: true, PointsConfiguration: { PointValue: 5 } };
      const items = [section("s", [multi("q1", { A1: { PointsConfiguration: { PointValue: 5 } }, A2: fail })])];
      const result = await scored(items, byPoints, { q1: { StringValues: ["A1", "A2"] } });
      assert.deepEqual(result.get(""), {
        Percentage: 0,
        NotApplicable: false,
        AutomaticFail: true,
        EarnedPoints: 0,
        MaxBasePoint: 10,
      });
    });
  });

  describe("by points", () => {
    const points = (PointValue: number, IsBonus?: boolean) => ({
      PointsConfiguration: { PointValue, ...(IsBonus === undefined ? {} : { IsBonus }) },
    });
    const worth = { A1: points(30), A2: points(10), A3: points(0) };
    const earned = (score: EvaluationScore | undefined) => [
      score?.EarnedPoints,
      score?.MaxBasePoint,
      score?.Percentage,
      score?.AppliedWeight,
    ];

    it("is what was earned of what could be, without what is excluded or not applicable", async () => {
      const items = [
        section("a", [select("q1", worth), select("q2", worth)]),
        section("b", [select("q3", worth, { ScoringConfiguration: { IsExcludedFromScoring: true } }), text("t")]),
        section("c", [multi("q4", worth), select("q5", worth)]),
      ];
      const answers = { q1: A1, q2: A2, q3: A3, q4: { StringValues: ["A1", "A2"] }, q5: none };
      const result = await scored(items, byPoints, answers);
      assert.deepEqual(earned(result.get("")), [80, 100, 80, undefined]);
      assert.deepEqual(earned(result.get("a")), [40, 60, 200 / 3, undefined]);
      assert.deepEqual(earned(result.get("q2")), [10, 30, 100 / 3, undefined]);
      assert.deepEqual([result.get("b"), result.get("q5")], [outside, outside]);
    });

    it("caps a multiple selection", async () => {
      const cap = { ScoringConfiguration: { PointsConfiguration: { MaxPointValue: 35, MinPointValue: 5 } } };
      const items = [section("s", [multi("q", worth, cap)])];
      const all = await scored(items, byPoints, { q: { StringValues: ["A1", "A2"] } });
      assert.deepEqual(earned(all.get("q")), [35, 35, 100, undefined]);
      const least = await scored(items, byPoints, { q: { StringValues: ["A3"] } });
      assert.deepEqual(earned(least.get("q")).slice(0, 2), [5, 35]);
      assert.deepEqual(earned((await scored(items, byPoints, {})).get("q")).slice(0, 2), [0, 35]);
      const single = [
        section("s", [select("q", worth, { ScoringConfiguration: { PointsConfiguration: { MaxPointValue: 20 } } })]),
      ];
      assert.deepEqual(earned((await scored(single, byPoints, { q: A1 })).get("q")).slice(0, 2), [30, 30]);
    });

    it("adds a bonus question to what was earned only", async () => {
      const bonus = { ScoringConfiguration: { PointsConfiguration: { IsBonus: true } } };
      const items = [section("s", [select("q1", worth), select("q2", worth, bonus)])];
      const result = await scored(items, byPoints, { q1: A1, q2: A2 });
      assert.deepEqual(earned(result.get("")), [40, 30, 400 / 3, undefined]);
      assert.deepEqual(earned(result.get("q2")), [10, 0, undefined, undefined]);
      world().emulator.behaviour.bonusPercentage = "capped";
      assert.deepEqual(earned((await scored(items, byPoints, { q1: A1, q2: A2 })).get("")).slice(0, 3), [40, 30, 100]);
    });

    it("earns the points of a bonus option on top of the best other one, or alone when so switched", async () => {
      const items = [section("s", [select("q", { A1: points(40, true), A2: points(30) })])];
      assert.deepEqual(earned((await scored(items, byPoints, { q: A1 })).get("")).slice(0, 2), [70, 30]);
      assert.deepEqual(earned((await scored(items, byPoints, { q: A2 })).get("")).slice(0, 2), [30, 30]);
      world().emulator.behaviour.bonusOption = "its points";
      assert.deepEqual(earned((await scored(items, byPoints, { q: A1 })).get("")).slice(0, 2), [40, 30]);
    });
  });

  it("has a category at each level that has thresholds of its own", async () => {
    const thresholds = (low: number, high: number) => [
      { PerformanceCategory: "NEEDS_IMPROVEMENT" as const, MaxScorePercentage: low },
      { PerformanceCategory: "EXCEEDS_EXPECTATIONS" as const, MinScorePercentage: high },
    ];
    const items = [
      section("s", [select("q1", scores, { ScoringConfiguration: { ScoreThresholds: thresholds(40, 100) } })], {
        ScoreThresholds: thresholds(50, 90),
      }),
      section("t", [select("q2", scores)]),
    ];
    const categories = async (answers: Answers) => {
      const strategy = { ...byQuestion, ScoreThresholds: thresholds(10, 75) };
      const result = await scored(items, strategy, answers);
      return ["", "s", "q1", "t", "q2"].map((refId) => result.get(refId)?.PerformanceCategory);
    };
    const [good, bad, plain] = ["EXCEEDS_EXPECTATIONS", "NEEDS_IMPROVEMENT", undefined];
    assert.deepEqual(await categories({ q1: A1, q2: A2 }), [good, good, good, plain, plain]);
    assert.deepEqual(await categories({ q1: A2, q2: A2 }), [plain, bad, plain, plain, plain]);
    assert.deepEqual(await categories({ q1: A3, q2: A3 }), [bad, bad, bad, plain, plain]);
    assert.deepEqual(await categories({ q1: none, q2: A3 }), [bad, plain, plain, plain, plain]);
  });

  it("leaves a conditional question out that the answers disable, which needs no answer then", async () => {
    const condition = {
      Action: "ENABLE" as const,
      Condition: {
        Operands: [
          {
            Expression: {
              Source: { Type: "QUESTION_REF_ID" as const, RefId: "q1" },
              Values: [{ Type: "OPTION_REF_ID" as const, RefId: "o-A1" }],
              Comparator: "IN" as const,
            },
          },
        ],
      },
    };
    const follow = { Enablement: condition, NotApplicableEnabled: false };
    const items = [section("s", [select("q1", scores), select("q2", scores, follow)])];
    world().emulator.behaviour.unansweredQuestions = "refused";
    const without = await scored(items, byQuestion, { q1: A2 });
    assert.deepEqual([without.get("")?.Percentage, without.get("q2")], [50, outside]);
    await assert.rejects(scored(items, byQuestion, { q1: A1 }), /q2/);
    assert.equal((await scored(items, byQuestion, { q1: A1, q2: A3 })).get("")?.Percentage, 50);
  });

  it("leaves the questions of a conditional section out that the answers disable", async () => {
    const Condition = {
      Operands: [
        {
          Expression: {
            Source: { Type: "QUESTION_REF_ID" as const, RefId: "q1" },
            Values: [{ Type: "OPTION_REF_ID" as const, RefId: "o-A1" }],
            Comparator: "IN" as const,
          },
        },
      ],
    };
    const Enablement = { Action: "ENABLE" as const, Condition };
    const needed = { NotApplicableEnabled: false };
    const items = [
      section("s", [select("q1", scores)]),
      section("t", [section("u", [select("q2", scores, needed)])], { Enablement }),
    ];
    world().emulator.behaviour.unansweredQuestions = "refused";
    const without = await scored(items, byQuestion, { q1: A2 });
    assert.equal(without.get("")?.Percentage, 50);
    for (const refId of ["t", "u", "q2"]) assert.deepEqual(without.get(refId), outside, refId);
    await assert.rejects(scored(items, byQuestion, { q1: A1 }), /q2/);
    assert.equal((await scored(items, byQuestion, { q1: A1, q2: A3 })).get("")?.Percentage, 50);
  });

  it("omits flags that are false when so switched", async () => {
    world().emulator.behaviour.falseFlags = "omitted";
    const items = [section("s", [select("q1", scores), select("q2", scores)])];
    const result = await scored(items, byQuestion, { q1: A1, q2: none });
    assert.deepEqual(result.get(""), { Percentage: 100 });
    assert.deepEqual(result.get("q2"), { NotApplicable: true });
  });

  it("is missing if the form does not score", async () => {
    const items = [section("s", [select("q1", scores)])];
    for (const strategy of [undefined, { ...byQuestion, Status: "DISABLED" as const }]) {
      assert.deepEqual(await scored(items, strategy, { q1: A1 }), new Map());
    }
  });

  it("is missing from reads for a while when so switched, also after a resubmission", async () => {
    const { emulator, client, start } = world();
    const at = new Date("2026-01-01T00:00:00Z");
    emulator.behaviour.now = () => at;
    emulator.behaviour.scoreDelayMs = 3000;
    const started = await start();
    const read = async () => {
      const { Evaluation } = await client.send(new DescribeContactEvaluationCommand(started));
      return [
        Evaluation?.Status,
        Evaluation?.Metadata?.Score?.Percentage,
        Object.keys(Evaluation?.Scores ?? {}).length,
      ];
    };
    const submit = (Value: EvaluationAnswerData) =>
      client.send(new SubmitContactEvaluationCommand({ ...started, Answers: { q1: { Value } } }));
    await submit({ StringValue: "Yes" });
    emulator.advance(2999);
    assert.deepEqual(await read(), ["SUBMITTED", undefined, 0]);
    emulator.advance(1);
    assert.deepEqual(await read(), ["SUBMITTED", 60, 4]);
    await submit({ StringValue: "No" });
    assert.deepEqual(await read(), ["SUBMITTED", undefined, 0]);
    emulator.advance(3000);
    assert.deepEqual(await read(), ["SUBMITTED", 0, 4]);
  });

  it("is given for what Connect and other people submit, too", async () => {
    const { emulator, start } = world();
    emulator.behaviour.automatedSubmission = "automated";
    emulator.behaviour.automatedAnswers = { q1: { StringValue: "Yes" } };
    emulator.behaviour.suggestionsIn = "Value";
    const { arn } = await start({ AutoEvaluationConfiguration: { Enabled: true } });
    assert.equal(emulator.evaluation(arn)?.score?.Percentage, 60);
    emulator.someone.answers(arn, { q2: { NumericValue: 8 } });
    emulator.someone.submits(arn);
    assert.equal(emulator.evaluation(arn)?.score?.Percentage, 100);
  });
});

describe("any score", () => {
  const share = fc.nat({ max: 10 });
  const question = (RefId: string) =>
    fc
      .record({
        weight: fc.option(share, { nil: undefined }),
        scores: fc.array(share, { minLength: 2, maxLength: 3 }),
        isExcluded: fc.boolean(),
        isMultiple: fc.boolean(),
      })
      .map(({ weight, scores: [a = 0, b = 0, c = 0], isExcluded, isMultiple }) =>
        (isMultiple ? multi : select)(
          RefId,
          { A1: { Score: a }, A2: { Score: b }, A3: { Score: c } },
          {
            ...(weight === undefined ? {} : { Weight: weight }),
            ScoringConfiguration: { IsExcludedFromScoring: isExcluded },
          },
        ),
      );
  const weighed = (RefId: string, items: EvaluationFormItem[]) =>
    fc
      .option(fc.nat({ max: 100 }), { nil: undefined })
      .map((Weight) => section(RefId, items, Weight === undefined ? {} : { Weight }));
  const form = fc.tuple(...["q1", "q2", "q3", "q4"].map(question)).chain(([q1, q2, q3, q4]) =>
    fc.tuple(
      weighed(
        "inner",
        [q2, q3].filter((item) => item !== undefined),
      ).chain((inner) => weighed("outer", q1 ? [q1, inner] : [inner])),
      weighed("other", q4 ? [q4] : []),
    ),
  );
  const answer = fc.constantFrom<EvaluationAnswerData | undefined>(A1, A2, none, undefined);
  const answers = fc.record({ q1: answer, q2: answer, q3: answer, q4: answer });
  const behaviour = fc
    .record({
      unansweredScore: fc.constantFrom(...switches.unansweredScore.positions),
      notApplicableWeight: fc.constantFrom(...switches.notApplicableWeight.positions),
      subsectionWeight: fc.constantFrom(...switches.subsectionWeight.positions),
      fullScore: fc.constantFrom(...switches.fullScore.positions),
    })
    .map((changes) => ({ ...defaultBehaviour(), ...changes }));

  it("is from 0 to 100, of weights that add up to 100, and the mean of the questions by their weights", () => {
    fc.assert(
      fc.property(
        form,
        fc.constantFrom(byQuestion, bySection),
        answers,
        behaviour,
        (Items, strategy, given, positions) => {
          const stored = Object.entries(given).flatMap(([refId, Value]) =>
            Value ? [[refId, { Value }] as const] : [],
          );
          const content = { Title: "Any", Items, ScoringStrategy: strategy };
          const { score, scores: all = {} } = scoresOf(content, Object.fromEntries(stored), positions);
          const questions = ["q1", "q2", "q3", "q4"]
            .map((refId) => all[refId])
            .filter((found) => !found?.NotApplicable);
          assert.equal(score?.NotApplicable, questions.length === 0);
          const total = questions.reduce((sum, found) => sum + (found?.AppliedWeight ?? 0), 0);
          assert.ok(Math.abs(total - 100) < 1e-9 || total === 0, `weights of ${total}`);
          for (const { Percentage = 0 } of Object.values(all)) assert.ok(Percentage >= 0 && Percentage <= 100 + 1e-9);
          if (total === 0) return assert.equal(score?.Percentage, undefined);
          const mean = questions.reduce(
            (sum, found) => sum + ((found?.Percentage ?? 0) * (found?.AppliedWeight ?? 0)) / 100,
            0,
          );
          assert.ok(Math.abs((score?.Percentage ?? 0) - mean) < 1e-9, `${score?.Percentage} is not ${mean}`);
        },
      ),
      { numRuns: 500 },
    );
  });
});
