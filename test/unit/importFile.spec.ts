import assert from "node:assert/strict";
import fc from "fast-check";
import { ContactEvaluation } from "pulumi-connect-evaluations";
import ts from "typescript";
import type { Evaluation } from "../../provider/src/connect/evaluation";
import { PROVIDER_SOURCE } from "../../provider/src/dynamic/providerSource";
import { importFileOf, nameEach, programOf } from "../../provider/src/importFile/importFile";
import { changesBetween } from "../../provider/src/lifecycle/changes";
import { checkInputs } from "../../provider/src/lifecycle/check";
import { inputsOf } from "../../provider/src/lifecycle/state";

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
      },
      { requiredKeys: ["evaluationId", "contactId", "evaluationFormId"] },
    )
    .map(described),
  { selector: ({ evaluationId }) => evaluationId, maxLength: 5 },
);

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

describe("the import file", () => {
  it("has the resource's type, the ARN as the id, and the provider in inputs and outputs", () => {
    const evaluation = described({ status: "SUBMITTED", score: { percentage: 90 }, tags: { a: "1" } });
    const { evaluationArn, createdTime, lastModifiedTime } = evaluation;
    const inputs = {
      instanceId: "i",
      contactId: "c",
      evaluationFormId: "f",
      tags: { a: "1" },
      __provider: PROVIDER_SOURCE,
      __key: "",
    };
    const outputs = {
      ...inputs,
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
        const { resources } = importFileOf(nameEach(all));
        assert.deepEqual(JSON.parse(JSON.stringify(resources)), resources);
        for (const [index, { inputs, outputs }] of resources.entries()) {
          const declared = inputsOf(all[index] ?? described());
          const news = { ...checkInputs({ ...declared }, {}).inputs, __key: "key" };
          for (const olds of [inputs, outputs]) {
            assert.deepEqual(changesBetween({ ...olds }, news, "eu-central-1"), { replace: [], update: [] });
          }
        }
      }),
    );
  });

  it("leaves out tags that are AWS's own, and the property where no other is left", () => {
    assert.equal("tags" in inputsOf(described({ tags: { "aws:x": "1" } })), false);
    assert.equal("tags" in inputsOf(described({ tags: {} })), false);
    assert.equal("autoEvaluationConfiguration" in inputsOf(described()), false);
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
