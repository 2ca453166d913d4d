import assert from "node:assert/strict";
import type { EvaluationForm } from "@aws-sdk/client-connect";
import { toForm } from "../../provider/src/connect/translation";
import { faultsWith } from "../../provider/src/grading/fit";
import { inSentence } from "../../provider/src/shared/inSentence";
import type { Inputs } from "../../provider/src/shared/model";
import { EVERY_KIND, EXPERT } from "../support/forms";
import { UNKNOWN } from "./values";

const form = toForm({
  Title: "Grading",
  EvaluationFormVersion: 2,
  Status: "ACTIVE",
  Items: EVERY_KIND,
} as unknown as EvaluationForm);

const faults = (inputs: object): string[] => faultsWith(form, inputs as Inputs).map((fault) => inSentence(fault));

describe("answers and notes on a form", () => {
  it("fit as an expert gives them, an option by its text or its RefId", () => {
    assert.deepEqual(faults({ answers: EXPERT, notes: { greeting: "x", conversation: "x", afterwards: "x" } }), []);
    assert.deepEqual(
      faults({ answers: { greeting: "g2", topics: ["t1", "Other"], advice: { notApplicable: true } } }),
      [],
    );
    assert.deepEqual(faults({}), []);
  });

  it("fit where they are not known yet, at any depth", () => {
    assert.deepEqual(faults({ answers: UNKNOWN, notes: UNKNOWN }), []);
    assert.deepEqual(
      faults({ answers: { greeting: UNKNOWN, topics: ["Billing", UNKNOWN] }, notes: { greeting: UNKNOWN } }),
      [],
    );
  });

  const wrong: [what: string, inputs: object, said: string][] = [
    [
      "a question that the form does not have",
      { answers: { greting: "Yes" } },
      'answers["greting"] is not a question of the form "Grading", version 2; it has the questions greeting, holds, topics, calledBack, advice',
    ],
    [
      "a name that every object has",
      { answers: { constructor: "Yes" } },
      'answers["constructor"] is not a question of the form "Grading", version 2; it has the questions greeting, holds, topics, calledBack, advice',
    ],
    [
      "an option that does not exist",
      { answers: { greeting: "Maybe" } },
      'answers["greeting"] ("Did the agent greet the customer?") must be one of its options: Yes (g1), No (g2); got a string of 5 characters',
    ],
    [
      "a list for a single select",
      { answers: { greeting: ["Yes"] } },
      'answers["greeting"] ("Did the agent greet the customer?") must be one of its options: Yes (g1), No (g2); got a list',
    ],
    [
      "a number out of range",
      { answers: { holds: 21 } },
      'answers["holds"] ("How often was the customer on hold?") must be a number from 0 to 20; got a number',
    ],
    [
      "a text for a number",
      { answers: { holds: "2" } },
      'answers["holds"] ("How often was the customer on hold?") must be a number from 0 to 20; got a string of 1 character',
    ],
    [
      "a text for a multi select",
      { answers: { topics: "Billing" } },
      'answers["topics"] ("What was it about?") must be a list of its options, each once: Billing (t1), Refund (t2), Other (t3); got a string of 7 characters',
    ],
    [
      "an unknown option among others",
      { answers: { topics: ["Billing", "Weather"] } },
      'answers["topics"] ("What was it about?") must be a list of its options, each once: Billing (t1), Refund (t2), Other (t3); got a list',
    ],
    [
      "a text for a time",
      { answers: { calledBack: "yesterday" } },
      'answers["calledBack"] ("When was the customer called back?") must be { dateTime: "2026-11-20T10:00:00Z" }; got a string of 9 characters',
    ],
    [
      "an option that is there twice, by its text and its RefId",
      { answers: { topics: ["Billing", "t1"] } },
      'answers["topics"] ("What was it about?") must be a list of its options, each once: Billing (t1), Refund (t2), Other (t3); got a list',
    ],
    [
      "a date without a time",
      { answers: { calledBack: { dateTime: "2026-11-20" } } },
      'answers["calledBack"] ("When was the customer called back?") must be { dateTime: "2026-11-20T10:00:00Z" }; got an object',
    ],
    [
      "a text that is too long",
      { answers: { advice: "x".repeat(301) } },
      'answers["advice"] ("What should be done better?") must be a text of at most 300 characters, or { notApplicable: true }; got a string of 301 characters',
    ],
    [
      "what is no answer at all",
      { answers: { greeting: true } },
      'answers["greeting"] ("Did the agent greet the customer?") must be one of its options: Yes (g1), No (g2); got a boolean',
    ],
    [
      "not applicable where that is not allowed",
      { answers: { holds: { notApplicable: true } } },
      'answers["holds"] ("How often was the customer on hold?") must be a number from 0 to 20; got an object',
    ],
    [
      "a number for a text",
      { answers: { advice: 5 } },
      'answers["advice"] ("What should be done better?") must be a text of at most 300 characters, or { notApplicable: true }; got a number',
    ],
    [
      "a note on nothing",
      { notes: { afterward: "x" } },
      'notes["afterward"] is not a question or section of the form "Grading", version 2; it has the sections and questions conversation, afterwards, greeting, holds, topics, calledBack, advice',
    ],
    [
      "notes that are too long together",
      { notes: { greeting: "😀".repeat(3000), holds: "x".repeat(2121) } },
      "notes must be at most 5120 characters together, 1024 for each question of the form; got 5121",
    ],
  ];
  for (const [what, inputs, said] of wrong) {
    it(`do not fit with ${what}`, () => {
      assert.deepEqual(faults(inputs), [said]);
    });
  }

  it("fit with an empty list, which is no answer", () => {
    assert.deepEqual(faults({ answers: { topics: [] } }), []);
  });

  it("are compared whatever the values are, without an exception", () => {
    for (const garbage of ["x", 1, true, null, [1], { greeting: null }, { greeting: { x: 1 } }]) {
      assert.doesNotThrow(() => faults({ answers: garbage, notes: garbage }), JSON.stringify(garbage));
    }
  });

  it("are told all at once, each by its question", () => {
    assert.equal(faults({ answers: { greeting: "Maybe", holds: 21, other: 1 }, notes: { other: "x" } }).length, 4);
  });
});
