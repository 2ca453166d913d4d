import assert from "node:assert/strict";
import fc from "fast-check";
import { ContactEvaluation } from "pulumi-connect-evaluations";
import ts from "typescript";
import type { AnswerValue, Evaluation, Form, GivenAnswer } from "../../provider/src/connect/evaluation";
import { DECLARED_SOURCE, PROVIDER_SOURCE } from "../../provider/src/dynamic/providerSource";
import { gradesOf } from "../../provider/src/importFile/grades";
import { importFileOf, type NamedEvaluation, nameEach, programOf } from "../../provider/src/importFile/importFile";
import type { Inputs } from "../../provider/src/shared/model";
import { checkInputs } from "../../provider/src/verbs/check";
import { changesBetween } from "../../provider/src/verbs/diff";
import { inputsOf } from "../../provider/src/verbs/state";

const ROOT = "arn:aws:connect:eu-central-1:123456789012:instance/i";

const described = (facts: Partial<Evaluation> = {}): Evaluation => ({
  evaluationArn: `${ROOT}/contact-evaluation/${facts.evaluationId ?? "11112222-3333"}`,
  evaluationId: "11112222-3333",
  instanceId: "i",
  contactId: "c",
  evaluationFormId: "f",
  status: "DRAFT",
  createdTime: "2030-01-01T00:00:00.000Z",
  lastModifiedTime: "2030-01-01T00:00:00.000Z",
  answers: {},
  notes: {},
  ...facts,
});

/** Text that would break out of a literal, of a line or of a template, or hide in it. */
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ...["__proto__", "constructor", "aws:x", '"});', "\\", "${", "*/", "\n", "\u2028", "\u202e", "\u{e0041}"],
    ...["\ud800", "\0", "\x7f", "\ufeff", "</script>", "a b", "1", "", "toString"],
  ),
);

const value: fc.Arbitrary<AnswerValue> = fc.oneof(
  hostile.map((StringValue) => ({ StringValue })),
  fc.array(hostile).map((StringValues) => ({ StringValues })),
  // A source file has no way to tell -0 from 0, and no answer means it.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ NumericValue: value + 0 })),
  fc.constantFrom({ DateTimeValue: "2030-01-01T00:00:00+02:00" }, { NotApplicable: true }),
);

const answers = fc.dictionary(
  hostile,
  value.map((given): GivenAnswer => ({ value: given, suggestions: [] })),
  { noNullPrototype: true },
);

const evaluations = fc.uniqueArray(
  fc
    .record(
      {
        evaluationId: fc.oneof(fc.uuid(), hostile),
        contactId: hostile,
        evaluationFormId: hostile,
        autoEvaluationEnabled: fc.boolean(),
        tags: fc.dictionary(hostile, hostile, { noNullPrototype: true }),
        score: fc.record({ percentage: fc.nat(100) }, { noNullPrototype: true }),
        status: fc.constantFrom("DRAFT", "SUBMITTED", "UNDER_REVIEW"),
        answers,
        notes: fc.dictionary(hostile, hostile, { noNullPrototype: true }),
      },
      { requiredKeys: ["evaluationId", "contactId", "evaluationFormId", "status", "answers", "notes"] },
    )
    .map(described),
  { selector: ({ evaluationId }) => evaluationId, maxLength: 5 },
);

const graded = (all: readonly Evaluation[]) =>
  nameEach(all).map((named) => ({ ...named, grades: gradesOf(named.evaluation) }));

