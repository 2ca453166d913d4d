import assert from "node:assert/strict";
import {
  DescribeContactEvaluationCommand,
  ListContactEvaluationsCommand,
  SearchContactEvaluationsCommand,
  SubmitContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import { type Started, worldForEach } from "./world";

describe("what people do to a submitted evaluation", () => {
  const world = worldForEach({ behaviour: { now: () => new Date("2026-01-01T00:00:00Z") } });
  let started: Started;
  beforeEach(async () => {
    started = await world().start();
    world().emulator.someone.submits(started.arn);
    world().emulator.advance(60_000);
  });
  const describeIt = async () => {
    const { Evaluation } = await world().client.send(new DescribeContactEvaluationCommand(started));
    assert.ok(Evaluation);
    return Evaluation;
  };
  const search = async () => {
    const { InstanceId } = started;
    const { EvaluationSearchSummaryList } = await world().client.send(
      new SearchContactEvaluationsCommand({ InstanceId }),
    );
    return EvaluationSearchSummaryList?.[0]?.Metadata;
  };
  const by = () => `${started.arn.replace(/\/contact-evaluation\/.*/, "")}/agent/someone`;

  it("is asking for a review some time after each submission, once", async () => {
    const { emulator, client } = world();
    Object.assign(emulator.behaviour, { reviewMs: 90_000, submitInReview: "allowed" });
    const isRequestedAfter = async (milliseconds: number, status: string) => {
      emulator.advance(milliseconds);
      assert.equal((await describeIt()).Status, status);
    };
    await isRequestedAfter(29_999, "SUBMITTED");
    await isRequestedAfter(1, "REVIEW_REQUESTED");
    assert.deepEqual((await describeIt()).Metadata?.Review?.RequestedTime, new Date("2026-01-01T00:01:30Z"));
    emulator.someone.resolvesReview(started.arn);
    await isRequestedAfter(1_000_000, "SUBMITTED");
    await client.send(new SubmitContactEvaluationCommand(started));
    await isRequestedAfter(89_999, "SUBMITTED");
    await isRequestedAfter(1, "REVIEW_REQUESTED");
  });

  it("is asking for a review, starting it, and resolving it", async () => {
    const { someone } = world().emulator;
    assert.equal((await describeIt()).Metadata?.Review, undefined);
    someone.requestsReview(started.arn, "Look again");
    const requested = await describeIt();
    const time = new Date("2026-01-01T00:01:00Z");
    const request = {
      RequestedTime: time,
      RequestedBy: by(),
      ReviewRequestComments: [{ Comment: "Look again", CreatedTime: time, CreatedBy: by() }],
    };
    assert.deepEqual([requested.Status, requested.Metadata?.Review], ["REVIEW_REQUESTED", request]);
    world().emulator.advance(60_000);
    someone.startsReview(started.arn);
    const reviewed = await describeIt();
    const { ReviewId, ...review } = reviewed.Metadata?.Review ?? {};
    assert.deepEqual(
      [reviewed.Status, review],
      ["UNDER_REVIEW", { ...request, CreatedTime: new Date("2026-01-01T00:02:00Z"), CreatedBy: by() }],
    );
    assert.ok(ReviewId);
    assert.equal((await search())?.ReviewId, ReviewId);
    someone.resolvesReview(started.arn);
    const resolved = await describeIt();
    assert.deepEqual([resolved.Status, resolved.Metadata?.Review?.ReviewId], ["SUBMITTED", ReviewId]);
  });

  it("is starting a review that nobody asked for", async () => {
    world().emulator.someone.startsReview(started.arn);
    const { Status, Metadata } = await describeIt();
    assert.equal(Status, "UNDER_REVIEW");
    assert.ok(Metadata?.Review?.ReviewId);
  });

  it("is acknowledging it", async () => {
    world().emulator.someone.acknowledges(started.arn, "Thanks");
    const acknowledgement = {
      AcknowledgedTime: new Date("2026-01-01T00:01:00Z"),
      AcknowledgedBy: by(),
      AcknowledgerComment: "Thanks",
    };
    const { Status, Metadata } = await describeIt();
    assert.deepEqual([Status, Metadata?.Acknowledgement], ["SUBMITTED", acknowledgement]);
    const { EvaluationSummaryList } = await world().client.send(
      new ListContactEvaluationsCommand({ InstanceId: world().instanceId, ContactId: world().contactId }),
    );
    assert.deepEqual(EvaluationSummaryList?.[0]?.Acknowledgement, acknowledgement);
    const { AcknowledgedTime, AcknowledgedBy, AcknowledgerComment } = (await search()) ?? {};
    assert.deepEqual({ AcknowledgedTime, AcknowledgedBy, AcknowledgerComment }, acknowledgement);
  });
});
