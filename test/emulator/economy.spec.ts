import assert from "node:assert/strict";
import {
  DeleteContactEvaluationCommand,
  DescribeContactCommand,
  DescribeContactEvaluationCommand,
  ListContactEvaluationsCommand,
  ListTagsForResourceCommand,
  StartContactEvaluationCommand,
  SubmitContactEvaluationCommand,
  TagResourceCommand,
  UpdateContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import type { Evaluation } from "../../emulator/src/connect/store";
import { type Started, worldForEach } from "./world";

describe("what a request costs", () => {
  const world = worldForEach();
  let own: Started;
  let others: Started[];
  let visited: Set<string>;

  /** Has each read of a member of an evaluation leave its id. */
  function watch({ InstanceId, EvaluationId }: Started): void {
    const evaluation = world().emulator.store.instances.get(InstanceId)?.evaluations.get(EvaluationId);
    assert.ok(evaluation);
    for (const [member, value] of Object.entries(evaluation) as [keyof Evaluation, unknown][]) {
      let current = value;
      Object.defineProperty(evaluation, member, {
        enumerable: true,
        configurable: true,
        get: () => {
          visited.add(EvaluationId);
          return current;
        },
        set: (changed) => {
          current = changed;
        },
      });
    }
  }

  // Others of the same form: alive, submitted, in automation, and deleted; some of the same contact.
  beforeEach(async () => {
    visited = new Set();
    const { client, emulator, instanceId, contactId } = world();
    Object.assign(emulator.behaviour, { automationMs: 60_000, reviewMs: 60_000, changeLagMs: 1000, deleteLagMs: 1000 });
    const elsewhere = emulator.addContact(instanceId).contactId;
    others = [];
    for (const ContactId of [elsewhere, contactId]) {
      const start = (Enabled: boolean) => world().start({ ContactId, AutoEvaluationConfiguration: { Enabled } });
      const submitted = await start(false);
      const deleted = await start(false);
      others.push(await start(false), submitted, await start(true), deleted);
      await client.send(new SubmitContactEvaluationCommand(submitted));
      await client.send(new DeleteContactEvaluationCommand(deleted));
    }
    own = await world().start();
    emulator.advance(2000);
    await client.send(new DescribeContactEvaluationCommand(own));
    for (const one of [...others, own]) watch(one);
    visited.clear();
  });

  const costs: [string, () => Promise<unknown>][] = [
    ["DescribeContactEvaluation", () => world().client.send(new DescribeContactEvaluationCommand(own))],
    ["UpdateContactEvaluation", () => world().client.send(new UpdateContactEvaluationCommand({ ...own, Notes: {} }))],
    ["SubmitContactEvaluation", () => world().client.send(new SubmitContactEvaluationCommand(own))],
    ["DeleteContactEvaluation", () => world().client.send(new DeleteContactEvaluationCommand(own))],
    ["ListTagsForResource", () => world().client.send(new ListTagsForResourceCommand({ resourceArn: own.arn }))],
    ["TagResource", () => world().client.send(new TagResourceCommand({ resourceArn: own.arn, tags: { a: "" } }))],
    [
      "DescribeContact",
      () =>
        world().client.send(new DescribeContactCommand({ InstanceId: own.InstanceId, ContactId: world().contactId })),
    ],
  ];
  for (const [operation, call] of costs) {
    it(`is one evaluation for ${operation}, however many there are`, async () => {
      await call();
      assert.deepEqual([...visited], [own.EvaluationId]);
    });
  }

  it("is nothing for a start, with a quota of its agent too", async () => {
    world().emulator.behaviour.evaluationQuota = 6;
    const { InstanceId } = own;
    const { contactId: ContactId, evaluationFormId: EvaluationFormId } = world();
    await world().client.send(new StartContactEvaluationCommand({ InstanceId, ContactId, EvaluationFormId }));
    assert.deepEqual([...visited], []);
  });

  it("is those of a contact for their list, without the deleted ones", async () => {
    const { contactId } = world();
    const list = await world().client.send(
      new ListContactEvaluationsCommand({ InstanceId: own.InstanceId, ContactId: contactId }),
    );
    const listed = list.EvaluationSummaryList?.map(({ EvaluationId = "" }) => EvaluationId) ?? [];
    assert.equal(listed.length, 4);
    assert.deepEqual([...visited].sort(), listed.sort());
  });

  it("is, when time has passed, those for which something was due, once", async () => {
    world().emulator.advance(60_000);
    await world().client.send(new DescribeContactEvaluationCommand(own));
    const due = [1, 2, 5, 6].map((index) => others[index]?.EvaluationId);
    assert.deepEqual([...visited].sort(), [...due, own.EvaluationId].sort());
    assert.deepEqual(
      world()
        .emulator.evaluations()
        .flatMap(({ status, autoEvaluation }) => autoEvaluation?.status ?? status)
        .sort(),
      ["DRAFT", "DRAFT", "DRAFT", "REVIEW_REQUESTED", "REVIEW_REQUESTED", "SUCCEEDED", "SUCCEEDED"],
    );
    visited.clear();
    await world().client.send(new DescribeContactEvaluationCommand(own));
    assert.deepEqual([...visited], [own.EvaluationId]);
  });
});

describe("what is kept of the past", () => {
  const world = worldForEach();

  const pastOf = ({ InstanceId, EvaluationId }: Started) =>
    world().emulator.store.instances.get(InstanceId)?.evaluations.get(EvaluationId)?.past.length;
  const update = (one: Started, text: string) =>
    world().client.send(new UpdateContactEvaluationCommand({ ...one, Notes: { q1: { Value: text } } }));
  const seen = async ({ InstanceId, EvaluationId }: Started) => {
    const answer = await world().client.send(new DescribeContactEvaluationCommand({ InstanceId, EvaluationId }));
    return answer.Evaluation?.Notes?.q1?.Value;
  };

  it("is nothing as long as no view lags", async () => {
    const one = await world().start();
    for (const text of ["a", "b", "c"]) await update(one, text);
    assert.equal(pastOf(one), 0);
  });

  it("is what the slowest view still shows, and nothing older", async () => {
    const { emulator } = world();
    emulator.behaviour.changeLagMs = { DescribeContactEvaluation: 1000, ListContactEvaluations: 3000 };
    emulator.behaviour.now = () => new Date("2026-01-01T00:00:00Z");
    const one = await world().start();
    for (const text of ["a", "b", "c", "d"]) {
      await update(one, text);
      emulator.advance(900);
    }
    assert.deepEqual([await seen(one), pastOf(one)], ["c", 3]);
    emulator.advance(2000);
    assert.deepEqual([await seen(one), pastOf(one)], ["d", 1]);
    emulator.advance(1000);
    assert.deepEqual([await seen(one), pastOf(one)], ["d", 0]);
  });
});
