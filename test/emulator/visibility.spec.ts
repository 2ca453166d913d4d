import assert from "node:assert/strict";
import {
  DeleteContactEvaluationCommand,
  DescribeContactCommand,
  DescribeContactEvaluationCommand,
  ListContactEvaluationsCommand,
  ListTagsForResourceCommand,
  SearchContactEvaluationsCommand,
} from "@aws-sdk/client-connect";
import type { View } from "../../emulator/src";
import { refusal, type Started, worldForEach } from "./world";

const missing = refusal("ResourceNotFoundException", 404);

/** What a read says about an evaluation. */
type Sight = "alive" | "deleted" | "nothing";

describe("reads that lag behind the writes", () => {
  const world = worldForEach({ behaviour: { now: () => new Date("2026-01-01T00:00:00Z") } });

  const ids = () => ({ InstanceId: world().instanceId, ContactId: world().contactId });
  const found = async (read: Promise<unknown>): Promise<Sight> => {
    try {
      await read;
      return "alive";
    } catch (error) {
      missing(error as Error);
      return "nothing";
    }
  };
  const record = async () => {
    const { Contact } = await world().client.send(new DescribeContactCommand(ids()));
    return Contact?.ContactEvaluations?.[world().evaluationFormId];
  };
  const reads: Record<View, (started: Started) => Promise<Sight>> = {
    DescribeContactEvaluation: (started) => found(world().client.send(new DescribeContactEvaluationCommand(started))),
    ListContactEvaluations: async ({ EvaluationId }) => {
      const { EvaluationSummaryList = [] } = await world().client.send(new ListContactEvaluationsCommand(ids()));
      return EvaluationSummaryList.some((summary) => summary.EvaluationId === EvaluationId) ? "alive" : "nothing";
    },
    DescribeContact: async ({ arn }) => {
      const entry = await record();
      if (entry?.EvaluationArn !== arn) return "nothing";
      return entry.Status === "DELETED" ? "deleted" : "alive";
    },
    SearchContactEvaluations: async ({ EvaluationId }) => {
      const { InstanceId } = ids();
      const { EvaluationSearchSummaryList = [] } = await world().client.send(
        new SearchContactEvaluationsCommand({ InstanceId }),
      );
      return EvaluationSearchSummaryList.some((summary) => summary.EvaluationId === EvaluationId) ? "alive" : "nothing";
    },
    ListTagsForResource: ({ arn: resourceArn }) =>
      found(world().client.send(new ListTagsForResourceCommand({ resourceArn }))),
  };
  const views = Object.keys(reads) as View[];
  // Tags outlive a deleted evaluation.
  const afterDeletion: Record<View, Sight> = {
    DescribeContactEvaluation: "nothing",
    ListContactEvaluations: "nothing",
    DescribeContact: "deleted",
    SearchContactEvaluations: "nothing",
    ListTagsForResource: "alive",
  };
  const sights = async (started: Started) => {
    const all = views.map(async (view): Promise<[View, Sight]> => [view, await reads[view](started)]);
    return Object.fromEntries(await Promise.all(all)) as Record<View, Sight>;
  };
  const allAlive = Object.fromEntries(views.map((view) => [view, "alive"])) as Record<View, Sight>;
  const deleted = async () => {
    const started = await world().start();
    await world().client.send(new DeleteContactEvaluationCommand(started));
    return started;
  };

  for (const view of views) {
    it(`show a fresh evaluation later in ${view} alone`, async () => {
      world().emulator.behaviour.startLagMs = { [view]: 3000 };
      const started = await world().start();
      world().emulator.advance(2999);
      assert.deepEqual(await sights(started), { ...allAlive, [view]: "nothing" });
      world().emulator.advance(1);
      assert.deepEqual(await sights(started), allAlive);
    });

    it(`still show a deleted evaluation in ${view} alone`, async () => {
      world().emulator.behaviour.deleteLagMs = { [view]: 3000 };
      const started = await deleted();
      world().emulator.advance(2999);
      assert.deepEqual(await sights(started), { ...afterDeletion, [view]: "alive" });
      world().emulator.advance(1);
      assert.deepEqual(await sights(started), afterDeletion);
    });
  }

  it("lag everywhere for one length of time", async () => {
    world().emulator.behaviour.startLagMs = 3000;
    world().emulator.behaviour.deleteLagMs = 3000;
    const started = await world().start();
    assert.deepEqual(new Set(Object.values(await sights(started))), new Set(["nothing"]));
    world().emulator.advance(3000);
    assert.deepEqual(await sights(started), allAlive);
    world().emulator.someone.deletes(started.arn);
    assert.deepEqual(await sights(started), allAlive);
    world().emulator.advance(3000);
    assert.deepEqual(await sights(started), afterDeletion);
  });

  it("do not hold up writes", async () => {
    world().emulator.behaviour.startLagMs = 3000;
    const started = await world().start({ ClientToken: "t" });
    assert.deepEqual(await world().start({ ClientToken: "t" }), started);
    await world().client.send(new DeleteContactEvaluationCommand(started));
    assert.deepEqual(world().emulator.evaluations(), []);
  });

  describe("answer InvalidRequestException to DescribeContactEvaluation when so switched", () => {
    const early = refusal("InvalidRequestException", 400);
    const describeIt = (started: Started) => world().client.send(new DescribeContactEvaluationCommand(started));
    beforeEach(() => {
      world().emulator.behaviour.unseenEvaluation = "InvalidRequestException";
    });

    it("for a length of time", async () => {
      world().emulator.behaviour.startLagMs = 3000;
      const started = await world().start();
      await assert.rejects(describeIt(started), early);
      assert.equal(await reads.ListTagsForResource(started), "nothing");
      world().emulator.advance(3000);
      await describeIt(started);
    });
    it("for a number of reads", async () => {
      world().emulator.behaviour.readAfterWriteDelayReads = 2;
      const started = await world().start();
      await assert.rejects(describeIt(started), early);
      await assert.rejects(describeIt(started), early);
      await describeIt(started);
    });
    it("but not for what was deleted or never was", async () => {
      await assert.rejects(describeIt(await deleted()), missing);
      await assert.rejects(describeIt({ ...(await world().start()), EvaluationId: "never" }), missing);
    });
  });

  describe("DescribeContact, of several evaluations with one form,", () => {
    it("names the latest by default, even if it was deleted", async () => {
      await world().start();
      const { arn } = await deleted();
      const entry = await record();
      assert.deepEqual([entry?.EvaluationArn, entry?.Status], [arn, "DELETED"]);
    });
    it("names the latest one that is alive when so switched, and else the latest", async () => {
      world().emulator.behaviour.contactRecord = "latest alive";
      const alive = await world().start();
      const { arn } = await deleted();
      const before = await record();
      assert.deepEqual([before?.EvaluationArn, before?.Status], [alive.arn, "IN_PROGRESS"]);
      world().emulator.someone.deletes(alive.arn);
      const after = await record();
      assert.deepEqual([after?.EvaluationArn, after?.Status], [arn, "DELETED"]);
    });
    it("names an earlier one while it does not see the latest", async () => {
      const earlier = await world().start();
      world().emulator.behaviour.startLagMs = { DescribeContact: 3000 };
      world().emulator.advance(3000);
      await world().start();
      assert.equal((await record())?.EvaluationArn, earlier.arn);
    });
  });
});
