import assert from "node:assert/strict";
import { clientToken } from "../../provider/src/lifecycle/clientToken";
import { resourceKey } from "../../provider/src/program/resourceKey";

const parts = {
  namespace: "",
  key: "k",
  inputs: { instanceId: "i", contactId: "c", evaluationFormId: "f" },
  salt: "",
  spent: 0,
  now: new Date("2030-01-01T10:30:00Z"),
};

describe("the ClientToken", () => {
  it("is the same for the same life of a resource, within an hour of the service's clock", () => {
    assert.equal(clientToken(parts), clientToken({ ...parts, now: new Date("2030-01-01T10:59:59Z") }));
    assert.notEqual(clientToken(parts), clientToken({ ...parts, now: new Date("2030-01-01T11:00:00Z") }));
  });

  it("differs by namespace, resource, life, what was spent before, and all that is evaluated", () => {
    const tokens = [
      parts,
      { ...parts, namespace: "n" },
      { ...parts, key: "l" },
      { ...parts, salt: "e1" },
      { ...parts, spent: 1 },
      { ...parts, inputs: { ...parts.inputs, instanceId: "j" } },
      { ...parts, inputs: { ...parts.inputs, contactId: "d" } },
      { ...parts, inputs: { ...parts.inputs, evaluationFormId: "g" } },
      { ...parts, inputs: { ...parts.inputs, autoEvaluationConfiguration: { enabled: true } } },
      { ...parts, inputs: { ...parts.inputs, autoEvaluationConfiguration: { enabled: false } } },
    ].map(clientToken);
    assert.equal(new Set(tokens).size, tokens.length);
  });

  it("does not confuse where one part ends and the next begins", () => {
    const shifted = { ...parts, inputs: { ...parts.inputs, instanceId: "ic", contactId: "" } };
    assert.notEqual(clientToken(shifted), clientToken(parts));
  });

  it("ignores tags and forceDestroy, whose change must not start a second evaluation", () => {
    const changed = { ...parts, inputs: { ...parts.inputs, tags: { a: "1" }, forceDestroy: true } };
    assert.equal(clientToken(changed), clientToken(parts));
  });

  it("is within the API's 500 characters", () => {
    assert.match(clientToken(parts), /^[0-9a-f]{64}$/);
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
