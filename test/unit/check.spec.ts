import assert from "node:assert/strict";
import fc from "fast-check";
import { inSentence } from "../../provider/src/shared/inSentence";
import { checkInputs } from "../../provider/src/verbs/check";
import { changesBetween } from "../../provider/src/verbs/diff";
import { anyInputs, correctInputs, UNKNOWN } from "./values";

const ROOT = "arn:aws:connect:us-west-2:123456789012:instance";
const good = { instanceId: "i", contactId: "c", evaluationFormId: "f" };

const faultsOf = (inputs: Record<string, unknown>, defaultTags = {}, reservedKeys: string[] = []): string[] =>
  checkInputs(inputs, defaultTags, reservedKeys).faults.map((fault) => inSentence(fault));
const tagsCounted = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, ""]));

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
      { ...good, answers: UNKNOWN, notes: UNKNOWN, submit: UNKNOWN, evaluator: UNKNOWN, triggers: UNKNOWN },
      { ...good, answers: { a: UNKNOWN, b: [UNKNOWN], c: { dateTime: UNKNOWN } }, notes: { a: UNKNOWN } },
      { ...good, answers: { a: { notApplicable: UNKNOWN } }, triggers: [UNKNOWN] },
      { ...good, evaluationFormVersion: UNKNOWN, waitForAutoEvaluation: { timeoutSeconds: UNKNOWN } },
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
    [
      "a list of answers",
      { ...good, answers: ["Yes"] },
      /^answers must be an object by question, such as .*; got a list$/,
    ],
    [
      "an answer of a wrong kind",
      { ...good, answers: { q: true } },
      /^answers\["q"\] must be a text, a number, .*; got a boolean$/,
    ],
    [
      "an answer in the API's form",
      { ...good, answers: { q: { StringValue: "Yes" } } },
      /^answers\["q"\] must be a text.*; got an object$/,
    ],
    [
      "not applicable as false",
      { ...good, answers: { q: { notApplicable: false } } },
      /^answers\["q"\] must be .*; got an object$/,
    ],
    ["a number that is none", { ...good, answers: { q: Number.NaN } }, /^answers\["q"\] must be .*; got a number$/],
    [
      "an option of a wrong kind",
      { ...good, answers: { q: ["Yes", 1] } },
      /^answers\["q"\] must be a text of at most 300 characters; got a number$/,
    ],
    [
      "a text that is too long",
      { ...good, answers: { q: "😀".repeat(301) } },
      /^answers\["q"\] must be a text of at most 300 characters; got a string of 301 characters$/,
    ],
    [
      "a date that is none",
      { ...good, answers: { q: { dateTime: "2026-02-30" } } },
      /^answers\["q"\].dateTime must be a date and time in ISO 8601, such as "2026-11-20T10:00:00Z"; got a string of 10 characters$/,
    ],
    [
      "101 answers",
      { ...good, answers: tagsCounted(101) },
      /^answers must be an object of at most 100 entries; got 101$/,
    ],
    ["101 notes", { ...good, notes: tagsCounted(101) }, /^notes must be an object of at most 100 entries; got 101$/],
    [
      "a note that is too long",
      { ...good, notes: { q: "x".repeat(3073) } },
      /^notes\["q"\] must be a text of at most 3072 characters; got a string of 3073 characters$/,
    ],
    [
      "a submission in words",
      { ...good, submit: "yes" },
      /^submit must be true or false; got a string of 3 characters$/,
    ],
    [
      "an evaluator who is no user",
      { ...good, evaluator: "arn:aws:iam::123456789012:user/u" },
      /^evaluator must be the ARN of a Connect user \(arn:/,
    ],
    [
      "version 0",
      { ...good, evaluationFormVersion: 0 },
      /^evaluationFormVersion must be a whole number, 1 or more; got 0$/,
    ],
    [
      "half a version",
      { ...good, evaluationFormVersion: 1.5 },
      /^evaluationFormVersion must be a whole number, 1 or more; got 1.5$/,
    ],
    [
      "a trigger without a list",
      { ...good, triggers: "v1" },
      /^triggers must be a list of any values; got a string of 2 characters$/,
    ],
    [
      "a wait that is too long",
      { ...good, waitForAutoEvaluation: { timeoutSeconds: 3601 } },
      /^waitForAutoEvaluation.timeoutSeconds must be a whole number from 1 to 3600; got 3601$/,
    ],
    [
      "a misspelt wait",
      { ...good, waitForAutoEvaluation: { seconds: 5 } },
      /^waitForAutoEvaluation.seconds is not a property of waitForAutoEvaluation; it has timeoutSeconds$/,
    ],
    [
      "a wait for nothing",
      { ...good, waitForAutoEvaluation: {}, autoEvaluationConfiguration: { enabled: false } },
      /^waitForAutoEvaluation is declared, and autoEvaluationConfiguration.enabled says false; make them agree$/,
    ],
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
      /^tags\["a"\] must be a string of at most 256 characters; got a number; give it as a string, such as "5"; in the stack's configuration, with `pulumi config set --type string`$/,
    ],
    ["a tag that is a flag", { ...good, tags: { a: true } }, /got a boolean; give it as a string, such as "true"; in/],
    ["a tag that is a list", { ...good, tags: { a: [] } }, /; got a list$/],
    ["a tag value that is too long", { ...good, tags: { a: "x".repeat(257) } }, /got a string of 257 characters$/],
    ["51 tags", { ...good, tags: tagsCounted(51) }, /^tags has 51 entries.*allows 50$/],
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
      /^autoEvaluationConfiguration.on is not a property of autoEvaluationConfiguration; it has enabled$/,
    ],
    [
      "an empty client token",
      { ...good, clientToken: "" },
      /^clientToken must be a string of 1 to 500 characters; got an empty string$/,
    ],
    ["a client token that is too long", { ...good, clientToken: "x".repeat(501) }, /^clientToken must be/],
    ["no name of a Region", { ...good, region: "Oregon" }, /^region must be the name of an AWS Region/],
    ["an Availability Zone", { ...good, region: "us-west-2a" }, /^region must be the name of an AWS Region/],
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
    assert.deepEqual(faultsOf({ ...good, tags: tagsCounted(50) }, { k0: "" }), []);
    assert.equal(faultsOf({ ...good, tags: tagsCounted(50) }, { more: "" }).length, 1);
  });

  it("leaves room for the tags that the resource adds itself, and their keys to it", () => {
    assert.deepEqual(faultsOf({ ...good, tags: tagsCounted(49) }, {}, ["marker"]), []);
    assert.match(
      faultsOf({ ...good, tags: tagsCounted(50) }, {}, ["marker"]).join(),
      /^tags has 50 entries.*allows 50, and this resource adds 1$/,
    );
    const taken = /: the key belongs to a tag that this resource adds itself; choose another key$/;
    assert.match(faultsOf({ ...good, tags: { marker: "" } }, {}, ["marker"]).join(), taken);
    assert.match(faultsOf(good, { marker: "" }, ["marker"]).join(), taken);
    assert.deepEqual(faultsOf({ ...good, tags: { marker: "" } }), []);
  });

  const badTags: [string, Record<string, unknown>, RegExp][] = [
    ["a key that AWS keeps", { "aws:x": "1" }, /\["aws:x"\]: the key starts with aws:/],
    ["an empty key", { "": "1" }, /\[""\]: the key is empty/],
    ["a key that is too long", { ["x".repeat(129)]: "1" }, /\["x+"\]: the key has 129 characters, 128 are allowed/],
    ["a key with another character", { "a#b": "1" }, /\["a#b"\]: the key has a character other than/],
    ["a value that is too long", { a: "x".repeat(257) }, /\["a"\] must be .* 256 characters; got a string of 257/],
    ["a number under a key that objects of JavaScript have", { constructor: 5 }, /\["constructor"\] must be a string/],
    ["a value that is no string", { a: { b: "1" } }, /\["a"\] must be a string.*; got an object$/],
  ];
  for (const [what, tags, message] of badTags) {
    it(`refuses ${what} among the resource's tags and the stack's default tags, and says among which`, () => {
      const [own, ...more] = faultsOf({ ...good, tags }, { fine: "1" });
      const [byDefault, ...evenMore] = faultsOf({ ...good, tags: { fine: "1" } }, tags);
      assert.deepEqual([...more, ...evenMore], []);
      assert.match(own ?? "", new RegExp(`^tags${message.source}`));
      assert.match(byDefault ?? "", new RegExp(`^aws:defaultTags.tags${message.source}`));
      assert.equal(faultsOf(good, tags).length, 1);
      assert.equal(faultsOf({ ...good, tags: "none" }, tags).length, 2);
    });
  }

  it("looks at a default tag only where the resource does not replace it, or may once its tags are known", () => {
    assert.deepEqual(faultsOf({ ...good, tags: { a: "fine" } }, { a: "x".repeat(257) }), []);
    assert.deepEqual(faultsOf({ ...good, tags: { a: UNKNOWN } }, { a: "x".repeat(257) }), []);
    assert.deepEqual(faultsOf({ ...good, tags: UNKNOWN }, { a: "x".repeat(257) }), []);
  });

  it("counts lengths in characters, not in the units of JavaScript", () => {
    const longest = {
      instanceId: "💥".repeat(100),
      contactId: "💥".repeat(256),
      evaluationFormId: `${ROOT}/${"💥".repeat(100)}/evaluation-form/${"💥".repeat(500)}`,
      clientToken: "💥".repeat(500),
      tags: { ["𠮷".repeat(128)]: "💥".repeat(256) },
    };
    assert.deepEqual(faultsOf(longest), []);
    assert.match(faultsOf({ ...good, contactId: "💥".repeat(257) }).join(), /got a string of 257 characters$/);
    assert.equal(faultsOf({ ...good, clientToken: "💥".repeat(501), tags: { ["𠮷".repeat(129)]: "" } }).length, 2);
  });

  it("takes the Region names of every partition", () => {
    const regions = ["us-west-2", "ap-southeast-7", "mx-central-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1"];
    for (const region of [...regions, "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1", "eusc-de-east-1"]) {
      assert.deepEqual(faultsOf({ ...good, region }), [], region);
      const evaluationFormId = `arn:aws:connect:${region}:1:instance/i/evaluation-form/f`;
      assert.deepEqual(checkInputs({ ...good, evaluationFormId }, {}).inputs.region, region);
    }
  });

  it("merges tags of any key, those of JavaScript's own objects too", () => {
    const key = fc.oneof(fc.constantFrom("a", "__proto__", "constructor", "toString", "hasOwnProperty"), fc.string());
    const tags = fc.dictionary(key, fc.string({ maxLength: 9 }));
    fc.assert(
      fc.property(tags, tags, (own, defaults) => {
        const { inputs } = checkInputs({ ...good, tags: own }, defaults);
        const merged = new Map([...Object.entries(defaults), ...Object.entries(own)]);
        assert.deepEqual(new Map(Object.entries({ ...(inputs.tags as object) })), merged);
        assert.equal(faultsOf({ tags: own }, defaults).length, faultsOf({ tags: Object.fromEntries(merged) }).length);
      }),
    );
  });

  it("reports all faults at once", () => {
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

  it("names what is wrong as data, for the engine and the command line to say in their own words", () => {
    const inputs = { instanceId: "region", contactId: `${ROOT}/contactId/contact/c`, tags: { "a b": 5 } };
    const { faults } = checkInputs(inputs, {});
    assert.deepEqual(
      faults.map(({ kind, property }) => [kind, property]),
      [
        ["missing", "evaluationFormId"],
        ["value", 'tags["a b"]'],
        ["disagreement", "contactId"],
      ],
    );
    assert.deepEqual(
      faults.map((fault) => inSentence(fault, (property) => `<${property}>`)).at(-1),
      "<contactId> is an ARN of instance contactId, and <instanceId> says region; make them agree",
    );
  });

  it("never throws, whatever is in whatever place, and leaves plain JSON", () => {
    fc.assert(
      fc.property(anyInputs, (given) => {
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
