import assert from "node:assert/strict";
import { clientToken, type TokenParts, tokenFor } from "../../provider/src/identity/token";
import { resourceKey } from "../../provider/src/shared/resourceKey";

const inputs = { instanceId: "i", contactId: "c", evaluationFormId: "f" };
const parts: TokenParts = {
  namespace: "",
  key: "k",
  inputs,
  salt: "",
  spent: 0,
  now: new Date("2026-01-01T10:00:00Z"),
};
const token = (changed: Partial<TokenParts> = {}) => clientToken({ ...parts, ...changed });

describe("the ClientToken of a start", () => {
  it("is the same for a run that repeats an interrupted one within the hour", () => {
    assert.equal(token(), token({ inputs: { ...inputs }, now: new Date("2026-01-01T10:59:59Z") }));
  });

  it("differs by namespace, resource, life, spent tokens, hour, and all that is evaluated", () => {
    const tokens = [
      token(),
      token({ namespace: "n" }),
      token({ key: "l" }),
      token({ salt: "e1" }),
      token({ spent: 1 }),
      token({ now: new Date("2026-01-01T11:00:00Z") }),
      token({ inputs: { ...inputs, instanceId: "j" } }),
      token({ inputs: { ...inputs, contactId: "d" } }),
      token({ inputs: { ...inputs, evaluationFormId: "g" } }),
      token({ inputs: { ...inputs, autoEvaluationConfiguration: { enabled: true } } }),
      token({ inputs: { ...inputs, autoEvaluationConfiguration: { enabled: false } } }),
    ];
    assert.equal(new Set(tokens).size, tokens.length);
  });

  it("does not confuse where one part ends and the next begins", () => {
    assert.notEqual(
      token({ inputs: { ...inputs, instanceId: "ic", contactId: "" } }),
      token({ inputs: { ...inputs, instanceId: "i", contactId: "c" } }),
    );
  });

  it("ignores tags and forceDestroy, whose change must not start a second evaluation", () => {
    assert.equal(token({ inputs: { ...inputs, tags: { a: "1" }, forceDestroy: true } }), token());
  });

  it("is within the API's 500 characters", () => {
    assert.match(token(), /^[0-9a-f]{64}$/);
  });
});

describe("the ClientToken of the next start", () => {
  const now = new Date("2026-01-01T10:00:00Z");
  const clock = { now: () => now, wait: async () => undefined };
  const life = { namespace: "", key: "k", inputs: { ...inputs, clientToken: "given" }, clock };
  const recorded = (status: string, startedTime: string) => ({
    evaluationArn: "e1",
    evaluationFormId: "f",
    status,
    startedTime,
  });
  const YOUNG = "2026-01-01T09:59:00Z";
  const OLD = "2026-01-01T09:00:00Z";
  const rows: [which: string, latest: Parameters<typeof tokenFor>[1], salt: string, given: boolean, spent: boolean][] =
    [
      ["none", undefined, "", true, false],
      ["one that may not be seen", "unknown", "", true, true],
      ["a deleted one", recorded("DELETED", OLD), "e1", false, false],
      ["a deleted young one", recorded("DELETED", YOUNG), "e1", false, false],
      ["an older one", recorded("IN_PROGRESS", OLD), "e1", false, true],
      ["a young one", recorded("IN_PROGRESS", YOUNG), "", false, true],
    ];
  for (const [which, latest, salt, isGiven, mayBeSpent] of rows) {
    it(`after ${which} is ${isGiven ? "the given one" : "a derived one"}, ${salt ? "of this life alone" : "the same for all of a contact and form"}`, () => {
      const first = token({ salt, inputs, now });
      assert.deepEqual(tokenFor(life, latest, 0), { value: isGiven ? "given" : first, isGiven, mayBeSpent });
      const next = { value: token({ salt, inputs, now, spent: 1 }), isGiven: false, mayBeSpent };
      assert.deepEqual(tokenFor(life, latest, 1), next);
    });
  }
});

describe("the key of a resource", () => {
  it("differs by organisation and URN", () => {
    assert.notEqual(resourceKey("urn:a", "o"), resourceKey("urn:a", "p"));
    assert.notEqual(resourceKey("urn:a", "o"), resourceKey("urn:b", "o"));
    assert.match(resourceKey("urn:a", "o"), /^[0-9a-f]{32}$/);
  });

  it("is what states hold: the same in every release", () => {
    assert.equal(resourceKey("urn:pulumi:dev::p::t::n", "organization"), "975bac9515443dc5b5ec7ec8f819dfed");
  });
});
