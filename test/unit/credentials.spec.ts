import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { failed } from "../../provider/src/aws/causes";
import { identityOf, regionOf } from "./awsEnvironment";

const ROLE = "arn:aws:iam::123456789012:role/Calibration";

const keysOf = (name: string) => ({ "aws:accessKey": name, "aws:secretKey": "s" });
const keysIn = (name: string) => ({ AWS_ACCESS_KEY_ID: name, AWS_SECRET_ACCESS_KEY: "s" });
const profile = (name: string, key: string) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`;
/** Keys in every profile that a test could mean, so that only the precedence decides. */
const FILES = {
  ".aws/credentials":
    profile("default", "AKIADEFAULT") + profile("staging", "AKIASTAGING") + profile("prod", "AKIAPROD"),
  "other/credentials": profile("default", "AKIAOTHERDEFAULT") + profile("staging", "AKIAOTHERSTAGING"),
  token: "a-web-identity-token",
};

describe("whose credentials the calls carry", () => {
  let emulator: ConnectEmulator;

  before(async () => {
    emulator = await startConnectEmulator();
    emulator.addRole({ roleArn: ROLE });
  });

  after(() => emulator.close());

  const sts = () => ({ "aws:endpoints": JSON.stringify([{ sts: emulator.url }]), "aws:region": "us-west-2" });
  const webIdentity = JSON.stringify({ roleArn: ROLE, webIdentityTokenFile: "HOME/token", sessionName: "ci" });
  const inEnvironment = { AWS_WEB_IDENTITY_TOKEN_FILE: "HOME/token", AWS_ROLE_ARN: ROLE };

  /** From the strongest to the weakest; each wins over all that follow. */
  const precedence: [string, { config?: Record<string, string>; environment?: Record<string, string> }, RegExp][] = [
    ["aws:assumeRoleWithWebIdentity", { config: { "aws:assumeRoleWithWebIdentity": webIdentity } }, /^ASIA/],
    ["aws:accessKey", { config: keysOf("AKIACONFIG") }, /^AKIACONFIG$/],
    ["aws:profile", { config: { "aws:profile": "staging" } }, /^AKIASTAGING$/],
    ["AWS_ACCESS_KEY_ID", { environment: keysIn("AKIAENV") }, /^AKIAENV$/],
    ["AWS_WEB_IDENTITY_TOKEN_FILE", { environment: inEnvironment }, /^ASIA/],
    ["AWS_PROFILE", { environment: { AWS_PROFILE: "prod" } }, /^AKIAPROD$/],
    ["the profile default", {}, /^AKIADEFAULT$/],
  ];
  for (const [n, [source, , expected]] of precedence.entries()) {
    it(`are those of ${source}, whatever weaker source there is`, async () => {
      const together = precedence.slice(n);
      const config = Object.assign(sts(), ...together.map(([, given]) => given.config));
      const environment = Object.assign({}, ...together.map(([, given]) => given.environment));
      assert.match((await identityOf({ config, environment, files: FILES })).accessKeyId, expected);
    });
  }

  it("are none of a variable that is empty", async () => {
    const environment = { ...keysIn(""), AWS_SECRET_ACCESS_KEY: "", AWS_PROFILE: "", AWS_ROLE_ARN: "" };
    assert.equal((await identityOf({ environment, files: FILES })).accessKeyId, "AKIADEFAULT");
    const keys = { ...keysIn("AKIAENV"), AWS_SESSION_TOKEN: "" };
    assert.deepEqual(await identityOf({ environment: keys }), { accessKeyId: "AKIAENV", secretAccessKey: "s" });
  });

  it("are those of the named shared file, for the default profile too", async () => {
    const config = { "aws:sharedCredentialsFiles": '["HOME/other/credentials"]' };
    const key = async (more: object, environment = {}) =>
      (await identityOf({ config: { ...config, ...more }, environment, files: FILES })).accessKeyId;
    assert.equal(await key({}), "AKIAOTHERDEFAULT");
    assert.equal(await key({ "aws:profile": "staging" }), "AKIAOTHERSTAGING");
    assert.equal(await key({}, { AWS_PROFILE: "staging" }), "AKIAOTHERSTAGING");
    assert.equal(await key({}, keysIn("AKIAENV")), "AKIAENV");
  });

  it("are those of the role that a profile assumes with a token, at the stack's STS", async () => {
    const text = `[profile web]\nrole_arn = ${ROLE}\nweb_identity_token_file = HOME/token\n`;
    const files = { ...FILES, ".aws/config": text };
    const { accessKeyId } = await identityOf({ config: { ...sts(), "aws:profile": "web" }, files });
    assert.match(accessKeyId, /^ASIA/);
  });

  const now = Date.now();
  const SSO = [
    "[profile sso]",
    "sso_session = corp",
    "sso_account_id = 123456789012",
    "sso_role_name = Deployer",
    "[sso-session corp]",
    "sso_region = eu-north-1",
    "sso_start_url = https://corp.awsapps.com/start",
    "",
  ].join("\n");
  const session = (expiresAt: number) => ({
    [`.aws/sso/cache/${createHash("sha1").update("corp").digest("hex")}.json`]: JSON.stringify({
      accessToken: "t",
      expiresAt: new Date(expiresAt).toISOString(),
    }),
  });

  it("are asked of IAM Identity Center in its own Region, with a profile of the named file", async () => {
    const asked: string[] = [];
    const proxy = http.createServer().on("connect", ({ url = "" }, socket) => {
      asked.push(url);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
    const { port } = proxy.address() as AddressInfo;
    try {
      const config = {
        ...sts(),
        "aws:profile": "sso",
        "aws:sharedConfigFiles": "HOME/other/config",
        "aws:httpsProxy": `http://127.0.0.1:${port}`,
        "aws:maxRetries": "0",
      };
      await assert.rejects(identityOf({ config, files: { "other/config": SSO, ...session(now + 3_600_000) } }));
    } finally {
      await new Promise((closed) => proxy.close(closed));
    }
    assert.deepEqual(asked, ["portal.sso.eu-north-1.amazonaws.com:443"]);
  });

  describe("are missing, and the reason is named:", () => {
    const reasonFor = async (given: Parameters<typeof identityOf>[0]): Promise<string> => {
      const error = await identityOf(given).then(
        () => assert.fail("there are credentials"),
        (thrown: unknown) => thrown,
      );
      return (failed("start an evaluation", error) as Error).message;
    };

    it("nothing is configured", async () => {
      assert.match(await reasonFor({}), /why: no AWS credentials were found\n {2}do: {2}set aws:profile or/);
    });

    for (const [source, given] of [
      ["aws:profile", { config: { "aws:profile": "stagin" } }],
      ["AWS_PROFILE", { environment: { AWS_PROFILE: "stagin" } }],
    ] as const) {
      it(`${source} names a profile that does not exist`, async () => {
        assert.match(
          await reasonFor({ ...given, files: FILES }),
          /why: there is no profile stagin in ~\/.aws\/config or ~\/.aws\/credentials\n {2}do: {2}correct the profile's name .*`aws configure --profile stagin`$/,
        );
      });
    }

    for (const [source, given] of [
      ["aws:sharedCredentialsFiles", { config: { "aws:sharedCredentialsFiles": "/nowhere/credentials" } }],
      ["AWS_CONFIG_FILE", { environment: { AWS_CONFIG_FILE: "/nowhere/credentials" } }],
    ] as const) {
      it(`${source} names a file that does not exist`, async () => {
        const why = new RegExp(`why: the file /nowhere/credentials does not exist\\n {2}do: {2}correct ${source}$`);
        assert.match(await reasonFor(given), why);
        const config = { ...("config" in given && given.config), "aws:profile": "staging" };
        assert.match(await reasonFor({ ...given, config }), why);
      });
    }

    it("the profile has no credentials", async () => {
      const files = { ".aws/config": "[profile bare]\nregion = us-west-2\n" };
      assert.match(
        await reasonFor({ config: { "aws:profile": "bare" }, files }),
        /why: profile bare gives no credentials\n {2}do: {2}correct it in ~\/.aws\/config or/,
      );
    });

    it("its credential_process fails, and no secret of its command is shown", async () => {
      const files = { ".aws/config": "[profile p]\ncredential_process = sh -c 'echo gone >&2; exit 1' canary-1\n" };
      // Not those of the environment instead.
      const reason = await reasonFor({ config: { "aws:profile": "p" }, environment: keysIn("AKIAENV"), files });
      assert.match(
        reason,
        /why: the credential_process of profile p failed\n {2}do: {2}run .* ~\/.aws\/config or .*\n/,
      );
      assert.match(reason, /gone/);
      assert.doesNotMatch(reason, /canary/);
    });

    it("the SSO session has expired, or there is none", async () => {
      const config = { "aws:profile": "sso" };
      const expected =
        /why: the SSO session of profile sso has expired, or there is none\n {2}do: {2}sign in with `aws sso login --profile sso`/;
      assert.match(await reasonFor({ config, files: { ".aws/config": SSO, ...session(now - 1_000) } }), expected);
      assert.match(await reasonFor({ config, files: { ".aws/config": SSO } }), expected);
    });

    it("the role of the profile needs a code", async () => {
      const text = `[profile mfa]\nrole_arn = ${ROLE}\nsource_profile = default\nmfa_serial = arn:mfa\n`;
      assert.match(
        await reasonFor({ config: { ...sts(), "aws:profile": "mfa" }, files: { ...FILES, ".aws/config": text } }),
        /why: profile mfa needs a code of the MFA device arn:mfa/,
      );
    });

    it("the file with the web identity token does not exist", async () => {
      const identity = JSON.stringify({ roleArn: ROLE, webIdentityTokenFile: "/nowhere/token" });
      assert.match(
        await reasonFor({ config: { ...sts(), "aws:assumeRoleWithWebIdentity": identity } }),
        /why: the file \/nowhere\/token with the web identity token for role .*Calibration does not exist\n/,
      );
    });

    it("STS does not let the caller assume the role, in the words of STS", async () => {
      const config = { ...sts(), ...keysOf("AKIACONFIG"), "aws:assumeRoles": [{ roleArn: `${ROLE}None` }] };
      assert.match(
        await reasonFor({ config }),
        /why: the credentials may not assume role .*None\n[\s\S]*aws: AWS STS answered AccessDenied: /,
      );
    });

    it("STS fails, and not Amazon Connect", async () => {
      emulator.faults.add({ operation: "AssumeRole", fault: { error: "InternalFailure", status: 500 } });
      const config = { ...sts(), ...keysOf("AKIACONFIG"), "aws:assumeRoles": [{ roleArn: ROLE }] };
      const reason = await reasonFor({ config: { ...config, "aws:maxRetries": 0 } });
      assert.match(reason, /why: AWS STS failed internally/);
      assert.doesNotMatch(reason, /Amazon Connect/);
    });
  });
});

