import assert from "node:assert/strict";
import { AwsError } from "../../provider/src/aws/awsError";
import { findAfter, type Sight } from "../../provider/src/presence/find";
import { awsError, INSTANCE, type Operation, SimulatedConnect } from "../simulation/service";
import { BEHAVIOUR } from "../simulation/support";

const NOT_FOUND = awsError("ResourceNotFoundException");

describe("the absence of an evaluation", () => {
  let connect: SimulatedConnect;
  let called: string[];
  beforeEach(() => {
    connect = new SimulatedConnect(structuredClone(BEHAVIOUR));
    called = [];
    failing = {};
  });

  const started = (token = "token") =>
    connect.start({ instanceId: INSTANCE, contactId: "c", evaluationFormId: "f" }, token, {});

  const stateOf = (evaluationArn: string, since?: Date) => ({
    evaluationArn,
    contactId: "c",
    ...(since && { createdTime: since.toISOString() }),
  });

  /** How each of these calls fails. */
  let failing: Partial<Record<Operation, string>>;
  const fail = (operation: Operation): void => {
    called.push(operation);
    const name = failing[operation];
    if (name !== undefined) throw awsError(name);
  };

  /** What a "not found" comes to. */
  async function prove(
    arn: string,
    since?: Date,
    error: unknown = NOT_FOUND,
    account: () => Promise<string> = async () => "123456789012",
  ) {
    const calls = connect.calls(fail, () => undefined);
    const began = connect.clock.now().getTime();
    const sight: Sight = await findAfter(
      { connect: { ...calls, callerAccount: account }, state: stateOf(arn, since) },
      error,
    );
    return { sight, seconds: Math.round((connect.clock.now().getTime() - began) / 1000) };
  }

  it("is proven by Connect's own word for one that is older than ten minutes and that neither record nor list has", async () => {
    connect.behaviour.recorded = "latest alive";
    const { arn } = started();
    started("another");
    const since = connect.clock.now();
    connect.pass(600_000);
    connect.delete(arn);
    assert.deepEqual(await prove(arn, since), { sight: "gone", seconds: 0 });
    assert.deepEqual(called, ["DescribeContact", "ListContactEvaluations"]);
  });

  it("is not proven for one that the contact's list has: its form may have been deleted", async () => {
    const { arn } = started();
    const since = connect.clock.now();
    connect.pass(600_000);
    failing.DescribeContactEvaluation = "ResourceNotFoundException";
    assert.deepEqual(await prove(arn, since), { sight: "not described", seconds: 0 });
  });

  it("is not proven for an old one by a single answer: it is looked at again", async () => {
    const { arn } = started();
    const since = connect.clock.now();
    connect.pass(600_000);
    const { sight } = await prove(arn, since);
    assert.equal(typeof sight === "object" && sight.evaluationArn, arn);
  });

  for (const error of ["AccessDeniedException", "InternalServiceException", "TimeoutError"]) {
    describe(`of an old one, if a look at its contact ends with ${error}`, () => {
      async function sights(failed: readonly Operation[], isDeleted: boolean) {
        const { arn } = started(`token ${connect.evaluations.length}`);
        // The newer one stands in the record.
        started(`token ${connect.evaluations.length}`);
        const since = connect.clock.now();
        connect.pass(600_000);
        if (isDeleted) connect.delete(arn);
        failing = Object.fromEntries(failed.map((operation) => [operation, error]));
        failing.DescribeContactEvaluation = "ResourceNotFoundException";
        return (await prove(arn, since)).sight;
      }

      it("is not proven, and what could not be read is named", async () => {
        for (const isDeleted of [true, false]) {
          assert.equal(await sights(["DescribeContact", "ListContactEvaluations"], isDeleted), "neither read");
          assert.equal(await sights(["ListContactEvaluations"], isDeleted), "list not read");
        }
        assert.equal(await sights(["DescribeContact"], true), "record not read");
        assert.equal(await sights(["DescribeContact"], false), "not described");
      });

      it("is proven by the record alone, which calls it deleted, and disproven by it", async () => {
        const { arn } = started();
        const since = connect.clock.now();
        connect.pass(600_000);
        failing = { ListContactEvaluations: error, DescribeContactEvaluation: "ResourceNotFoundException" };
        assert.equal((await prove(arn, since)).sight, "not described");
        connect.delete(arn);
        assert.equal((await prove(arn, since)).sight, "gone");
      });
    });
  }

  it("is not proven where not even the contact is found, and nobody says whose the credentials are", async () => {
    const { arn } = started();
    connect.pass(600_000);
    failing = { DescribeContact: "ResourceNotFoundException", ListContactEvaluations: "ResourceNotFoundException" };
    failing.DescribeContactEvaluation = "ResourceNotFoundException";
    const silent = () => Promise.reject(awsError("TimeoutError"));
    assert.equal((await prove(arn, undefined, NOT_FOUND, silent)).sight, "nothing found");
    assert.equal((await prove(arn)).sight, "neither read");
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
      prove(started().arn, undefined, NOT_FOUND, async () => "999999999999"),
      /belongs to account 123456789012, and the credentials to account 999999999999/,
    );
  });
});
