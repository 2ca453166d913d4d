import assert from "node:assert/strict";
import { tokenChain as chainOf } from "../../provider/src/lifecycle/clientToken";
import { resourceKey } from "../../provider/src/program/resourceKey";

const inputs = { __key: "k", instanceId: "i", contactId: "c", evaluationFormId: "f" };

const tokenChain = (namespace: string, { __key, ...rest }: typeof inputs & Record<string, unknown>) =>
  chainOf(namespace, __key, rest);

describe("the chain of ClientTokens", () => {
  it("is the same for the same resource and inputs, so that a repeated run walks it again", () => {
    const [once, again] = [tokenChain("n", inputs), tokenChain("n", { ...inputs })];
    assert.equal(once.first, again.first);
    assert.equal(once.after("e1"), again.after("e1"));
  });

  it("differs by namespace, resource, and all that is evaluated", () => {
    const firsts = [
      tokenChain("", inputs),
      tokenChain("n", inputs),
      tokenChain("", { ...inputs, __key: "l" }),
      tokenChain("", { ...inputs, instanceId: "j" }),
      tokenChain("", { ...inputs, contactId: "d" }),
      tokenChain("", { ...inputs, evaluationFormId: "g" }),
      tokenChain("", { ...inputs, autoEvaluationConfiguration: { enabled: true } }),
      tokenChain("", { ...inputs, autoEvaluationConfiguration: { enabled: false } }),
    ].map(({ first }) => first);
    assert.equal(new Set(firsts).size, firsts.length);
  });

  it("does not confuse where one part ends and the next begins", () => {
    const shifted = tokenChain("", { ...inputs, instanceId: "ic", contactId: "" });
    assert.notEqual(shifted.first, tokenChain("", { ...inputs, instanceId: "i", contactId: "c" }).first);
  });

  it("ignores tags and forceDestroy, whose change must not start a second evaluation", () => {
    assert.equal(
      tokenChain("", { ...inputs, tags: { a: "1" }, forceDestroy: true }).first,
      tokenChain("", inputs).first,
    );
  });

  it("begins with a given clientToken and goes on as derived", () => {
    const given = tokenChain("", { ...inputs, clientToken: "mine" });
    assert.equal(given.first, "mine");
    assert.equal(given.after("e1"), tokenChain("", inputs).after("e1"));
  });

  it("has tokens within the API's 500 characters", () => {
    assert.match(tokenChain("", inputs).first, /^[0-9a-f]{64}$/);
  });
});

describe("the key of a resource", () => {
  it("differs by organisation and URN", () => {
    assert.notEqual(resourceKey("o", "urn:a"), resourceKey("p", "urn:a"));
    assert.notEqual(resourceKey("o", "urn:a"), resourceKey("o", "urn:b"));
    assert.match(resourceKey("o", "urn:a"), /^[0-9a-f]{32}$/);
  });

  it("is what states hold: the same in every release", () => {
    assert.equal(resourceKey("organization", "urn:pulumi:dev::p::t::n"), "975bac9515443dc5b5ec7ec8f819dfed");
  });
});
