import assert from "node:assert/strict";
import { raw, worldForEach } from "./world";

type Json = Record<string, unknown>;

const question = (RefId: string, QuestionType: string, more: Json = {}) => ({
  Question: { Title: `${RefId}?`, RefId, QuestionType, ...more },
});
const option = (RefId: string, more: Json = {}): Json => ({ RefId, Text: `${RefId}!`, ...more });
const yesNo = [option("y"), option("n")];
const choice = (RefId: string, Options: Json[] = yesNo, more: Json = {}) =>
  question(RefId, "SINGLESELECT", { QuestionTypeProperties: { SingleSelect: { Options } }, ...more });
const many = (RefId: string, Options: Json[] = yesNo, more: Json = {}) =>
  question(RefId, "MULTISELECT", { QuestionTypeProperties: { MultiSelect: { Options } }, ...more });
const number = (RefId: string, Numeric: Json = {}, more: Json = {}) =>
  question(RefId, "NUMERIC", {
    QuestionTypeProperties: { Numeric: { MinValue: 0, MaxValue: 10, ...Numeric } },
    ...more,
  });
const section = (Items: Json[], more: Json = {}) => ({ Section: { Title: "S", RefId: "s", Items, ...more } });
const ranges = (count: number) => Array.from({ length: count }, (_, at) => ({ MinValue: at, MaxValue: at, Score: 0 }));
const thresholds = (...bounds: [number | undefined, number | undefined][]) =>
  bounds.map(([MinScorePercentage, MaxScorePercentage]) => ({
    PerformanceCategory: "NEEDS_IMPROVEMENT",
    MinScorePercentage,
    MaxScorePercentage,
  }));
const points = (PointValue: number, IsBonus = false) => ({ PointsConfiguration: { PointValue, IsBonus } });
const bonusQuestion = { ScoringConfiguration: { PointsConfiguration: { IsBonus: true } } };

const expression = (RefId: string | undefined, values: string[] = ["y"], more: Json = {}) => ({
  Expression: {
    Source: { Type: "QUESTION_REF_ID", RefId },
    Values: values.map((RefId) => ({ Type: "OPTION_REF_ID", RefId })),
    Comparator: "IN",
    ...more,
  },
});
const when = (...Operands: Json[]) => ({ Enablement: { Action: "ENABLE", Condition: { Operands } } });
const text = (more: Json = {}) => question("t", "TEXT", more);
const optional = { NotApplicableEnabled: true };
const ofContact = (more: Json) => ({
  Expression: {
    Source: { Type: "CONTACT", ContactField: "CHANNEL" },
    Values: [{ Type: "STRING_VALUE", StringValue: "VOICE" }],
    Comparator: "EQUAL_TO",
    ...more,
  },
});