describe("the Region of a resource without one", () => {
  const region = (name: string) => `region = ${name}\n`;
  const files = {
    ".aws/config": `[default]\n${region("us-east-1")}[profile staging]\n${region("us-east-2")}`,
    "other/config": `[default]\n${region("eu-west-1")}[profile staging]\n${region("eu-west-2")}`,
  };
  const other = { "aws:sharedConfigFiles": "HOME/other/config" };

  const rows: [string, Parameters<typeof regionOf>[0], string][] = [
    [
      "aws:region",
      { config: { "aws:region": "sa-east-1" }, environment: { AWS_REGION: "ca-west-1", AWS_DEFAULT_REGION: "x" } },
      "sa-east-1",
    ],
    ["AWS_REGION", { environment: { AWS_REGION: "ca-west-1", AWS_DEFAULT_REGION: "ca-central-1" } }, "ca-west-1"],
    [
      "AWS_DEFAULT_REGION",
      { config: { "aws:profile": "staging" }, environment: { AWS_DEFAULT_REGION: "ca-central-1" } },
      "ca-central-1",
    ],
    ["aws:profile", { config: { "aws:profile": "staging" }, environment: { AWS_PROFILE: "default" } }, "us-east-2"],
    ["AWS_PROFILE", { environment: { AWS_PROFILE: "staging" } }, "us-east-2"],
    ["the profile default", {}, "us-east-1"],
    ["the profile default, where AWS_REGION is empty", { environment: { AWS_REGION: "" } }, "us-east-1"],
    ["the profile in aws:sharedConfigFiles", { config: { ...other, "aws:profile": "staging" } }, "eu-west-2"],
    ["AWS_PROFILE in aws:sharedConfigFiles", { config: other, environment: { AWS_PROFILE: "staging" } }, "eu-west-2"],
    ["the profile default in aws:sharedConfigFiles", { config: other }, "eu-west-1"],
    ["AWS_CONFIG_FILE", { environment: { AWS_CONFIG_FILE: "HOME/other/config" } }, "eu-west-1"],
  ];
  for (const [source, given, expected] of rows) {
    it(`is that of ${source}`, async () => assert.equal(await regionOf({ files, ...given }), expected));
  }

  it("is missing, and said to be", async () => {
    await assert.rejects(regionOf({ config: { "aws:sharedConfigFiles": "HOME/none" } }), /^Error: Region is missing$/);
  });
});
