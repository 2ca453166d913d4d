import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { ProviderArgs } from "pulumi-connect-evaluations";
import type { OperationName } from "../../emulator/src";
import { KEYS, type NameOf, type ReadKeys } from "../../provider/src/aws/settings";
import { patternInWords } from "../support/fronts";
import type { OperationResult } from "../support/operation";
import type { TestConfig } from "../support/preparedStack";
import { textsUnder } from "../support/texts";
import { REGION, type World, worldForEach } from "../support/world";

const CANARY = "canary7f31";
const ROLE = "arn:aws:iam::123456789012:role";

type Names = NameOf<ReadKeys>;

/** A default tag; Pulumi shows the keys of secret objects in diffs, so that only its value is to be hidden. */
const TAG = "audience";

/**
 * A value of each setting with a canary in it; `undefined` for those that hold no secret: a number, a flag, a Region, an
 * account, the older name of another. Whom a role is assumed as, Amazon Connect says of each evaluation.
 */
function canaries({ emulator, stack }: World): Record<Names, unknown> {
  const bundle = path.join(stack.workDir, `${CANARY}-bundle.pem`);
  return {
    accessKey: `AKIA${CANARY}-key`,
    allowedAccountIds: undefined,
    assumeRole: undefined,
    assumeRoleWithWebIdentity: {
      roleArn: `${ROLE}/web`,
      webIdentityToken: `${CANARY}-web-token`,
      policy: `{"Id":"${CANARY}-web-policy"}`,
    },
    assumeRoles: [
      {
        roleArn: `${ROLE}/chained`,
        externalId: `${CANARY}-external`,
        policy: `{"Id":"${CANARY}-policy"}`,
        sourceIdentity: `${CANARY}-source`,
        tags: { [`${CANARY}-tag`]: `${CANARY}-value` },
      },
    ],
    customCaBundle: bundle,
    defaultTags: { tags: { [TAG]: `${CANARY}-default`, open: "1" } },
    endpoints: [{ connect: emulator.url, sts: emulator.url }],
    forbiddenAccountIds: undefined,
    forceDestroy: undefined,
    httpProxy: `http://user:${CANARY}-http@127.0.0.1:1`,
    httpsProxy: `http://user:${CANARY}-https@127.0.0.1:1`,
    ignoreTags: { keys: [`${CANARY}-ignored`], keyPrefixes: [`${CANARY}-prefix`] },
    maxRetries: undefined,
    namespace: `${CANARY}-namespace`,
    noProxy: `${CANARY}-host`,
    profile: `${CANARY}-profile`,
    region: undefined,
    retryMode: undefined,
    secretKey: `${CANARY}-secret`,
    sharedConfigFiles: [`/${CANARY}-config`],
    sharedCredentialsFiles: [`/${CANARY}-credentials`],
    stsRegion: undefined,
    token: `${CANARY}-token`,
    useDualstackEndpoint: undefined,
    useFipsEndpoint: undefined,
    userAgents: [`${CANARY}/1`],
  };
}

/** As AWS repeats in an error what it was sent; whom a role is assumed as, and the keys of tags, are no secrets. */
function repeated(settings: object): string {
  const values: string[] = [];
  JSON.stringify(settings, (key, value) => {
    if (typeof value === "string" && key !== "roleArn") values.push(value);
    return value;
  });
  return values.map((value) => `Value '${value}' failed to satisfy the constraint`).join("; ");
}

const sentOf = ({ accessKey, secretKey, token, assumeRoles, assumeRoleWithWebIdentity }: Record<Names, unknown>) => ({
  ...{ accessKey, secretKey, token },
  ...{ assumeRoles, assumeRoleWithWebIdentity },
});

