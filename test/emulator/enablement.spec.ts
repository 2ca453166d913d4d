import assert from "node:assert/strict";
import type {
  Enablement,
  EnablementCondition,
  EnablementExpression,
  EvaluationAnswerData,
  EvaluationFormItem,
  FormQuestion,
} from "../../emulator/src";
import { enabledQuestions } from "../../emulator/src/connect/enablement";

const choice = (RefId: string, more: Partial<FormQuestion> = {}): { Question: FormQuestion } => ({
  Question: {
    Title: RefId,
    RefId,
    QuestionType: "MULTISELECT",
    QuestionTypeProperties: { MultiSelect: { Options: ["a", "b", "c"].map((id) => ({ RefId: id, Text: `${id}!` })) } },
    ...more,
  },
});

const expression = (source: string, Comparator: EnablementExpression["Comparator"], ...values: string[]) => ({
  Expression: {
    Source: { Type: "QUESTION_REF_ID" as const, RefId: source },
    Values: values.map((RefId) => ({ Type: "OPTION_REF_ID" as const, RefId })),
    Comparator,
  },
});

/** Whether a question is in the form, given the options chosen in the questions x and y. */
const isEnabled = (enablement: Enablement, x: string[] | undefined, y?: string[]): boolean => {
  const items = [choice("x"), choice("y"), choice("conditional", { Enablement: enablement })];
  const values = Object.entries({ x, y }).flatMap(
    ([refId, StringValues]): [string, { Value: EvaluationAnswerData }][] =>
      StringValues ? [[refId, { Value: { StringValues } }]] : [],
  );
  return enabledQuestions(items, Object.fromEntries(values)).some(({ RefId }) => RefId === "conditional");
};

describe("a conditional question", () => {
  const when = (Condition: EnablementCondition): Enablement => ({ Action: "ENABLE", Condition });

  const cases: [EnablementExpression["Comparator"], string[], Record<string, boolean>][] = [
    ["IN", ["a", "b"], { a: true, c: false, "b c": true, "": false }],
    ["NOT_IN", ["a", "b"], { a: false, c: true, "b c": false, "": false }],
    ["ALL_IN", ["a", "b"], { a: false, "a b": true, "a b c": true, "": false }],
    ["EXACT", ["a", "b"], { a: false, "a b": true, "b a": true, "a b c": false, "": false }],
    ["EQUAL_TO", ["a"], { a: true, "a b": false, b: false, "": false }],
    ["NOT_EQUAL_TO", ["a"], { a: false, "a b": true, b: true, "": false }],
    ["GREATER_THAN", ["a"], { a: false, b: false, "": false }],
    ["GREATER_THAN_OR_EQUAL_TO", ["a"], { a: false, "": false }],
    ["LESS_THAN", ["b"], { a: false, "": false }],
    ["LESS_THAN_OR_EQUAL_TO", ["a"], { a: false, "": false }],
  ];
  for (const [comparator, values, expected] of cases) {
    it(`is compared with ${comparator}, and never holds without an answer`, () => {
      const condition = when({ Operands: [expression("x", comparator, ...values)] });
      const found = Object.keys(expected).map((chosen) => [
        chosen,
        isEnabled(condition, chosen.split(" ").filter(Boolean)),
      ]);
      assert.deepEqual(Object.fromEntries(found), expected);
      assert.equal(isEnabled(condition, undefined), false);
    });
  }

  it("is known by the texts of options, too", () => {
    assert.equal(isEnabled(when({ Operands: [expression("x", "IN", "a")] }), ["a!"]), true);
  });

  it("needs all operands, or one of them, also nested ones", () => {
    const Operands = [expression("x", "IN", "a"), { Condition: { Operands: [expression("y", "IN", "b")] } }];
    const found = (["AND", "OR"] as const).map((Operator) => {
      const condition = when({ Operands, Operator });
      return [
        isEnabled(condition, ["a"], ["b"]),
        isEnabled(condition, ["a"], ["c"]),
        isEnabled(condition, ["c"], ["b"]),
      ];
    });
    assert.deepEqual(found, [
      [true, false, false],
      [true, true, true],
    ]);
  });

  it("is in the form unless it is enabled by a condition, or as the default says", () => {
    const Condition = { Operands: [expression("x", "IN", "a")] };
    const found = (enablement: Enablement) => [isEnabled(enablement, ["a"]), isEnabled(enablement, ["b"])];
    assert.deepEqual(found({ Action: "ENABLE", Condition }), [true, false]);
    assert.deepEqual(found({ Action: "DISABLE", Condition }), [false, true]);
    assert.deepEqual(found({ Action: "ENABLE", DefaultAction: "ENABLE", Condition }), [true, true]);
    assert.deepEqual(found({ Action: "DISABLE", DefaultAction: "DISABLE", Condition }), [false, false]);
  });

  it("is as the default says if its condition is about the contact, whose data is not there", () => {
    const channel = {
      Expression: {
        Source: { Type: "CONTACT" as const, ContactField: "CHANNEL" },
        Values: [{ Type: "STRING_VALUE" as const, StringValue: "VOICE" }],
        Comparator: "EQUAL_TO" as const,
      },
    };
    for (const Operands of [[channel], [expression("x", "IN", "a"), { Condition: { Operands: [channel] } }]]) {
      const Condition = { Operands, Operator: "OR" as const };
      assert.equal(isEnabled({ Action: "ENABLE", Condition }, ["a"]), false);
      assert.equal(isEnabled({ Action: "DISABLE", Condition }, ["a"]), true);
      assert.equal(isEnabled({ Action: "ENABLE", DefaultAction: "ENABLE", Condition }, ["c"]), true);
    }
  });
});

describe("a conditional section", () => {
  it("takes its questions and subsections along", () => {
    const inside = (RefId: string, Items: EvaluationFormItem[], more: object = {}): EvaluationFormItem => ({
      Section: { Title: RefId, RefId, Items, ...more },
    });
    const Enablement: Enablement = { Action: "ENABLE", Condition: { Operands: [expression("x", "IN", "a")] } };
    const items = [inside("s", [choice("x"), inside("t", [choice("y"), inside("u", [choice("z")])], { Enablement })])];
    const enabled = (...StringValues: string[]) =>
      enabledQuestions(items, { x: { Value: { StringValues } } }).map(({ RefId }) => RefId);
    assert.deepEqual(enabled("a"), ["x", "y", "z"]);
    assert.deepEqual(enabled("b"), ["x"]);
  });
});
