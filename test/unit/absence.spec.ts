import assert from "node:assert/strict";
import { AwsError } from "../../provider/src/aws/awsError";
import { findAfter, type Sight } from "../../provider/src/presence/find";
import { awsError, INSTANCE, SimulatedConnect } from "../simulation/service";
import { BEHAVIOUR } from "../simulation/support";

const NOT_FOUND = awsError("ResourceNotFoundException");

describe("the absence of an evaluation", () => {
  let connect: SimulatedConnect;
  let called: string[];
  beforeEach(() => {
    connect = new SimulatedConnect(structuredClone(BEHAVIOUR));
    called = [];
  });

  const started = () => connect.start({ instanceId: INSTANCE, contactId: "c", evaluationFormId: "f" }, "token", {});

  const stateOf = (evaluationArn: string, since?: Date) => ({
    evaluationArn,
    contactId: "c",
    ...(since && { createdTime: since.toISOString() }),
  });

  /** What a "not found" comes to. */
  async function prove(arn: string, since?: Date, error: unknown = NOT_FOUND, account = "123456789012") {
    const calls = connect.calls(
      (operation) => called.push(operation),
      () => undefined,
    );
    const began = connect.clock.now().getTime();
    const sight: Sight = await findAfter(
      { connect: { ...calls, callerAccount: async () => account }, state: stateOf(arn, since) },
      error,
    );
    return { sight, seconds: Math.round((connect.clock.now().getTime() - began) / 1000) };
  }

  it("is proven by Connect's own word for one that is older than ten minutes and that the contact's list lacks", async () => {
    const { arn } = started();
    const since = connect.clock.now();
    connect.pass(600_000);
    connect.delete(arn);
    assert.deepEqual(await prove(arn, since), { sight: "gone", seconds: 0 });
    assert.deepEqual(called, ["ListContactEvaluations"]);
  });

  it("is not proven for one that the contact's list has: its form may have been deleted", async () => {
    const { arn } = started();
    const since = connect.clock.now();
    connect.pass(600_000);
    assert.deepEqual(await prove(arn, since), { sight: "not described", seconds: 0 });
  });

  it("is proven by the contact's record for a young one", async () => {
    const { arn } = started();
    connect.delete(arn);
    assert.deepEqual(await prove(arn, connect.clock.now()), { sight: "gone", seconds: 0 });
    assert.deepEqual(called, ["DescribeContact"]);
  });

  it("is proven for one of which no state says when it was started", async () => {
    const { arn } = started();
    connect.delete(arn);
    assert.equal((await prove(arn, undefined)).sight, "gone");
  });

  it("is not proven for a young one that is visible a few seconds later", async () => {
    connect.behaviour.lag.DescribeContactEvaluation = 3000;
    const { arn } = started();
    const { sight } = await prove(arn, connect.clock.now());
    assert.equal(typeof sight === "object" && sight.evaluationArn, arn);
  });

  it("is not proven for a young one that stays invisible for ten seconds, also to InvalidRequestException", async () => {
    connect.behaviour.lag.DescribeContactEvaluation = 599_000;
    const { arn } = started();
    for (const error of [NOT_FOUND, awsError("InvalidRequestException")]) {
      const { sight, seconds } = await prove(arn, connect.clock.now(), error);
      assert.equal(sight, "not visible yet");
      assert.ok(seconds >= 10 && seconds <= 12, `${seconds} s`);
    }
  });

  it("is not proven where the record cannot be read", async () => {
    connect.behaviour.lag.DescribeContactEvaluation = 599_000;
    const { arn } = started();
    connect.delete(arn);
    const calls = connect.calls(
      (operation) => {
        if (operation === "DescribeContact") throw awsError("AccessDeniedException");
      },
      () => undefined,
    );
    const sought = { connect: calls, state: stateOf(arn, connect.clock.now()) };
    assert.equal(await findAfter(sought, NOT_FOUND), "not visible yet");
  });

  it("is not proven by anything but Connect's own word", async () => {
    const { arn } = started();
    const since = connect.clock.now();
    connect.pass(600_000);
    const gateway = new AwsError({ name: "Unknown", message: "", status: 404 });
    for (const error of [
      gateway,
      awsError("AccessDeniedException"),
      awsError("InvalidRequestException"),
      new TypeError(),
    ]) {
      await assert.rejects(prove(arn, since, error), error);
    }
  });

  it("is not proven by another account's word", async () => {
    await assert.rejects(
      prove(started().arn, undefined, NOT_FOUND, "999999999999"),
      /belongs to account 123456789012, and the credentials to account 999999999999/,
    );
  });
});
