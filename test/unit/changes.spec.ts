import assert from "node:assert/strict";
import fc from "fast-check";
import { INPUTS } from "../../provider/src/shared/model";
import { changesBetween } from "../../provider/src/verbs/diff";
import { anything, UNKNOWN } from "./values";

const olds = {
  instanceId: "i",
  contactId: "c",
  evaluationFormId: "f",
  autoEvaluationConfiguration: { enabled: true },
  tags: { a: "1", b: "2" },
  status: "DRAFT",
  __key: "k",
};
const changed = (news: object) => changesBetween(olds, { ...olds, ...news }, "us-west-2");

describe("a diff", () => {
  const replacing: [string, object][] = [
    ["instanceId", { instanceId: "j" }],
    ["contactId", { contactId: "d" }],
    ["evaluationFormId", { evaluationFormId: "g" }],
    ["autoEvaluationConfiguration", { autoEvaluationConfiguration: { enabled: false } }],
    ["autoEvaluationConfiguration", { autoEvaluationConfiguration: undefined }],
    ["autoEvaluationConfiguration", { autoEvaluationConfiguration: { enabled: UNKNOWN } }],
    ["contactId", { contactId: UNKNOWN }],
    ["region", { region: "eu-west-2" }],
    ["region", { region: UNKNOWN }],
  ];
  for (const [property, news] of replacing) {
    it(`replaces for ${JSON.stringify(news)}`, () =>
      assert.deepEqual(changed(news), { replace: [property], update: [] }));
  }

  const updating: [string, object][] = [
    ["tags", { tags: { a: "1" } }],
    ["tags", { tags: UNKNOWN }],
    ["clientToken", { clientToken: "t" }],
    ["forceDestroy", { forceDestroy: true }],
    ["region", { region: "us-west-2" }],
  ];
  for (const [property, news] of updating) {
    it(`updates for ${JSON.stringify(news)}`, () =>
      assert.deepEqual(changed(news), { replace: [], update: [property] }));
  }

  const graded = { answers: { q: "Yes" }, submit: true, triggers: ["v1"], evaluationFormVersion: 2 };
  const dependent: [what: string, olds: object, news: object, replace: string[], update: string[]][] = [
    ["changed answers", {}, { answers: { q: "No" } }, [], ["answers"]],
    ["a draft that is not to be submitted any more", { status: "DRAFT" }, { submit: false }, [], ["submit"]],
    ["a submission that may be there", { status: undefined }, { submit: false }, [], ["submit"]],
    ["a submission that is taken back", { status: "SUBMITTED" }, { submit: undefined }, ["submit"], []],
    ["a submission that is in review", { status: "UNDER_REVIEW" }, { submit: false }, ["submit"], []],
    ["a submission that is not known yet", { status: "SUBMITTED" }, { submit: UNKNOWN }, [], ["submit"]],
    ["another trigger", {}, { triggers: ["v2"] }, ["triggers"], []],
    ["no trigger any more", {}, { triggers: undefined }, [], ["triggers"]],
    ["a first trigger", { triggers: undefined }, { triggers: ["v1"] }, [], ["triggers"]],
    ["another form version", {}, { evaluationFormVersion: 3 }, ["evaluationFormVersion"], []],
    ["no form version any more", {}, { evaluationFormVersion: undefined }, [], []],
  ];
  for (const [what, before, news, replace, update] of dependent) {
    it(`${replace.length > 0 ? "replaces" : "does not replace"} for ${what}`, () => {
      const [old, now] = [
        { ...olds, ...graded, ...before },
        { ...olds, ...graded, ...news },
      ];
      assert.deepEqual(changesBetween(old, now, "us-west-2"), { replace, update });
    });
  }

  it("takes an explicit Region that is no longer declared for no change: the ARN decides", () => {
    const { region: _, ...news } = { ...olds, region: "us-west-2" };
    assert.deepEqual(changesBetween({ ...olds, region: "us-west-2" }, news, "us-west-2"), {
      replace: [],
      update: [],
    });
  });

  it("ignores the order of keys, hidden properties, and what the service alone decides", () => {
    const news = {
      tags: { b: "2", a: "1" },
      __key: "other",
      __provider: "other",
      status: "SUBMITTED",
      score: { percentage: 1 },
    };
    assert.deepEqual(changed(news), { replace: [], update: [] });
  });

  it("never throws, whatever is in whatever place, and tells only declared properties", () => {
    const bag = fc.dictionary(fc.oneof(fc.constantFrom<string>(...INPUTS), fc.string()), anything);
    fc.assert(
      fc.property(bag, bag, (before, after) => {
        const { replace, update } = changesBetween(before, after, "us-west-2");
        assert.ok([...replace, ...update].every((property) => INPUTS.includes(property)));
        assert.deepEqual(changesBetween(after, after, "us-west-2").update, []);
      }),
    );
  });

  it("sees a changed tag of any key, those of JavaScript's own objects too", () => {
    const key = fc.oneof(fc.constantFrom("__proto__", "constructor", "toString"), fc.string());
    const tags = fc.dictionary(key, fc.string(), { noNullPrototype: true });
    fc.assert(
      fc.property(tags, key, (before, changedKey) => {
        const after = Object.fromEntries([...Object.entries(before), [changedKey, "new".padEnd(99)]]);
        assert.deepEqual(changesBetween({ tags: before }, { tags: { ...before } }, undefined).update, []);
        assert.deepEqual(changesBetween({ tags: before }, { tags: after }, undefined).update, ["tags"]);
      }),
    );
  });

  it("tells every property", () => {
    const all = changed({ contactId: "d", evaluationFormId: "g", tags: {}, forceDestroy: true });
    assert.deepEqual(all, { replace: ["contactId", "evaluationFormId"], update: ["tags", "forceDestroy"] });
  });
});