describe("the program for evaluations that exist", () => {
  it("is written as a person would", () => {
    const tags = { purpose: "calibration", "cost centre": "4 711", "aws:owner": "x" };
    const named = nameEach([described({ autoEvaluationEnabled: false, tags }), described({ evaluationId: "4" })]);
    assert.equal(
      programOf(named),
      `import { ContactEvaluation } from "pulumi-connect-evaluations";

new ContactEvaluation("evaluation-11112222", {
  instanceId: "i",
  contactId: "c",
  evaluationFormId: "f",
  autoEvaluationConfiguration: {
    enabled: false,
  },
  tags: {
    "cost centre": "4 711",
    purpose: "calibration",
  },
});

new ContactEvaluation("evaluation-4", {
  instanceId: "i",
  contactId: "c",
  evaluationFormId: "f",
});
`,
    );
  });

  it("declares the same values, whatever is in them", () => {
    fc.assert(
      fc.property(evaluations, (all) => {
        const named = nameEach(all);
        const program = Buffer.from(programOf(named), "utf8").toString();
        assert.doesNotMatch(program.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        assert.deepEqual(
          run(program),
          named.map(({ name, evaluation }) => [name, inputsOf(evaluation)]),
        );
      }),
    );
  });

  it("declares the same answers and notes, whatever is in them", () => {
    fc.assert(
      fc.property(evaluations, (all) => {
        const named = graded(all);
        assert.deepEqual(
          run(Buffer.from(programOf(named), "utf8").toString()),
          named.map(({ name, evaluation, grades }) => [name, { ...inputsOf(evaluation), ...grades }]),
        );
      }),
    );
  });
});

/** Compiles the program, which must be without a fault, and tells what it declares. */
function run(program: string): unknown[] {
  const { outputText, diagnostics } = ts.transpileModule(program, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  assert.deepEqual(diagnostics, []);
  const declared: unknown[] = [];
  class Recorder {
    constructor(name: string, args: unknown) {
      declared.push([name, args]);
    }
  }
  new Function("exports", "require", outputText)({}, () => ({ ContactEvaluation: Recorder }));
  return declared;
}

function isAsDeclared(named: readonly NamedEvaluation[]): void {
  const { resources } = importFileOf(named);
  assert.deepEqual(JSON.parse(JSON.stringify(resources)), resources);
  const declared = run(programOf(named)) as [string, Inputs][];
  for (const [index, { inputs, outputs }] of resources.entries()) {
    const checked = checkInputs({ ...declared[index]?.[1] }, {});
    const faulty = checked.faults
      .map(({ property }) => property)
      .filter((property) => /^(answers|notes)/.test(property));
    assert.deepEqual(faulty, []);
    const news = { ...checked.inputs, __key: "key" };
    for (const olds of [inputs, outputs]) {
      assert.deepEqual(changesBetween({ ...olds }, news, "eu-central-1"), { replace: [], update: [] });
    }
  }
}

describe("the import file", () => {
  it("has the resource's type, the ARN as the id, and the provider in inputs and outputs", () => {
    const evaluation = described({ status: "SUBMITTED", score: { percentage: 90 }, tags: { a: "1" } });
    const { evaluationArn, createdTime, lastModifiedTime } = evaluation;
    const inputs = {
      instanceId: "i",
      contactId: "c",
      evaluationFormId: "f",
      tags: { a: "1" },
      __provider: DECLARED_SOURCE,
      __key: "",
    };
    const outputs = {
      ...inputs,
      __provider: PROVIDER_SOURCE,
      evaluationId: "11112222-3333",
      evaluationArn,
      status: "SUBMITTED",
      score: { percentage: 90 },
      createdTime,
      lastModifiedTime,
    };
    const type = ContactEvaluation.__pulumiType;
    assert.deepEqual(importFileOf(nameEach([evaluation])), {
      resources: [{ type, name: "evaluation-11112222", id: evaluationArn, inputs, outputs }],
    });
  });

  it("is plain JSON, and differs in nothing from what the program declares", () => {
    fc.assert(
      fc.property(evaluations, (all) => {
        for (const named of [nameEach(all), graded(all)]) isAsDeclared(named);
      }),
    );
  });

  it("leaves out tags that are AWS's own, and the property where no other is left", () => {
    assert.equal("tags" in inputsOf(described({ tags: { "aws:x": "1" } })), false);
    assert.equal("tags" in inputsOf(described({ tags: {} })), false);
    assert.equal("autoEvaluationConfiguration" in inputsOf(described()), false);
  });
});

describe("the answers and notes that a program declares for an evaluation", () => {
  const options = [
    { refId: "o1", text: "Billing" },
    { refId: "o2", text: "Refund" },
  ];
  const select = { title: "?", type: "SINGLESELECT", allowsNotApplicable: true, options };
  const form: Form = {
    title: "Grading",
    version: 1,
    isActive: true,
    isScored: true,
    questions: { single: select, multi: { ...select, type: "MULTISELECT" } },
    sections: [],
  };
  const given = (value: AnswerValue, ...suggestions: AnswerValue[]) => ({ value, suggestions });
  const evaluation = described({
    status: "SUBMITTED",
    answers: {
      single: given({ StringValue: "o1" }),
      multi: given({ StringValues: ["Billing", "o2"] }),
      text: given({ StringValue: "o1" }),
      number: given({ NumericValue: 2.5 }),
      time: given({ DateTimeValue: "2030-01-01T00:00:00Z" }),
      none: given({ NotApplicable: true }),
      corrected: given({ NumericValue: 2 }, { NumericValue: 1 }),
      suggested: given({ NumericValue: 1 }, { NumericValue: 1 }),
      proposed: { suggestions: [{ NumericValue: 1 }] },
      ofNewKind: given({}),
      tooLong: given({ StringValue: "x".repeat(301) }),
    },
    notes: { single: "Warm." },
  });

  it("are spelled by the options' texts, and leave out what Connect suggested and what no program can declare", () => {
    const declared = {
      multi: ["Billing", "Refund"],
      text: "o1",
      number: 2.5,
      time: { dateTime: "2030-01-01T00:00:00Z" },
      none: { notApplicable: true },
      corrected: 2,
    };
    const notes = { single: "Warm." };
    assert.deepEqual(gradesOf(evaluation, form), { answers: { single: "Billing", ...declared }, notes, submit: true });
    const unspelled = { ...declared, single: "o1", multi: ["Billing", "o2"] };
    assert.deepEqual(gradesOf(evaluation), { answers: unspelled, notes, submit: true });
  });

  it("are none where there are none, and submit nothing in a review", () => {
    assert.deepEqual(gradesOf(described()), {});
    for (const status of ["REVIEW_REQUESTED", "UNDER_REVIEW"]) assert.deepEqual(gradesOf(described({ status })), {});
  });

  it("are written as a person would", () => {
    const [named] = nameEach([evaluation]);
    assert.ok(named);
    const grades = gradesOf(evaluation, form);
    assert.match(
      programOf([{ ...named, grades }]),
      /answers: \{\n {4}single: "Billing",\n {4}multi: \["Billing", "Refund"\],\n[\s\S]*notes: \{\n[\s\S]*submit: true,\n\}\);\n$/,
    );
  });
});

describe("the names of resources for evaluations that exist", () => {
  const names = (ids: readonly string[], prefix?: string) =>
    nameEach(
      ids.map((evaluationId) => described({ evaluationId })),
      prefix,
    ).map(({ name }) => name);

  it("are short, and longer where two would be one", () => {
    assert.deepEqual(names(["aaaaaaaa-1", "aaaaaaaa-2", "bbbbbbbb-1"], "round-"), [
      "round-aaaaaaaa-1",
      "round-aaaaaaaa-2",
      "round-bbbbbbbb",
    ]);
  });

  it("are never two evaluations' own, and do not depend on the order", () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[ab]{1,10}$/), { maxLength: 30 });
    fc.assert(
      fc.property(ids, (all) => {
        assert.deepEqual(names(all.toReversed()).toReversed(), names(all));
        assert.equal(new Set(names(all)).size, all.length);
      }),
    );
  });
});
