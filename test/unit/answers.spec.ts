import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import type { AnswerValue, Question } from "../../provider/src/connect/evaluation";
import { instantOf, means, toAnswer, toValue } from "../../provider/src/grading/answers";
import type { Answer } from "../../provider/src/shared/model";

const select: Question = {
  title: "Greeting?",
  type: "SINGLESELECT",
  allowsNotApplicable: false,
  options: [
    { refId: "g1", text: "Yes" },
    { refId: "g2", text: "No" },
    { refId: "g3", text: " Hardly " },
    { refId: "g4", text: "Caf\u00e9" },
  ],
};

describe("the type of answers", () => {
  const takes = (answers: ContactEvaluationArgs["answers"]) => assert.ok(answers);

  it("has the kinds of answers, as values and as outputs, and no others", () => {
    takes({ a: "Yes", b: 2, c: ["x"], d: { dateTime: "2026-11-20" }, e: { notApplicable: true } });
    takes({ a: ["x", "y"] as const });
    takes({ a: pulumi.output("Yes"), b: [pulumi.output("x")], c: { dateTime: pulumi.output("2026-11-20") } });
    // @ts-expect-error
    takes({ a: true });
    // @ts-expect-error
    takes({ a: [1] });
    // @ts-expect-error
    takes({ a: { notApplicable: false } });
    // @ts-expect-error
    takes({ a: { StringValue: "Yes" } });
    // @ts-expect-error
    takes(["Yes"]);
  });
});

describe("an answer", () => {
  const same: [AnswerValue | undefined, Answer][] = [
    [{ StringValue: "g1" }, "Yes"],
    [{ StringValue: "Yes" }, "g1"],
    [{ StringValue: " Yes " }, "Yes"],
    [{ StringValue: "g3" }, "Hardly"],
    [{ StringValue: "Hardly" }, " Hardly "],
    [{ NumericValue: 3 }, 3.0],
    [undefined, " "],
    [undefined, []],
    [{ StringValues: [] }, []],
    [{ StringValues: [] }, ""],
    [{ StringValue: "g4" }, "Cafe\u0301"],
    [{ StringValue: "Caf\u00e9" }, "Cafe\u0301"],
    [{ StringValues: ["Cafe\u0301", "g1"] }, ["Yes", "Caf\u00e9"]],
    [{ StringValues: ["Yes", "g1"] }, ["Yes"]],
    [{ DateTimeValue: "2026-11-20" }, { dateTime: "2026-11-20T00:00:00Z" }],
    [{ StringValue: "" }, ""],
    [{ StringValues: ["No", "g1"] }, ["Yes", "g2"]],
    [{ DateTimeValue: "2026-11-20T10:00:00.000Z" }, { dateTime: "2026-11-20T12:00:00+02:00" }],
    [{ DateTimeValue: "2026-11-20T10:00:00" }, { dateTime: "2026-11-20T10:00:00Z" }],
    [{ NotApplicable: true }, { notApplicable: true }],
  ];
  for (const [value, answer] of same) {
    it(`${JSON.stringify(value) ?? "that is missing"} means ${JSON.stringify(answer)}`, () => {
      assert.equal(means(value, answer, select), true);
    });
  }

  const other: [AnswerValue | undefined, Answer][] = [
    [undefined, "Yes"],
    [{ StringValue: "g2" }, "Yes"],
    [{ NumericValue: 3 }, 4],
    [{ NumericValue: 3 }, "3"],
    [{ StringValues: ["Yes"] }, ["Yes", "No"]],
    [{ StringValues: ["Yes"] }, "Yes"],
    [{ DateTimeValue: "2026-11-20T10:00:01Z" }, { dateTime: "2026-11-20T10:00:00Z" }],
    [{ NotApplicable: true }, "Yes"],
  ];
  for (const [value, answer] of other) {
    it(`${JSON.stringify(value) ?? "that is missing"} does not mean ${JSON.stringify(answer)}`, () => {
      assert.equal(means(value, answer, select), false);
    });
  }

  it("cannot be compared without its question where only texts differ, which may be spellings of one option", () => {
    assert.equal(means({ StringValue: "g1" }, "Yes", undefined), undefined);
    assert.equal(means({ StringValues: ["g1"] }, ["Yes"], undefined), undefined);
    assert.equal(means({ StringValue: "Yes" }, "Yes ", undefined), true);
    assert.equal(means({ NumericValue: 1 }, 2, undefined), false);
    assert.equal(means({ NumericValue: 1 }, "Yes", undefined), false);
  });

  it("is sent with its options by text or by RefId, as the service takes them", () => {
    assert.deepEqual(toValue("g1", select, "text"), { StringValue: "Yes" });
    assert.deepEqual(toValue("Yes", select, "refId"), { StringValue: "g1" });
    assert.deepEqual(toValue(["g2", "Yes"], select, "text"), { StringValues: ["No", "Yes"] });
    assert.deepEqual(toValue("g1", undefined, "text"), { StringValue: "g1" });
  });

  it("is read back as a program declares it", () => {
    for (const answer of [
      "No",
      0,
      ["Yes", "No"],
      { dateTime: "2026-11-20T10:00:00Z" },
      { notApplicable: true },
    ] as const) {
      assert.deepEqual(toAnswer(toValue(answer as Answer, select, "refId") ?? {}, select), answer);
    }
    assert.deepEqual(toAnswer({ StringValues: ["Yes", "g1"] }, select), ["Yes"]);
    assert.deepEqual(toAnswer({ DateTimeValue: "2026-11-20" }, select), { dateTime: "2026-11-20T00:00:00Z" });
    assert.equal(toAnswer({}, select), undefined);
  });

  it("has a time only where there is one on the calendar", () => {
    assert.equal(instantOf("2026-11-20"), Date.UTC(2026, 10, 20));
    assert.equal(instantOf("2028-02-29T10:00Z"), Date.UTC(2028, 1, 29, 10));
    for (const text of [
      "2026-02-30T10:00:00Z",
      "2026-13-01",
      "20 November 2026",
      "10:00",
      "",
      "2026-11-20T25:00:00Z",
    ]) {
      assert.equal(instantOf(text), undefined, text);
    }
  });
});