describe("settings that hold secrets", () => {
  const world = worldForEach();

  async function prepare(w: World): Promise<[Names, unknown][]> {
    for (const name of ["web", "chained"]) w.emulator.addRole({ roleArn: `${ROLE}/${name}` });
    const values = canaries(w);
    await fs.writeFile(String(values.customCaBundle), "");
    return (Object.entries(values) as [Names, unknown][]).filter(([, value]) => value !== undefined);
  }

  /** An `up` in which AWS refuses the call and repeats what it was sent. */
  async function refusal(
    w: World,
    program: pulumi.automation.PulumiFn,
    operation: OperationName[],
    sent: object,
  ): Promise<OperationResult> {
    const fault = { error: "ValidationError", status: 400, message: repeated(sent) };
    const refused = w.emulator.faults.add({ operation, fault, times: Number.POSITIVE_INFINITY });
    const failed = await w.stack.upFails({ program });
    // What the stack's configuration has as a secret, the engine takes out as well.
    assert.match(failed.output, /ValidationError: Value '\[(redacted|secret)\]'/);
    refused.remove();
    return failed;
  }

  /**
   * Everything that a command may show or keep, after every kind of command.
   * @param sent what of the settings goes out with calls.
   */
  async function assertHidden(w: World, program: pulumi.automation.PulumiFn, sent: object): Promise<void> {
    const texts: string[] = [];
    const keep = async (operation: Promise<OperationResult>) => {
      texts.push((await operation).output);
      texts.push(await textsUnder(w.stack.folders.backend));
    };
    await keep(w.stack.preview({ program, diff: true }));
    await keep(refusal(w, program, ["AssumeRole", "AssumeRoleWithWebIdentity"], sent));
    await keep(refusal(w, program, ["StartContactEvaluation"], [sent, `${CANARY}-default`]));
    await keep(w.stack.up({ program, diff: true }));
    const [started] = w.emulator.evaluations();
    assert.equal(started?.tags[TAG], `${CANARY}-default`, "the settings have no effect");
    await keep(w.stack.refresh());
    w.emulator.someone.tags(started?.arn ?? "", { [TAG]: `${CANARY}-changed` });
    await keep(w.stack.refresh({ diff: true } as object));
    await keep(w.stack.up({ program, diff: true }));
    assert.equal(w.only.tags[TAG], `${CANARY}-default`);
    w.emulator.faults.add({ fault: { error: "AccessDeniedException", status: 403 }, times: Number.POSITIVE_INFINITY });
    await keep(w.stack.destroyFails());
    w.emulator.faults.clear();
    await keep(w.stack.destroy());
    for (const text of texts) {
      const at = text.indexOf(CANARY);
      assert.equal(at, -1, `a secret is in plain text: ${text.slice(Math.max(0, at - 400), at + 80)}`);
    }
  }

  it("show none of them when the stack's configuration has them as secrets", async () => {
    const w = world();
    const values = await prepare(w);
    const config = values.map(([name, value]): [string, TestConfig[string]] => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return [
        Object.hasOwn(KEYS, `aws:${name}`) ? `aws:${name}` : `connect-evaluations:${name}`,
        { value: text, secret: true },
      ];
    });
    await w.stack.configure(Object.fromEntries(config));
    const program = async () => ({ tags: w.declare("one", { tags: { own: "1" } }).tags });
    await assertHidden(w, program, sentOf(canaries(w)));
  });

  it("show none of them when an explicit provider has them as secrets, and those that are secret by nature as texts", async () => {
    const w = world();
    const values = Object.fromEntries(await prepare(w)) as Record<Names, unknown>;
    const { accessKey, secretKey, token, httpProxy, httpsProxy, ...others } = values;
    const secrets = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, pulumi.secret(value)]));
    const natural = { accessKey, secretKey, token, httpProxy, httpsProxy };
    const args = { ...natural, ...secrets, region: REGION } as ProviderArgs;
    const program = async () => {
      const provider = w.front.provider("own", args);
      return { tags: w.declare("one", { tags: { own: "1" } }, { provider }).tags };
    };
    await assertHidden(w, program, sentOf(canaries(w)));
  });

  it("show no external id, web identity token or nested secret among texts", async () => {
    const w = world();
    const { assumeRoles, assumeRoleWithWebIdentity } = Object.fromEntries(await prepare(w)) as Record<Names, object>;
    const { externalId } = (assumeRoles as { externalId: string }[])[0] ?? {};
    const { webIdentityToken } = assumeRoleWithWebIdentity as { webIdentityToken: string };
    for (const name of ["plain", "later"]) w.emulator.addRole({ roleArn: `${ROLE}/${name}` });
    const program = async () => {
      const provider = w.front.provider("own", {
        region: REGION,
        endpoints: [{ connect: w.emulator.url, sts: w.emulator.url }],
        assumeRoleWithWebIdentity: Promise.resolve({
          roleArn: `${ROLE}/plain`,
          webIdentityToken: `${webIdentityToken}`,
        }),
        assumeRoles: [
          { roleArn: `${ROLE}/plain`, externalId: `${externalId}` },
          pulumi.output({ roleArn: `${ROLE}/later`, externalId: `${externalId}` }),
        ],
        defaultTags: { tags: pulumi.secret({ [TAG]: `${CANARY}-default` }) },
      });
      const parent = new pulumi.ComponentResource("test:index:Round", "round", {}, { providers: [provider] });
      w.declare("one", {}, { parent });
    };
    await assertHidden(w, program, { externalId, webIdentityToken });
  });

  it("show no password of a proxy that cannot be reached, or whose address is wrong", async () => {
    const w = world();
    const unreachable = /the endpoint cannot be reached/;
    const wrong = patternInWords(/aws:httpProxy must be a URL like http:\/\/HOST:PORT/);
    for (const [httpProxy, said] of [
      [`http://user:${CANARY}@127.0.0.1:1`, unreachable],
      [`ftp://user:${CANARY}@proxy.example`, wrong],
      [`http://user:${CANARY}@:x`, wrong],
    ] as const) {
      const endpoints = [{ connect: "http://connect.example" }];
      const keys = { accessKey: "AKIATEST", secretKey: "emulated-other-secret" };
      const program = async () => {
        const provider = w.front.provider("own", { region: REGION, endpoints, maxRetries: 0, ...keys, httpProxy });
        w.declare("one", {}, { provider });
      };
      const { output } = await w.stack.upFails({ program });
      assert.match(output, said);
      assert.doesNotMatch(output, new RegExp(CANARY));
    }
    assert.doesNotMatch(await textsUnder(w.stack.folders.backend), new RegExp(CANARY));
  });

  it("leave the tags readable when no default tag is a secret", async () => {
    const w = world();
    await w.stack.configure({ "aws:defaultTags": '{"tags":{"open":"stack"}}' });
    await w.stack.up({
      program: async () => {
        const provider = w.front.provider("own", {
          region: REGION,
          accessKey: "AKIATEST",
          secretKey: "emulated-other-secret",
          endpoints: [{ connect: w.emulator.url }],
          defaultTags: { tags: { open: "provider" } },
        });
        w.declare("one", { tags: { own: "1" } });
        w.declare("two", { contactId: w.contactB }, { provider });
      },
    });
    assert.deepEqual((await w.stack.resource("one")).inputs?.tags, { open: "stack", own: "1" });
    assert.deepEqual((await w.stack.resource("two")).inputs?.tags, { open: "provider" });
  });

  it("hide the tags of an evaluation that is only read, too", async () => {
    const w = world();
    await w.stack.configure({ "aws:defaultTags": { value: `{"tags":{"hidden":"${CANARY}"}}`, secret: true } });
    await w.stack.up({ program: w.program("one") });
    const { arn } = w.only;
    await w.stack.up({
      program: async () => {
        w.declare("one");
        w.front.get("same", arn);
      },
    });
    assert.doesNotMatch(await textsUnder(w.stack.folders.backend), new RegExp(CANARY));
  });
});
