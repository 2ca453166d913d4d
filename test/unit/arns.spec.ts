import assert from "node:assert/strict";
import fc from "fast-check";
import { ARN_FORM, type ArnKind, parseConnectArn } from "../../provider/src/shared/arns";

const parts = { partition: "aws", region: "us-west-2", accountId: "123456789012", instanceId: "i-1" };

describe("a Connect ARN", () => {
  it("gives the parts of each kind of resource", () => {
    const root = "arn:aws:connect:us-west-2:123456789012:instance/i-1";
    assert.deepEqual(parseConnectArn(root), { ...parts, kind: "instance", id: "i-1" });
    for (const kind of ["contact", "evaluation-form", "contact-evaluation"] as const) {
      assert.deepEqual(parseConnectArn(`${root}/${kind}/x-9`), { ...parts, kind, id: "x-9" });
    }
  });

  it("has all that follows the kind for its id", () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary", minLength: 1 }),
      fc.constantFrom("c/more", "a:b", "/", "\n", "a/contact/b"),
    );
    fc.assert(
      fc.property(odd, fc.constantFrom("contact", "evaluation-form", "contact-evaluation"), (id, kind) => {
        const arn = `arn:aws:connect:us-west-2:123456789012:instance/i-1/${kind}/${id}`;
        assert.deepEqual(parseConnectArn(arn), { ...parts, kind, id });
      }),
    );
  });

  it("takes every partition", () => {
    assert.equal(parseConnectArn("arn:aws-us-gov:connect:us-gov-west-1:1:instance/i")?.partition, "aws-us-gov");
  });

  const others = [
    "",
    "arn:",
    "arn:aws:connect",
    "arn:aws:s3:::bucket",
    "arn:aws:connect:us-west-2:1:instance/",
    "arn:aws:connect:us-west-2:1:instance/i/contact",
    "arn:aws:connect:us-west-2:1:instance/i/contact/",
    "arn:aws:connect:us-west-2:1:instance/i/",
    "arn:aws:connect:us-west-2:1:instance/i/instance/j",
    "arn:aws:connect:us-west-2:1:instance/i/agent/a",
    "arn:aws:connect:us-west-2:1:instance/i/toString/a",
    "arn:aws:connect::1:instance/i",
    "arn:aws:connect:us-west-2::instance/i",
    "arn:aws:lambda:us-west-2:1:instance/i",
    "arn:aws:connect:us-west-2:1:phone-number/i",
  ];
  for (const text of others) {
    it(`is not ${JSON.stringify(text)}`, () => assert.equal(parseConnectArn(text), undefined));
  }

  it("never has an empty part, whatever text comes", () => {
    const segment = fc.constantFrom("", "instance", "contact", "contact-evaluation", "x", "é/", "arn:aws");
    const hostile = fc.array(segment, { maxLength: 8 }).map((words) => `arn:aws:connect:${words.join(":")}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), hostile), (text) => {
        const arn = parseConnectArn(text);
        if (arn !== undefined) assert.ok(Object.values(arn).every((part) => part.length > 0));
      }),
    );
  });

  it("is shown in messages in a form that it takes itself", () => {
    for (const kind of Object.keys(ARN_FORM) as ArnKind[]) assert.equal(parseConnectArn(ARN_FORM[kind])?.kind, kind);
  });
});
