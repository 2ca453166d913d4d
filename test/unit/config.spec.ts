import assert from "node:assert/strict";
import { readSettings } from "../../provider/src/config";

const read = (config: Record<string, unknown>) => readSettings((key) => config[key]);
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("the stack's configuration", () => {
  it("may be empty", () => assert.deepEqual(read({}), { defaultTags: {}, namespace: "", forceDestroy: false }));

  it("is JSON text where a key is structured, as the engine hands over a stack's own", () => {
    const settings = read({
      "aws:region": "us-west-2",
      "aws:profile": "staging",
      "aws:accessKey": "AKIA",
      "aws:secretKey": "s",
      "aws:token": "t",
      "aws:endpoints": '[{"s3":"http://other"},{"connect":"http://127.0.0.1:4566"}]',
      "aws:defaultTags": '{"tags":{"Owner":"me","Count":5,"On":true}}',
      "connect-evaluations:namespace": "n",
      "connect-evaluations:forceDestroy": "true",
    });
    assert.deepEqual(settings, {
      region: "us-west-2",
      profile: "staging",
      credentials: { accessKeyId: "AKIA", secretAccessKey: "s", sessionToken: "t" },
      endpoint: "http://127.0.0.1:4566",
      defaultTags: { Owner: "me", Count: "5", On: "true" },
      namespace: "n",
      forceDestroy: true,
    });
  });

  it("is plain values where an explicit provider gave them, secrets wrapped at any depth", () => {
    const settings = read({
      "aws:endpoints": [{ connect: "http://127.0.0.1:4566" }],
      "aws:defaultTags": { tags: { Owner: secret("me") } },
      "connect-evaluations:forceDestroy": true,
    });
    assert.equal(settings.endpoint, "http://127.0.0.1:4566");
    assert.deepEqual(settings.defaultTags, { Owner: "me" });
    assert.equal(settings.forceDestroy, true);
  });

  it("tells all that is wrong with it at once", () => {
    const wrong = {
      "aws:accessKey": "AKIA",
      "aws:endpoints": "http://no-json",
      "aws:defaultTags": '{"tags":["a"]}',
      "aws:assumeRoles": "[]",
      "connect-evaluations:forceDestroy": "yes",
    };
    assert.throws(
      () => read(wrong),
      (error: Error) => {
        for (const key of [
          "aws:accessKey",
          "aws:endpoints",
          "aws:defaultTags",
          "aws:assumeRoles",
          "connect-evaluations:forceDestroy",
        ]) {
          assert.match(error.message, new RegExp(`- ${key}`));
        }
        return true;
      },
    );
  });

  it("refuses a key that would change whom it acts for, and says what to use instead", () => {
    assert.throws(() => read({ "aws:assumeRole": '{"roleArn":"r"}' }), /aws:assumeRole is not supported.*aws:profile/);
  });

  it("ignores keys of @pulumi/aws that mean nothing here", () => {
    assert.deepEqual(read({ "aws:skipMetadataApiCheck": "true", "aws:s3UsePathStyle": "true" }), read({}));
  });
});
