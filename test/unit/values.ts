import fc from "fast-check";
import { INPUTS, type Inputs } from "../../provider/src/shared/model";

/** The engine's word for a value that is not known yet (sdk/nodejs/runtime/rpc.ts). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const ROOT = "arn:aws:connect:us-west-2:123456789012:instance";

const hostile = fc.constantFrom<unknown>(
  UNKNOWN,
  "",
  " ",
  null,
  "arn:",
  `${ROOT}/i`,
  `${ROOT}/i/contact/c`,
  `${ROOT}/j/evaluation-form/f`,
  "x".repeat(50_000),
  "💥\u0000\uD800",
);

/** Whatever a program can pass, in any position. */
export const anything = fc.oneof(hostile, fc.jsonValue(), fc.dictionary(fc.string(), hostile), fc.array(hostile));

const id = fc.stringMatching(/^[a-z0-9-]{1,36}$/).filter((text) => text.trim() !== "");
const idOrArn = (kind: string) =>
  fc.oneof(
    id,
    id.map((text) => `${ROOT}/i/${kind}/${text}`),
  );

const byRefId = <T>(value: fc.Arbitrary<T>) => fc.dictionary(id, value, { maxKeys: 5 });

/** Correct values of each input. The compiler asks for one that is added. */
const CORRECT: Readonly<Record<keyof Inputs, fc.Arbitrary<unknown>>> = {
  instanceId: fc.constantFrom("i", `${ROOT}/i`),
  contactId: idOrArn("contact"),
  evaluationFormId: idOrArn("evaluation-form"),
  evaluationFormVersion: fc.integer({ min: 1 }),
  autoEvaluationConfiguration: fc.record({ enabled: fc.constant(true) }),
  waitForAutoEvaluation: fc.record({ timeoutSeconds: fc.integer({ min: 1, max: 3600 }) }, { requiredKeys: [] }),
  answers: byRefId(
    fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.integer(),
      fc.uniqueArray(id, { maxLength: 3 }),
      fc.constantFrom({ dateTime: "2026-11-20T10:00:00Z" }, { notApplicable: true }),
    ),
  ),
  notes: byRefId(fc.string({ maxLength: 3072 })),
  submit: fc.boolean(),
  evaluator: id.map((user) => `${ROOT}/i/agent/${user}`),
  triggers: fc.array(fc.jsonValue()),
  clientToken: fc.string({ minLength: 1, maxLength: 500 }),
  tags: fc.dictionary(
    fc.stringMatching(/^[a-zA-Z0-9 _.:/=+@-]{1,128}$/).filter((key) => !key.startsWith("aws:")),
    fc.string({ maxLength: 256 }),
    { maxKeys: 10 },
  ),
  region: fc.constant("us-west-2"),
  forceDestroy: fc.boolean(),
};

/** What a correct program passes. */
export const correctInputs = fc.record(CORRECT, { requiredKeys: ["instanceId", "contactId", "evaluationFormId"] });

/** What a program without types may pass, in the place of any input and beside them. */
export const anyInputs = fc.record(Object.fromEntries([...INPUTS, "other"].map((key) => [key, anything])), {
  requiredKeys: [],
});
