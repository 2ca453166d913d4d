import assert from "node:assert/strict";
import type * as aws from "@pulumi/aws/config/vars";
import type * as outputs from "@pulumi/aws/types/output";
import { AWS_KEYS, readSettings } from "../../provider/src/aws/settings";

const EMPTY = {
  assumeRoles: [],
  endpoints: {},
  userAgents: [],
  allowedAccountIds: [],
  forbiddenAccountIds: [],
  defaultTags: {},
  ignoreTags: { keys: [], keyPrefixes: [] },
  namespace: "",
  forceDestroy: false,
};

const SESSION = { roleArn: 0, sessionName: 0, duration: 0, policy: 0, policyArns: 0 };
const MEMBERS_OF_ROLE = { ...SESSION, externalId: 0, sourceIdentity: 0, tags: 0, transitiveTagKeys: 0 };
const MEMBERS_OF_WEB_IDENTITY = { ...SESSION, webIdentityToken: 0, webIdentityTokenFile: 0 };

const read = (config: Record<string, unknown>) => readSettings((key) => config[key]);
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("the stack's configuration", () => {
  it("may be empty", () => assert.deepEqual(read({}), EMPTY));

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
      ...EMPTY,
      region: "us-west-2",
      profile: "staging",
      credentials: { accessKeyId: "AKIA", secretAccessKey: "s", sessionToken: "t" },
      endpoints: { connect: "http://127.0.0.1:4566" },
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
    assert.equal(settings.endpoints.connect, "http://127.0.0.1:4566");
    assert.deepEqual(settings.defaultTags, { Owner: "me" });
    assert.equal(settings.forceDestroy, true);
  });

  it("tells all that is wrong with it at once", () => {
    const wrong = {
      "aws:accessKey": "AKIA",
      "aws:endpoints": "http://no-json",
      "aws:defaultTags": '{"tags":["a"]}',
      "aws:assumeRoles": "[{}]",
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

  it("says how to act for somebody else", () => {
    const settings = read({
      "aws:assumeRoles": JSON.stringify([
        { roleArn: "arn:aws:iam::1:role/a", duration: "1h30m", sessionName: "s", externalId: "x", tags: { k: "v" } },
        { roleArn: "arn:aws:iam::2:role/b", transitiveTagKeys: ["k"], policyArns: ["arn:p"] },
      ]),
      "aws:assumeRoleWithWebIdentity": '{"roleArn":"arn:aws:iam::1:role/w","webIdentityTokenFile":"/t"}',
      "aws:sharedConfigFiles": '["/config"]',
      "aws:allowedAccountIds": '["000000000001", 123456789012]',
      "aws:maxRetries": "5",
      "aws:retryMode": "adaptive",
      "aws:useFipsEndpoint": "true",
      "aws:userAgents": '["a/1"]',
      "aws:ignoreTags": '{"keyPrefixes":["c7n:"]}',
    });
    assert.deepEqual(settings, {
      ...EMPTY,
      assumeRoles: [
        {
          roleArn: "arn:aws:iam::1:role/a",
          durationSeconds: 5400,
          sessionName: "s",
          externalId: "x",
          tags: { k: "v" },
        },
        { roleArn: "arn:aws:iam::2:role/b", transitiveTagKeys: ["k"], policyArns: ["arn:p"] },
      ],
      webIdentity: { roleArn: "arn:aws:iam::1:role/w", webIdentityTokenFile: "/t" },
      sharedConfigFile: "/config",
      allowedAccountIds: ["000000000001", "123456789012"],
      maxRetries: 5,
      retryMode: "adaptive",
      useFipsEndpoint: true,
      userAgents: ["a/1"],
      ignoreTags: { keys: [], keyPrefixes: ["c7n:"] },
    });
    assert.deepEqual(read({ "aws:assumeRole": { roleArn: "r" } }).assumeRoles, [{ roleArn: "r" }]);
  });

  const wrong: [string, unknown, RegExp][] = [
    ["aws:assumeRoles", '[{"sessionName":"s"}]', /roleArn is missing/],
    ["aws:assumeRoles", '[{"roleArn":"r","duration":"soon"}]', /a duration like 1h or 15m/],
    ["aws:assumeRoleWithWebIdentity", '{"roleArn":"r"}', /webIdentityToken or a webIdentityTokenFile/],
    ["aws:sharedConfigFiles", '["a","b"]', /path of one file/],
    ["aws:allowedAccountIds", '["12"]', /account ids of 12 digits/],
    ["aws:maxRetries", "-1", /whole number of 0 or more/],
    ["aws:retryMode", "legacy", /standard or adaptive/],
    ["aws:useFipsEndpoint", "yes", /true or false/],
    ["aws:region", ["us-west-2"], /a text/],
    ["aws:endpoints", '[{"connect":"nowhere"}]', /connect is not a URL/],
    ["aws:httpsProxy", "proxy:3128", /a URL like http:\/\/HOST:PORT/],
    ["aws:insecure", "true", /not supported.*aws:customCaBundle/],
  ];
  for (const [key, value, message] of wrong) {
    it(`names ${key} and what it expects, when it is ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => read({ [key]: value }),
        (error: Error) => error.message.includes(key) && message.test(error.message),
      );
    });
  }

  it("refuses lists of accounts that exclude each other", () => {
    const both = { "aws:allowedAccountIds": '["123456789012"]', "aws:forbiddenAccountIds": '["210987654321"]' };
    assert.throws(() => read(both), /exclude each other/);
  });

  it("has a word on every key of @pulumi/aws, whose own types are the contract", () => {
    // The type check fails when @pulumi/aws adds or renames a key, or a member of a structured one.
    const keys: Record<keyof typeof aws, unknown> = AWS_KEYS;
    const ours: Record<keyof typeof AWS_KEYS, unknown> = {} as typeof aws;
    const role: Record<keyof outputs.config.AssumeRoles, unknown> = MEMBERS_OF_ROLE;
    const identity: Record<keyof outputs.config.AssumeRoleWithWebIdentity, unknown> = MEMBERS_OF_WEB_IDENTITY;
    const ignored: Record<keyof outputs.config.IgnoreTags, unknown> = { keys: 0, keyPrefixes: 0 };
    for (const table of [keys, ours, role, identity, ignored]) assert.ok(table);
  });

  it("ignores keys of @pulumi/aws that mean nothing here", () => {
    assert.deepEqual(read({ "aws:skipMetadataApiCheck": "true", "aws:s3UsePathStyle": "true" }), read({}));
  });
});