describe("a form", () => {
  const world = worldForEach();

  const create = async (items: Json[], more: Json = {}) => {
    const body = JSON.stringify({ Title: "Mine", Items: items, ...more });
    const answer = await raw(world().emulator, "PUT", `/evaluation-forms/${world().instanceId}`, body);
    return { ...answer, body: JSON.parse(answer.body) };
  };

  const refused: Record<string, [what: string, items: Json[], message: RegExp, more?: Json][]> = {
    "with numbers beyond AWS's ranges": [
      [
        "a question's weight below 0",
        [section([choice("q", yesNo, { Weight: -0.1 })])],
        /Weight of question q: .*0 to 100, but is -0.1/,
      ],
      [
        "a question's weight above 100",
        [section([choice("q", yesNo, { Weight: 100.1 })])],
        /Weight of question q: .*is 100.1/,
      ],
      [
        "a section's weight below 0",
        [section([], { Weight: -1 })],
        /Weight of section s: must be from 0 to 100, but is -1/,
      ],
      ["a section's weight above 100", [section([], { Weight: 101 })], /Weight of section s: .*is 101/],
      [
        "an option's score below 0",
        [section([choice("q", [option("y", { Score: -1 }), option("n")])])],
        /a Score of question q: must be from 0 to 10, but is -1/,
      ],
      [
        "an option's score above 10",
        [section([many("q", [option("y", { Score: 11 }), option("n")])])],
        /a Score of question q: .*is 11/,
      ],
      [
        "a range's score above 10",
        [section([number("q", { Options: [{ MinValue: 0, MaxValue: 1, Score: 11 }] })])],
        /a Score of question q: .*is 11/,
      ],
      [
        "points above 100",
        [section([choice("q", [option("y", points(101)), option("n")])])],
        /PointValue: must be <= 100/,
      ],
      [
        "eleven ranges",
        [section([number("q", { Options: ranges(11) })])],
        /1 to 10 ranges of question q, but there are 11/,
      ],
      [
        "no range in a list of ranges",
        [section([number("q", { Options: [] })])],
        /1 to 10 ranges of question q, but there are 0/,
      ],
      [
        "a choice of several among one",
        [section([many("q", [option("y")])])],
        /2 to 256 options of question q, but there are 1/,
      ],
      [
        "a threshold above 100",
        [section([])],
        /NEEDS_IMPROVEMENT of the form: must be from 0 to 100, but is 101/,
        {
          ScoringStrategy: { Mode: "QUESTION_ONLY", Status: "ENABLED", ScoreThresholds: thresholds([undefined, 101]) },
        },
      ],
    ],
    "with ranges and limits upside down": [
      [
        "the limits of a number",
        [section([number("q", { MinValue: 5, MaxValue: 4 })])],
        /the values of question q: must not go from 5 down to 4/,
      ],
      [
        "a range of a number",
        [section([number("q", { Options: [{ MinValue: 3, MaxValue: 2 }] })])],
        /a range of question q: must not go from 3 down to 2/,
      ],
      [
        "the limits of points",
        [
          section([
            many("q", yesNo, { ScoringConfiguration: { PointsConfiguration: { MinPointValue: 6, MaxPointValue: 5 } } }),
          ]),
        ],
        /the points of question q: must not go from 6 down to 5/,
      ],
      [
        "a threshold of a section",
        [section([], { ScoreThresholds: thresholds([60, 50]) })],
        /NEEDS_IMPROVEMENT of section s: must not go from 60 down to 50/,
      ],
      [
        "a threshold of a question",
        [section([choice("q", yesNo, { ScoringConfiguration: { ScoreThresholds: thresholds([2, 1]) } })])],
        /NEEDS_IMPROVEMENT of question q: must not go from 2 down to 1/,
      ],
    ],
    "with options that cannot be told apart": [
      [
        "one RefId twice",
        [section([choice("q", [option("y"), option("y", { Text: "other" })])])],
        /the option RefId y must be unique in question q/,
      ],
      [
        "one text twice",
        [section([many("q", [option("y"), option("z", { Text: "y!" })])])],
        /the option Text y! must be unique in question q/,
      ],
      [
        "a RefId of 41 characters",
        [section([choice("q", [option("y".repeat(41)), option("n")])])],
        /1 to 40 characters, but has 41/,
      ],
    ],
    "with properties of another type of question": [
      [
        "a text with options",
        [section([text({ QuestionTypeProperties: { SingleSelect: { Options: yesNo } } })])],
        /question t of type TEXT must not have SingleSelect properties/,
      ],
      [
        "a date with a range",
        [section([question("d", "DATETIME", { QuestionTypeProperties: { Numeric: { MinValue: 0, MaxValue: 1 } } })])],
        /question d of type DATETIME must not have Numeric properties/,
      ],
      [
        "a choice of one with those of several",
        [section([question("q", "SINGLESELECT", { QuestionTypeProperties: { MultiSelect: { Options: yesNo } } })])],
        /question q needs QuestionTypeProperties.SingleSelect; .*must not have MultiSelect/,
      ],
    ],
    "with a condition": [
      [
        "on a question that is not there",
        [section([choice("q"), text(when(expression("x")))])],
        /the condition of t is about question x, which the form does not have/,
      ],
      [
        "on a question without a name",
        [section([choice("q"), text(when(expression(undefined)))])],
        /the condition of t is about question , which the form/,
      ],
      [
        "on an option that is not there",
        [section([choice("q"), text(when(expression("q", ["y", "x"])))])],
        /the condition of t names option x, which question q does not have/,
      ],
      [
        "on an option by its text",
        [section([choice("q"), text(when(expression("q", ["y!"])))])],
        /the condition of t names option y!/,
      ],
      [
        "on a text question",
        [section([text(), choice("q", yesNo, when(expression("t")))])],
        /the condition of q is about question t, which is of type TEXT/,
      ],
      [
        "on a number",
        [section([number("n"), text(when(expression("n")))])],
        /the condition of t is about question n, which is of type NUMERIC/,
      ],
      [
        "on an optional question",
        [section([choice("q", yesNo, optional), text(when(expression("q")))])],
        /the condition of t is about question q, which must not be optional/,
      ],
      [
        "on the question itself",
        [section([choice("q", yesNo, when(expression("q")))])],
        /the condition of q must not be about question q itself/,
      ],
      [
        "on a question in the section itself",
        [section([choice("q")], when(expression("q")))],
        /the condition of s must not be about question q itself/,
      ],
      ["without operands", [section([text(when())])], /the condition of t must have an operand/],
      [
        "with a wrong one inside",
        [
          section([
            choice("q"),
            text(when({ Condition: { Operands: [expression("q"), { Condition: { Operands: [expression("x")] } }] } })),
          ]),
        ],
        /the condition of t is about question x/,
      ],
    ],
    "with a bonus": [
      [
        "whose option fails",
        [section([choice("q", [option("y", { ...points(5, true), AutomaticFail: true }), option("n")])])],
        /a bonus option of question q must not have AutomaticFail/,
      ],
      [
        "whose question fails",
        [section([choice("q", [option("y", { ...points(5), AutomaticFail: true }), option("n")], bonusQuestion)])],
        /the bonus question q must not have AutomaticFail/,
      ],
      [
        "among several options",
        [section([many("q", [option("y", points(5, true)), option("n")])])],
        /question q of type MULTISELECT must not have a bonus option/,
      ],
    ],
  };
  for (const [why, cases] of Object.entries(refused)) {
    describe(`is refused ${why}:`, () => {
      for (const [what, items, message, more] of cases) {
        it(what, async () => {
          const { status, headers, body } = await create(items, more);
          assert.deepEqual([status, headers["x-amzn-errortype"]], [400, "InvalidParameterException"]);
          assert.match(body.Message, message);
        });
      }
    });
  }

  const taken: [what: string, items: Json[], more?: Json][] = [
    [
      "weights and scores at the ends of their ranges",
      [section([choice("q", [option("y", { Score: 10 }), option("n", { Score: 0 })], { Weight: 0 })], { Weight: 100 })],
    ],
    [
      "ten ranges, and limits that are one number",
      [section([number("q", { MinValue: 4, MaxValue: 4, Options: ranges(10) })])],
    ],
    ["options of two questions with the same RefIds and texts", [section([choice("q"), many("r")])]],
    ["a text with properties of its own", [section([text({ QuestionTypeProperties: { Text: {} } })])]],
    [
      "a condition on a selection that is not optional",
      [section([choice("q"), many("r", yesNo, { ...optional, ...when(expression("q")) })])],
    ],
    [
      "a section with a condition on a question of another one",
      [
        section([choice("q")]),
        { Section: { Title: "T", RefId: "t", Items: [text({ RefId: "u" })], ...when(expression("q")) } },
      ],
    ],
    ["a condition on the contact", [section([text(when(ofContact({})))])]],
    [
      "a bonus option and a bonus question",
      [
        section([
          choice("q", [option("y", points(5, true)), option("n", points(3))]),
          number("r", { Options: [{ MinValue: 0, MaxValue: 1, ...points(1, true) }] }),
          choice("t", yesNo, bonusQuestion),
        ]),
      ],
    ],
    [
      "an automatic fail beside a bonus option",
      [section([choice("q", [option("y", points(5, true)), option("n", { ...points(3), AutomaticFail: true })])])],
    ],
  ];
  for (const [what, items, more] of taken) {
    it(`is taken with ${what}`, async () => {
      const { status, body } = await create(items, more);
      assert.equal(status, 200, JSON.stringify(body));
      const path = `/evaluation-forms/${world().instanceId}/${body.EvaluationFormId}`;
      const { EvaluationForm } = JSON.parse((await raw(world().emulator, "GET", path)).body);
      assert.deepEqual(EvaluationForm.Items, items);
    });
  }

  it("is not active before it is without faults, however it came there", async () => {
    const { emulator, instanceId } = world();
    const wrong = JSON.parse(JSON.stringify([section([choice("q", yesNo, { Weight: 101 })])]));
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId, { items: wrong, activate: false });
    const path = `/evaluation-forms/${instanceId}/${evaluationFormId}/activate`;
    const answer = await raw(emulator, "POST", path, JSON.stringify({ EvaluationFormVersion: 1 }));
    assert.deepEqual([answer.status, answer.headers["x-amzn-errortype"]], [400, "InvalidParameterException"]);
  });

  it("may have null in the place of what is optional, as if it were not there", async () => {
    const nothing = { Instructions: null, Weight: null, Enablement: null };
    const items = [
      {
        Section: { Title: "S", RefId: "s", ...nothing, Items: [{ Section: null, ...text(nothing) }] },
        Question: null,
      },
    ];
    const { status, body } = await create(items, { Description: null, ScoringStrategy: null, Tags: null });
    assert.equal(status, 200, JSON.stringify(body));
    const path = `/evaluation-forms/${world().instanceId}/${body.EvaluationFormId}`;
    const { EvaluationForm } = JSON.parse((await raw(world().emulator, "GET", path)).body);
    assert.deepEqual(EvaluationForm.Items, [section([text()])]);
    assert.ok(!Object.hasOwn(EvaluationForm, "Description"));
  });

  it("may not have null where something is required, nor in a list or a map", async () => {
    const cases: [Json[], Json, RegExp][] = [
      [[section([])], { Title: null }, /^Title: is required/],
      [[section([{ Section: null, Question: null }])], {}, /^Items\.0\.Section\.Items\.0: must have exactly one of/],
      [[section([null as unknown as Json])], {}, /^Items\.0\.Section\.Items\.0: must have exactly one of/],
      [[section([])], { Tags: { a: null } }, /^Tags\.a: must be string/],
    ];
    for (const [items, more, message] of cases) {
      const { status, body } = await create(items, more);
      assert.equal(status, 400);
      assert.match(body.Message, message);
    }
  });
});
