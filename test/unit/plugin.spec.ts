import assert from "node:assert/strict";
import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { detailedDiff } from "../../provider/src/plugin/detailedDiff";
import { concealed, faultsOfSettings, secretDefaultTags } from "../../provider/src/plugin/settings";
import { opened, sealed, union } from "../../provider/src/plugin/wire";
import { inPluginsWords } from "../../provider/src/plugin/words";
import { UNKNOWN } from "../../provider/src/shared/model";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });
const struct = (value: object) => Struct.fromJavaScript(value as Parameters<typeof Struct.fromJavaScript>[0]);

describe("properties on the plugin's wire", () => {
  it("are plain beside the places of their secrets, and have those again on the way out", () => {
    const wire = {
      tags: { own: secret("canary"), plain: "1", "a.b": secret("2") },
      answers: secret({ q1: "Yes" }),
      triggers: ["1", secret("2")],
      submit: true,
      nothing: null,
    };
    const { value, secrets } = opened(struct(wire));
    assert.deepEqual(value, {
      tags: { own: "canary", plain: "1", "a.b": "2" },
      answers: { q1: "Yes" },
      triggers: ["1", "2"],
      submit: true,
      nothing: null,
    });
    assert.deepEqual(secrets, { tags: { own: true, "a.b": true }, answers: true, triggers: true });
    // A list with a secret is one as a whole.
    assert.deepEqual(sealed({ value, secrets }).toJavaScript(), { ...wire, triggers: secret(["1", "2"]) });
  });

  it("have one word for what is not known, of whatever type it is", () => {
    const words = [
      "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
      "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
      "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
      "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    ];
    const { value } = opened(
      struct({ tags: { a: words[0] }, submit: words[1], n: secret(words[2]), lists: words.slice(3) }),
    );
    assert.deepEqual(value, { tags: { a: UNKNOWN }, submit: UNKNOWN, n: UNKNOWN, lists: [UNKNOWN, UNKNOWN] });
  });

  it("leave out what is undefined, and conceal the whole where a secret's place is gone", () => {
    assert.deepEqual(sealed({ value: { a: undefined, b: "1" } }).toJavaScript(), { b: "1" });
    const replaced = sealed({ value: { tags: UNKNOWN }, secrets: { tags: { a: true } } });
    assert.deepEqual(replaced.toJavaScript(), { tags: secret(UNKNOWN) });
    assert.deepEqual(union({ tags: { a: true } }, undefined, { tags: { b: true }, notes: true }), {
      tags: { a: true, b: true },
      notes: true,
    });
  });

  it("come back as they went, whatever their keys are", () => {
    const keys = fc
      .oneof(fc.string(), fc.constantFrom("constructor", "a.b", '["x"]', ""))
      .filter((key) => key !== "__proto__");
    const values = fc.letrec((tie) => ({
      value: fc.oneof(fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), tie("object")),
      object: fc.dictionary(keys, tie("value"), { maxKeys: 3, noNullPrototype: true }),
    })).object;
    fc.assert(
      fc.property(values, (value) => {
        const { value: back } = opened(sealed({ value: value as Record<string, unknown> }));
        assert.deepEqual(back, value);
      }),
    );
  });
});

