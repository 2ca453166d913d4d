import assert from "node:assert/strict";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { askOnceForAccount, refuseOtherAccounts } from "../../provider/src/aws/accounts";
import { failed } from "../../provider/src/aws/causes";
import { stsConfig } from "../../provider/src/aws/clients";
import { credentialsOf } from "../../provider/src/aws/credentials";
import { readSettings } from "../../provider/src/aws/settings";

const ACCOUNT = "123456789012";

describe("the caller's account", () => {
  let emulator: ConnectEmulator;

  beforeEach(async () => {
    emulator = await startConnectEmulator();
  });

  afterEach(() => emulator.close());

  function settings(more: Record<string, unknown> = {}) {
    const config: Record<string, unknown> = {
      "aws:accessKey": "AKIATEST",
      "aws:secretKey": "s",
      "aws:endpoints": [{ sts: emulator.url }],
      ...more,
    };
    return readSettings((key) => config[key], {});
  }

  function asking(more?: Record<string, unknown>) {
    const sts = stsConfig(settings(more), "us-west-2");
    return askOnceForAccount(sts, credentialsOf(settings(more), sts), []);
  }

  it("is asked of STS once, however often it is wanted", async () => {
    const account = asking();
    assert.deepEqual(await Promise.all([account(), account()]), [ACCOUNT, ACCOUNT]);
    assert.equal(await account(), ACCOUNT);
    assert.equal(emulator.calls("GetCallerIdentity"), 1);
  });

  it("is asked again when STS failed, at once and the next time", async () => {
    const account = asking({ "aws:maxRetries": 1 });
    const fault = { error: "InternalFailure", status: 500 };
    emulator.faults.add({ operation: "GetCallerIdentity", fault, times: 2 });
    const error = await account().catch((thrown: unknown) => thrown);
    assert.match(
      (failed("read an evaluation", error) as Error).message,
      /why: AWS STS failed internally[\s\S]*AWS STS answered InternalFailure/,
    );
    assert.equal(emulator.calls("GetCallerIdentity"), 2);
    assert.equal(await account(), ACCOUNT);
  });

  it("is not asked where the stack allows every account", async () => {
    await refuseOtherAccounts(settings(), () => assert.fail("it is asked"));
  });

  it("must be one that is allowed, and none that is forbidden", async () => {
    const judge = (key: string, id: string) => refuseOtherAccounts(settings({ [key]: [id] }), async () => ACCOUNT);
    await judge("aws:allowedAccountIds", ACCOUNT);
    await judge("aws:forbiddenAccountIds", "210987654321");
    await assert.rejects(
      judge("aws:allowedAccountIds", "210987654321"),
      /account 123456789012, which aws:allowedAccountIds does not name/,
    );
    await assert.rejects(
      judge("aws:forbiddenAccountIds", ACCOUNT),
      /account 123456789012, which aws:forbiddenAccountIds names/,
    );
  });
});
