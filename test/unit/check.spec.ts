import assert from "node:assert/strict";
import fc from "fast-check";
import { changesBetween } from "../../provider/src/lifecycle/changes";
import { checkInputs } from "../../provider/src/lifecycle/check";
import { anything, correctInputs, UNKNOWN } from "./values";

const ROOT = "arn:aws:connect:us-west-2:123456789012:instance";
const good = { instanceId: "i", contactId: "c", evaluationFormId: "f" };

const faultsOf = (inputs: Record<string, unknown>, defaultTags = {}) => checkInputs(inputs, defaultTags).faults;

describe("check", () => {
  it("passes ids as they are", () => {
    assert.deepEqual(checkInputs(good, {}), { inputs: good, faults: [] });
  });

  it("reduces ARNs to ids and takes the Region from them", () => {
    const arns = {
      instanceId: `${ROOT}/i`,
      contactId: `${ROOT}/i/contact/c`,
      evaluationFormId: `${ROOT}/i/evaluation-form/f`,
    };
    assert.deepEqual(checkInputs(arns, {}), { inputs: { ...good, region: "us-west-2" }, faults: [] });
  });

  it("puts the stack's default tags under the resource's own", () => {
    const { inputs } = checkInputs({ ...good, tags: { a: "mine" } }, { a: "default", b: "default" });
    assert.deepEqual(inputs.tags, { a: "mine", b: "default" });
    assert.deepEqual(checkInputs(good, { b: "default" }).inputs.tags, { b: "default" });
    assert.equal("tags" in checkInputs(good, {}).inputs, false);
    assert.deepEqual(checkInputs({ ...good, tags: {} }, {}).inputs.tags, {});
  });

  it("lets values through that are not known yet, at any depth", () => {
    const unknowns = [
      { instanceId: UNKNOWN, contactId: UNKNOWN, evaluationFormId: UNKNOWN },
      { ...good, instanceId: UNKNOWN, contactId: `${ROOT}/i/contact/c` },
      { ...good, region: UNKNOWN, contactId: `${ROOT}/i/contact/c` },
      { ...good, tags: UNKNOWN },
      { ...good, tags: { a: UNKNOWN, b: "1" } },
      { ...good, autoEvaluationConfiguration: UNKNOWN },
      { ...good, autoEvaluationConfiguration: { enabled: UNKNOWN } },
      { ...good, clientToken: UNKNOWN, forceDestroy: UNKNOWN },
    ];
    for (const inputs of unknowns) {
      const checked = checkInputs(inputs, { d: "default" });
      assert.deepEqual(checked.faults, []);
      for (const [key, value] of Object.entries(inputs)) {
        if (value === UNKNOWN) assert.equal(checked.inputs[key], UNKNOWN);
      }
    }
  });

  const cases: [string, Record<string, unknown>, RegExp][] = [
    [
      "a missing contact",
      { ...good, contactId: undefined },
      /^contactId is missing: give the id of a contact .*or its ARN \(arn:/,
    ],
    ["null for a contact", { ...good, contactId: null }, /^contactId is missing/],
    ["an empty string", { ...good, contactId: "" }, /^contactId must be the id of a contact.*; got an empty string$/],
    ["a blank string", { ...good, instanceId: "  " }, /^instanceId must be .*; got a blank string$/],
    [
      "an instance id that is too long",
      { ...good, instanceId: "x".repeat(101) },
      /1 to 100 characters.*; got a string of 101 characters$/,
    ],
    [
      "a contact id that is too long",
      { ...good, contactId: "x".repeat(257) },
      /1 to 256 characters.*; got a string of 257 characters$/,
    ],
    [
      "a form id that is too long",
      { ...good, evaluationFormId: "x".repeat(501) },
      /1 to 500 characters.*; got a string of 501/,
    ],
    [
      "an id too long inside its ARN",
      { ...good, contactId: `${ROOT}/i/contact/${"x".repeat(257)}` },
      /1 to 256 characters/,
    ],
    [
      "an ARN of another instance",
      { ...good, contactId: `${ROOT}/j/contact/c` },
      /^contactId is an ARN of instance j, and instanceId says i; make them agree$/,
    ],
    [
      "an ARN of another kind",
      { ...good, contactId: `${ROOT}/i/evaluation-form/f` },
      /^contactId must be .*contact\/CONTACT\); got an ARN of kind evaluation-form$/,
    ],
    [
      "an ARN of another service",
      { ...good, contactId: "arn:aws:s3:::bucket" },
      /^contactId must be .*; got another ARN$/,
    ],
    [
      "ARNs of two Regions",
      {
        ...good,
        contactId: `${ROOT}/i/contact/c`,
        evaluationFormId: `${ROOT.replace("us-west-2", "eu-west-2")}/i/evaluation-form/f`,
      },
      /^evaluationFormId is an ARN of Region eu-west-2, and contactId says us-west-2/,
    ],
    [
      "ARNs of two accounts",
      {
        ...good,
        contactId: `${ROOT}/i/contact/c`,
        evaluationFormId: `${ROOT.replace("123456789012", "1")}/i/evaluation-form/f`,
      },
      /^evaluationFormId is an ARN of account 1, and contactId says 123456789012/,
    ],
    [
      "an ARN of another Region than declared",
      { ...good, contactId: `${ROOT}/i/contact/c`, region: "eu-west-2" },
      /^contactId is an ARN of Region us-west-2, and region says eu-west-2/,
    ],
    ["a number for a string", { ...good, contactId: 5 }, /^contactId must be .*; got a number$/],
    ["a list for a string", { ...good, contactId: ["c"] }, /^contactId must be .*; got a list$/],
    ["a list for a map", { ...good, tags: ["a"] }, /^tags must be an object of strings.*; got a list$/],
    ["a tag that AWS keeps", { ...good, tags: { "aws:x": "1" } }, /^tags\["aws:x"\]: the key starts with aws:/],
    [
      "a tag that is a number",
      { ...good, tags: { a: 1 } },
      /^tags\["a"\] must be a string of at most 256 characters; got a number$/,
    ],
    ["a tag value that is too long", { ...good, tags: { a: "x".repeat(257) } }, /got a string of 257 characters$/],
    [
      "51 tags",
      { ...good, tags: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, ""])) },
      /^tags has 51 entries.*allows 50$/,
    ],
    ["a text for a flag", { ...good, forceDestroy: "yes" }, /^forceDestroy must be true or false; got a string/],
    [
      "no object for auto-evaluation",
      { ...good, autoEvaluationConfiguration: true },
      /^autoEvaluationConfiguration must be an object/,
    ],
    [
      "auto-evaluation without its flag",
      { ...good, autoEvaluationConfiguration: {} },
      /^autoEvaluationConfiguration.enabled must be true or false/,
    ],
    [
      "more than auto-evaluation has",
      { ...good, autoEvaluationConfiguration: { enabled: true, on: 1 } },
      /got also on$/,
    ],
    [
      "an empty client token",
      { ...good, clientToken: "" },
      /^clientToken must be a string of 1 to 500 characters; got an empty string$/,
    ],
    ["a client token that is too long", { ...good, clientToken: "x".repeat(501) }, /^clientToken must be/],
    ["no name of a Region", { ...good, region: "Oregon" }, /^region must be the name of an AWS Region/],
    [
      "a misspelt property",
      { ...good, contactID: "c" },
      /^contactID is not a property of ContactEvaluation; it has .*contactId/,
    ],
  ];
  for (const [what, inputs, message] of cases) {
    it(`refuses ${what}`, () => {
      const faults = faultsOf(inputs);
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0] ?? "", message);
    });
  }

  it("counts the stack's default tags towards the limit", () => {
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, ""]));
    assert.deepEqual(faultsOf({ ...good, tags }, { k0: "" }), []);
    assert.equal(faultsOf({ ...good, tags }, { more: "" }).length, 1);
  });

  it("tells all faults at once", () => {
    assert.equal(faultsOf({ contactId: "", tags: { a: 1, "aws:b": "" }, forceDestroy: 0, region: "x" }).length, 7);
  });

  it("never repeats a value, which may be a secret", () => {
    const canary = "canary-93f1";
    const inputs = {
      contactId: 1,
      clientToken: canary.repeat(60),
      tags: { a: canary.repeat(30) },
      region: canary,
      autoEvaluationConfiguration: canary,
    };
    assert.doesNotMatch(faultsOf(inputs).join("\n"), /canary/);
  });

  it("never throws, whatever is in whatever place, and leaves plain JSON", () => {
    const positions = fc.record(
      Object.fromEntries(
        [
          ...Object.keys(good),
          "autoEvaluationConfiguration",
          "clientToken",
          "tags",
          "region",
          "forceDestroy",
          "__import",
          "other",
        ].map((key) => [key, anything]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(positions, (given) => {
        const inputs = JSON.parse(JSON.stringify(given));
        const checked = checkInputs(inputs, { d: "1" });
        assert.deepEqual(JSON.parse(JSON.stringify(checked.inputs)), checked.inputs);
      }),
    );
  });

  it("accepts every correct program, and finds nothing to change in what it returned before", () => {
    fc.assert(
      fc.property(correctInputs, (inputs) => {
        const once = checkInputs(inputs, { d: "1" });
        assert.deepEqual(once.faults, []);
        const again = checkInputs(once.inputs, { d: "1" });
        assert.deepEqual(again, once);
        assert.deepEqual(changesBetween(once.inputs, again.inputs, "us-west-2"), { replace: [], update: [] });
      }),
    );
  });
});
