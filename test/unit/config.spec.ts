import assert from "node:assert/strict";
import type * as aws from "@pulumi/aws/config/vars";
import type { ProviderArgs as AwsProviderArgs } from "@pulumi/aws/provider";
import type * as outputs from "@pulumi/aws/types/output";
import type { Unwrap } from "@pulumi/pulumi";
import {
  DEFAULT_TAGS_MEMBERS,
  IGNORE_TAGS_MEMBERS,
  KEYS,
  type NameOf,
  type ReadKeys,
  ROLE_MEMBERS,
  readSettings,
  WEB_IDENTITY_MEMBERS,
} from "../../provider/src/aws/settings";
import {
  type AssumeRoleArgs,
  type AssumeRoleWithWebIdentityArgs,
  OWN_SETTINGS,
  type ProviderArgs,
} from "../../provider/src/program/explicitProvider";
import { defined } from "../../provider/src/shared/plain";

const EMPTY = {
  endpoints: {},
  userAgents: [],
  allowedAccountIds: [],
  forbiddenAccountIds: [],
  defaultTags: {},
  ignoreTags: { keys: [], keyPrefixes: [] },
  namespace: "",
  forceDestroy: false,
};

const read = (config: Record<string, unknown>, environment = {}) =>
  defined(readSettings((key) => config[key], environment));
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
      accessKey: "AKIA",
      secretKey: "s",
      token: "t",
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

  it("reports all that is wrong with it at once", () => {
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
          duration: 5400,
          sessionName: "s",
          externalId: "x",
          tags: { k: "v" },
        },
        { roleArn: "arn:aws:iam::2:role/b", transitiveTagKeys: ["k"], policyArns: ["arn:p"] },
      ],
      assumeRoleWithWebIdentity: { roleArn: "arn:aws:iam::1:role/w", webIdentityTokenFile: "/t" },
      sharedConfigFiles: "/config",
      allowedAccountIds: ["000000000001", "123456789012"],
      maxRetries: 5,
      retryMode: "adaptive",
      useFipsEndpoint: true,
      userAgents: ["a/1"],
      ignoreTags: { keys: [], keyPrefixes: ["c7n:"] },
    });
    assert.deepEqual(read({ "aws:assumeRole": { roleArn: "r" } }).assumeRole, [{ roleArn: "r" }]);
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
    ["aws:endpoints", "nowhere", /an object like|JSON/],
    ["aws:httpsProxy", "socks5://proxy:1080", /a URL like http:\/\/HOST:PORT/],
    ["aws:insecure", "true", /not supported.*aws:customCaBundle/],
    ["aws:defaultTags", '{"owner":"me"}', /an object like {"tags":{"Owner":"me"}}, which has no owner/],
    ["aws:defaultTags", '{"tags":{"a":{"b":"c"}}}', /its tags an object like .* whose values are texts/],
    ["aws:ignoreTags", '{"key":["a"]}', /which has no key$/],
    ["aws:assumeRoles", '[{"roleArn":"r","externalID":"x"}]', /which has no externalID$/],
    ["aws:token", "t", /belongs to an aws:accessKey and an aws:secretKey/],
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

  it("keeps texts that look like numbers or flags as they are written", () => {
    const roles = [{ roleArn: "r", externalId: "00123", sessionName: 7 }];
    const settings = read({
      "aws:assumeRoles": JSON.stringify(roles),
      "aws:allowedAccountIds": "012345678901",
      "aws:userAgents": "1.10",
      "aws:ignoreTags": { keys: "007", keyPrefixes: "true" },
      "connect-evaluations:namespace": 5,
    });
    assert.deepEqual(settings.assumeRoles, [{ roleArn: "r", externalId: "00123", sessionName: "7" }]);
    assert.deepEqual(settings.allowedAccountIds, ["012345678901"]);
    assert.deepEqual(settings.userAgents, ["1.10"]);
    assert.deepEqual(settings.ignoreTags, { keys: ["007"], keyPrefixes: ["true"] });
    assert.equal(settings.namespace, "5");
  });

  it("has no default tags where their list is null or missing", () => {
    for (const none of ['{"tags":null}', "{}", { tags: null }]) {
      assert.deepEqual(read({ "aws:defaultTags": none }).defaultTags, {});
    }
  });

  it("keeps every default tag as it is given, whatever its key", () => {
    const text = '{"tags":{"constructor":"a","__proto__":"b","aws:x":"c","":"d"}}';
    const { defaultTags } = read({ "aws:defaultTags": text });
    assert.deepEqual(Object.entries(defaultTags), [
      ["constructor", "a"],
      ["__proto__", "b"],
      ["aws:x", "c"],
      ["", "d"],
    ]);
  });

  it("takes a proxy without a scheme for one that speaks HTTP", () => {
    assert.equal(read({ "aws:httpsProxy": "proxy:3128" }).httpsProxy, "http://proxy:3128");
  });

  it("takes a refused key that is switched off for none", () => {
    for (const off of [false, "false", ""]) assert.deepEqual(read({ "aws:insecure": off }), read({}));
  });

  describe("falls back on the environment", () => {
    const rows: [string, string, keyof ReturnType<typeof readSettings>, string, string?][] = [
      ["aws:region", "AWS_REGION", "region", "us-west-2"],
      ["aws:region", "AWS_DEFAULT_REGION", "region", "us-west-2"],
      ["aws:customCaBundle", "AWS_CA_BUNDLE", "customCaBundle", "/ca.pem"],
      ["aws:httpProxy", "HTTP_PROXY", "httpProxy", "http://proxy:1"],
      ["aws:httpProxy", "http_proxy", "httpProxy", "http://proxy:1"],
      ["aws:httpsProxy", "HTTPS_PROXY", "httpsProxy", "http://proxy:1"],
      ["aws:httpsProxy", "https_proxy", "httpsProxy", "http://proxy:1"],
      ["aws:noProxy", "NO_PROXY", "noProxy", "example.com"],
      ["aws:noProxy", "no_proxy", "noProxy", "example.com"],
    ];
    for (const [key, variable, name, value] of rows) {
      it(`for ${key} on ${variable}, unless either is empty`, () => {
        assert.equal(read({}, { [variable]: value })[name], value);
        assert.equal(read({ [key]: "" }, { [variable]: value })[name], value);
        assert.equal(read({}, { [variable]: "" })[name], undefined);
        const own = value.replace(/\w$/, "9");
        assert.equal(read({ [key]: own }, { [variable]: value })[name], own);
      });
    }

    it("first on AWS_REGION, then on AWS_DEFAULT_REGION", () => {
      const both = { AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-west-2" };
      assert.equal(read({}, both).region, "us-east-1");
      assert.equal(read({}, { ...both, AWS_REGION: "" }).region, "us-west-2");
    });

    it("and names the variable that is wrong", () => {
      assert.throws(() => read({}, { HTTPS_PROXY: "socks5://proxy:1" }), /HTTPS_PROXY must be a URL like/);
    });

    it("and not for whom to act: AWS_PROFILE is weaker than the environment's keys", () => {
      assert.equal(read({}, { AWS_PROFILE: "staging" }).profile, undefined);
    });
  });

  it("has a word on every key of @pulumi/aws, whose own types are the contract", () => {
    // The type check fails when @pulumi/aws adds or renames a key, or a member of a structured one.
    type Names<T> = Record<keyof T, unknown>;
    type OwnAwsKeys = Exclude<Extract<keyof typeof KEYS, `aws:${string}`>, "aws:assumeRole">;
    const keys: Record<`aws:${keyof typeof aws}`, unknown> = KEYS;
    const ours: Record<NameOf<OwnAwsKeys>, unknown> = {} as typeof aws;
    const members: Names<outputs.config.AssumeRoles> = ROLE_MEMBERS;
    const identity: Names<outputs.config.AssumeRoleWithWebIdentity> = WEB_IDENTITY_MEMBERS;
    const ignored: Names<outputs.config.IgnoreTags> = IGNORE_TAGS_MEMBERS;
    const defaults: Names<outputs.config.DefaultTags> = DEFAULT_TAGS_MEMBERS;
    for (const table of [keys, ours, members, identity, ignored, defaults]) assert.ok(table);
  });

  it("can be given to an explicit provider, key by key and member by member", () => {
    // The type check fails when a key that is read is no argument, or the other way round.
    type ArgsOfTable = Record<NameOf<Exclude<ReadKeys, "aws:assumeRole">>, unknown>;
    const args: Record<keyof ProviderArgs, unknown> = {} as ArgsOfTable;
    const table: ArgsOfTable = {} as Required<ProviderArgs>;
    const role: Record<keyof AssumeRoleArgs, unknown> = ROLE_MEMBERS;
    const members: Record<keyof typeof ROLE_MEMBERS, unknown> = {} as Required<AssumeRoleArgs>;
    const identity: Record<keyof AssumeRoleWithWebIdentityArgs, unknown> = WEB_IDENTITY_MEMBERS;
    const identities: Record<keyof typeof WEB_IDENTITY_MEMBERS, unknown> =
      {} as Required<AssumeRoleWithWebIdentityArgs>;
    // And what is given is what @pulumi/aws takes.
    const theirs: Unwrap<AwsProviderArgs> = {} as Unwrap<Omit<ProviderArgs, "namespace" | "forceDestroy">>;
    for (const shape of [args, table, role, members, identity, identities, theirs]) assert.ok(shape);
  });

  it("has the names of the package's own keys, by which an explicit provider tells them from those of @pulumi/aws", () => {
    const own = Object.keys(KEYS).filter((key) => key.startsWith("connect-evaluations:"));
    assert.deepEqual(own.sort(), OWN_SETTINGS.map((name) => `connect-evaluations:${name}`).sort());
  });

  it("ignores keys of @pulumi/aws that mean nothing here", () => {
    assert.deepEqual(read({ "aws:skipMetadataApiCheck": "true", "aws:s3UsePathStyle": "true" }), read({}));
  });
});
