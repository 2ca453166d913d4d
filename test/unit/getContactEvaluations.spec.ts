import assert from "node:assert/strict";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { UserError } from "../../provider/src/shared/errors";
import type { Json } from "../../provider/src/shared/plain";
import { getContactEvaluations } from "../../provider/src/verbs/getContactEvaluations";
import { lifecycleOf, REGION, sessionOf } from "../support/lifecycle";

/** The function as both fronts call it, and a real HTTP server. */
describe("getContactEvaluations", () => {
  const ACCOUNT = "123456789012";
  const INSTANCE = `arn:aws:connect:${REGION}:${ACCOUNT}:instance/support`;
  let emulator: ConnectEmulator;

  beforeEach(async () => {
    emulator = await startConnectEmulator({ region: REGION });
    emulator.addInstance({ instanceId: "support" });
    emulator.addContact("support", { contactId: "contact" });
    for (const evaluationFormId of ["calls", "chats"]) emulator.addEvaluationForm("support", { evaluationFormId });
  });
  afterEach(() => emulator.close());

  const start = async (evaluationFormId: string) =>
    (
      await lifecycleOf(emulator).create(
        { key: evaluationFormId },
        { instanceId: "support", contactId: "contact", evaluationFormId },
      )
    ).evaluationArn;

  const listed = async (given: Json, config?: Record<string, string>) =>
    (await getContactEvaluations(sessionOf(emulator, config), given)).evaluations;

  const refused = async (given: Json, config?: Record<string, string>): Promise<string> => {
    const error = await listed(given, config).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof UserError, `expected a sentence, got ${error}`);
    return error.message;
  };

  it("says of each evaluation who graded it, how far it is, and its score, the oldest first, with one call", async () => {
    const first = await start("chats");
    emulator.advance(1000);
    const second = await start("calls");
    emulator.advance(1000);
    emulator.someone.answers(second, { q1: { StringValue: "Yes" }, q2: { NumericValue: 9 } });
    emulator.someone.submits(second);
    emulator.clearRequests();

    const [draft, submitted, ...others] = await listed({ instanceId: "support", contactId: "contact" });

    assert.deepEqual(others, []);
    assert.equal(draft?.evaluationArn, first);
    assert.deepEqual(draft?.score, undefined);
    const { evaluationId, createdTime, lastModifiedTime, evaluatorArn, ...rest } = submitted ?? assert.fail();
    assert.deepEqual(rest, {
      evaluationArn: second,
      evaluationFormId: "calls",
      evaluationFormTitle: emulator.evaluation(second)?.evaluationFormTitle,
      status: "SUBMITTED",
      evaluationType: "STANDARD",
      score: { percentage: 100, notApplicable: false, automaticFail: false },
    });
    assert.ok(second.endsWith(`/${evaluationId}`));
    assert.ok(createdTime < lastModifiedTime);
    assert.match(evaluatorArn ?? "", /^arn:aws:/);
    assert.deepEqual(
      emulator.requests.map(({ operation }) => operation),
      ["ListContactEvaluations"],
    );
  });

  it("lists those of one form, by ids or by ARNs, in the Region that an ARN names", async () => {
    await start("calls");
    const chat = await start("chats");
    const arns = {
      instanceId: INSTANCE,
      contactId: `${INSTANCE}/contact/contact`,
      evaluationFormId: `${INSTANCE}/evaluation-form/chats`,
    };
    const ids = { instanceId: "support", contactId: "contact", evaluationFormId: "chats" };
    for (const [given, region] of [
      [arns, "eu-west-2"],
      [ids, REGION],
    ] as const) {
      assert.deepEqual(
        (await listed(given, { "aws:region": region })).map(({ evaluationArn }) => evaluationArn),
        [chat],
      );
    }
  });

  it("lists an evaluation of a calibration session as one", async () => {
    const calibration = await start("calls");
    emulator.someone.setsType(calibration, "CALIBRATION");
    const [found] = await listed({ instanceId: "support", contactId: "contact" });
    assert.equal(found?.evaluationType, "CALIBRATION");
  });

  it("tells all that is wrong with its inputs at once, and calls nothing", async () => {
    const message = await refused({
      instanceId: "",
      contactId: `${INSTANCE}/evaluation-form/calls`,
      region: "here",
      form: "x",
    });
    for (const part of [
      /instanceId must be the id of a Connect instance .*; got an empty string/,
      /contactId must be the id of a contact .*; got an ARN of kind evaluation-form/,
      /region must be the name of an AWS Region/,
      /form is not a property of getContactEvaluations; it has instanceId, contactId, evaluationFormId, region/,
    ]) {
      assert.match(message, part);
    }
    assert.match(await refused({}), /instanceId is missing: .*contactId is missing: /);
    assert.match(
      await refused({ instanceId: "other", contactId: `${INSTANCE}/contact/contact` }),
      /contactId is an ARN of instance support, and instanceId says other/,
    );
    assert.deepEqual(emulator.requests, []);
  });

  it("says what it attempted and why it failed, where Connect does not know the contact or the account is not allowed", async () => {
    assert.match(
      await refused({ instanceId: "support", contactId: "nobody" }),
      /^could not list the evaluations of contact nobody\n {2}why: .*\n {2}do: {2}.*\n {2}aws: ResourceNotFoundException/,
    );
    emulator.clearRequests();
    const allowed = { "aws:allowedAccountIds": '["210987654321"]' };
    assert.match(
      await refused({ instanceId: "support", contactId: "contact" }, allowed),
      new RegExp(`account ${ACCOUNT}`),
    );
    assert.deepEqual(
      emulator.requests.map(({ operation }) => operation),
      ["GetCallerIdentity"],
    );
  });

  it("says how to give a Region where nothing does", async () => {
    const message = await refused({ instanceId: "support", contactId: "contact" }, { "aws:region": "" });
    assert.match(message, /no AWS Region is configured\n {2}do: {2}set aws:region/);
  });
});