describe("the plugin's detailed diff", () => {
  const paths = (olds: object, news: object, differing: { replace?: string[]; update?: string[] }) =>
    Object.fromEntries(
      [...detailedDiff(olds, news, { replace: [], update: [], ...differing })].map(
        ([path, { change, replaces, isInput }]) => [
          path,
          `${change}${replaces ? " replaces" : ""}${isInput ? "" : " output"}`,
        ],
      ),
    );

  it("names what differs by path, with what the engine cannot read as a name in quotes", () => {
    const olds = { tags: { Owner: "me", "a.b": "1", 'say "x"': "1", same: "1" }, notes: { q1: "warm" } };
    const news = { tags: { Owner: "you", "Cost Center": "1", same: "1" } };
    assert.deepEqual(paths(olds, news, { update: ["tags", "notes"] }), {
      "tags.Owner": "update",
      'tags["a.b"]': "delete",
      'tags["say \\"x\\""]': "delete",
      'tags["Cost Center"]': "add",
      notes: "delete",
    });
  });

  it("tells a replacement from a change in place, and what is due without a difference of inputs", () => {
    const olds = { contactId: "a", autoEvaluationConfiguration: { enabled: true }, answers: { q1: ["A"] } };
    const news = { contactId: "b", autoEvaluationConfiguration: { enabled: false }, answers: { q1: ["A", "B"] } };
    const differing = { replace: ["contactId", "autoEvaluationConfiguration"], update: ["answers", "__marker"] };
    assert.deepEqual(paths(olds, news, differing), {
      contactId: "update replaces",
      "autoEvaluationConfiguration.enabled": "update replaces",
      "answers.q1": "update",
      __marker: "update output",
    });
  });
});

describe("the plugin's settings", () => {
  it("are judged whole, text or plain, without what is not known yet", () => {
    const right = { region: UNKNOWN, maxRetries: "1", defaultTags: '{"tags":{"a":"1"}}', ignoreTags: { keys: ["a"] } };
    assert.deepEqual(faultsOfSettings({ ...right, version: "0.1.0", __internal: {} }), []);
    const faults = faultsOfSettings({ ...right, regionn: "x", maxRetries: "often", retryMode: "wild" });
    assert.equal(faults.length, 3);
    assert.match(faults[0] ?? "", /^connect-evaluations:regionn is no setting; there are .*region, /);
  });

  it("are secrets by their nature or as they came, by member in a structure, and whole in a list or text", () => {
    const value = {
      region: "us-west-2",
      secretKey: "s",
      token: "",
      httpProxy: UNKNOWN,
      assumeRoles: [{ roleArn: "r" }, { roleArn: "r", externalId: "e" }],
      assumeRole: '{"roleArn":"r","externalId":"e"}',
      assumeRoleWithWebIdentity: { roleArn: "r", webIdentityToken: "t", policy: "p" },
      endpoints: [{ connect: "u" }],
    };
    const came = { endpoints: true, assumeRoleWithWebIdentity: { policy: true } } as const;
    assert.deepEqual(concealed({ value, secrets: came }), {
      value,
      secrets: {
        secretKey: true,
        httpProxy: true,
        assumeRoles: true,
        assumeRole: true,
        assumeRoleWithWebIdentity: { policy: true, webIdentityToken: true },
        endpoints: true,
      },
    });
    const plain = { assumeRoles: [{ roleArn: "r" }], assumeRoleWithWebIdentity: '{"roleArn":"r"}' };
    assert.deepEqual(concealed({ value: plain }).secrets ?? {}, {});
  });

  it("have no default tag that would be lost on the way", () => {
    const [fault, ...others] = faultsOfSettings({ defaultTags: '{"tags":{"__proto__":"1"}}' });
    assert.match(fault ?? "", /^connect-evaluations:defaultTags has a tag __proto__; .*choose another$/);
    assert.deepEqual(others, []);
  });

  it("say which default tags are secrets", () => {
    const tags = { a: "1", b: "2" };
    assert.deepEqual(secretDefaultTags({ value: {}, secrets: { defaultTags: true } }, tags), { a: true, b: true });
    assert.deepEqual(secretDefaultTags({ value: {}, secrets: { defaultTags: { tags: { b: true } } } }, tags), {
      b: true,
    });
    assert.deepEqual(secretDefaultTags({ value: {} }, tags), {});
  });
});

describe("the words of the plugin", () => {
  it("name its own settings, and leave ARNs, condition keys and endpoints alone", () => {
    const said = "set aws:region or aws:accessKey; arn:aws:region:1, aws:TagKeys, aws:constructor";
    const told =
      "set connect-evaluations:region or connect-evaluations:accessKey; arn:aws:region:1, aws:TagKeys, aws:constructor";
    assert.equal(inPluginsWords(said), told);
  });
});
