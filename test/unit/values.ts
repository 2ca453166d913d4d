import fc from "fast-check";

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
  "x".repeat(1_000_000),
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

/** What a correct program passes. */
export const correctInputs = fc.record(
  {
    instanceId: fc.constantFrom("i", `${ROOT}/i`),
    contactId: idOrArn("contact"),
    evaluationFormId: idOrArn("evaluation-form"),
    autoEvaluationConfiguration: fc.record({ enabled: fc.boolean() }),
    clientToken: fc.string({ minLength: 1, maxLength: 500 }),
    tags: fc.dictionary(
      fc.stringMatching(/^[a-zA-Z0-9 _.:/=+@-]{1,128}$/).filter((key) => !key.startsWith("aws:")),
      fc.string({ maxLength: 256 }),
      { maxKeys: 10 },
    ),
    region: fc.constant("us-west-2"),
    forceDestroy: fc.boolean(),
  },
  { requiredKeys: ["instanceId", "contactId", "evaluationFormId"] },
);
