import assert from "node:assert/strict";
import {
  ActivateEvaluationFormCommand,
  DeactivateEvaluationFormCommand,
  DeleteContactEvaluationCommand,
  DescribeContactEvaluationCommand,
  type StartContactEvaluationRequest,
} from "@aws-sdk/client-connect";
import { clientOf, raw, refusal, worldForEach } from "./world";

describe("StartContactEvaluation", () => {
  const world = worldForEach();

  describe("validations", () => {
    const tooMany = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ""]));
    const invalid: [string, Partial<StartContactEvaluationRequest>, RegExp][] = [
      ["a contact id of 257 characters", { ContactId: "c".repeat(257) }, /^ContactId: .*256/],
      ["an empty contact id", { ContactId: "" }, /^ContactId: /],
      ["a form id of 501 characters", { EvaluationFormId: "f".repeat(501) }, /^EvaluationFormId: .*500/],
      ["an instance id of 101 characters", { InstanceId: "i".repeat(101) }, /^InstanceId: .*100/],
      ["a token of 501 characters", { ClientToken: "t".repeat(501) }, /^ClientToken: .*500/],
      ["an empty tag map", { Tags: {} }, /^Tags: /],
      ["51 tags", { Tags: tooMany }, /^Tags: .*50/],
      ["a reserved tag key", { Tags: { "aws:owner": "x" } }, /^Tags\.aws:owner: .*pattern/],
      ["a tag key with a character outside the pattern", { Tags: { "a*b": "x" } }, /^Tags\.a\*b: .*pattern/],
      ["a tag key of 129 characters", { Tags: { ["k".repeat(129)]: "x" } }, /^Tags\..*128/],
      ["a tag value of 257 characters", { Tags: { key: "v".repeat(257) } }, /^Tags\.key: .*256/],
      ["no contact id", { ContactId: undefined } as never, /^ContactId: is required/],
      ["a number as contact id", { ContactId: 7 } as never, /^ContactId: must be string/],
      [
        "an automation without Enabled",
        { AutoEvaluationConfiguration: {} } as never,
        /^AutoEvaluationConfiguration\.Enabled: is required/,
      ],
    ];
    for (const [what, input, message] of invalid) {
      it(`refuses ${what}`, async () => {
        await assert.rejects(world().start(input), refusal("InvalidParameterException", 400, message));
        assert.equal(world().emulator.started, 0);
      });
    }

    it("accepts every limit exactly", async () => {
      const { instanceId } = world().emulator.addInstance({ instanceId: "i".repeat(100) });
      const { contactId } = world().emulator.addContact(instanceId, { contactId: "c".repeat(256) });
      const form = world().emulator.addEvaluationForm(instanceId, { evaluationFormId: "f".repeat(500) });
      const Tags = Object.fromEntries(
        Array.from({ length: 50 }, (_, index) => [`${index}`.padEnd(128, "k"), "v".repeat(256)]),
      );
      const { arn } = await world().start({
        InstanceId: instanceId,
        ContactId: contactId,
        EvaluationFormId: form.evaluationFormId,
        ClientToken: "t".repeat(500),
        Tags,
      });
      assert.deepEqual(world().emulator.evaluation(arn)?.tags, Tags);
    });

    it("accepts tag keys in any script and ignores members it does not know", async () => {
      const body = {
        ContactId: world().contactId,
        EvaluationFormId: world().evaluationFormId,
        Tags: { "größe 名/x": "" },
        Nope: 1,
      };
      const answer = await raw(
        world().emulator,
        "PUT",
        `/contact-evaluations/${world().instanceId}`,
        JSON.stringify(body),
      );
      assert.equal(answer.status, 200, answer.body);
      assert.deepEqual(world().emulator.evaluations()[0]?.tags, { "größe 名/x": "" });
    });
  });

  it("starts an empty draft whose metadata names contact, agent, and evaluator", async () => {
    const now = new Date("2026-03-04T05:06:07.250Z");
    world().emulator.behaviour.now = () => now;
    const started = await world().start({ Tags: { team: "a" } });
    const { Evaluation, EvaluationForm } = await world().client.send(new DescribeContactEvaluationCommand(started));
    assert.deepEqual(Evaluation, {
      EvaluationId: started.EvaluationId,
      EvaluationArn: `arn:aws:connect:us-east-1:123456789012:instance/${world().instanceId}/contact-evaluation/${started.EvaluationId}`,
      Metadata: {
        ContactId: world().contactId,
        EvaluatorArn: `arn:aws:connect:us-east-1:123456789012:instance/${world().instanceId}/agent/arn:aws:sts::123456789012:assumed-role/Deployer/AKIATEST`,
        ContactAgentId: "agent-1",
      },
      Answers: {},
      Notes: {},
      Status: "DRAFT",
      CreatedTime: now,
      LastModifiedTime: now,
      EvaluationType: "STANDARD",
      Tags: { team: "a" },
    });
    assert.equal(EvaluationForm?.EvaluationFormVersion, 1);
    assert.equal(EvaluationForm?.EvaluationFormArn, world().formArn);
    assert.equal(EvaluationForm?.Items?.length, 1);
  });

  it("mentions automation only if the start did", async () => {
    const auto = async (Enabled: boolean) => {
      const started = await world().start({ AutoEvaluationConfiguration: { Enabled } });
      const { Evaluation } = await world().client.send(new DescribeContactEvaluationCommand(started));
      return Evaluation?.Metadata?.AutoEvaluation;
    };
    assert.deepEqual(await auto(true), { AutoEvaluationEnabled: true, AutoEvaluationStatus: "IN_PROGRESS" });
    assert.deepEqual(await auto(false), { AutoEvaluationEnabled: false });
  });

  describe("an evaluation that Connect submits by itself", () => {
    const submitted = async (automated: boolean) => {
      const started = await world().start({ AutoEvaluationConfiguration: { Enabled: automated } });
      const { Evaluation } = await world().client.send(new DescribeContactEvaluationCommand(started));
      return Evaluation;
    };
    it("is none by default", async () => {
      assert.equal((await submitted(true))?.Status, "DRAFT");
    });
    it("is submitted at once if automation is enabled, and keeps its evaluator", async () => {
      world().emulator.behaviour.automatedSubmission = "automated";
      const evaluation = await submitted(true);
      assert.equal(evaluation?.Status, "SUBMITTED");
      assert.deepEqual(evaluation?.Metadata?.AutoEvaluation, {
        AutoEvaluationEnabled: true,
        AutoEvaluationStatus: "SUCCEEDED",
      });
      assert.match(String(evaluation?.Metadata?.EvaluatorArn), /assumed-role\/Deployer\/AKIATEST$/);
      assert.equal((await submitted(false))?.Status, "DRAFT");
    });
    it("is any evaluation when so switched", async () => {
      world().emulator.behaviour.automatedSubmission = "all";
      const evaluation = await submitted(false);
      assert.equal(evaluation?.Status, "SUBMITTED");
      assert.deepEqual(evaluation?.Metadata?.AutoEvaluation, { AutoEvaluationEnabled: false });
    });
    it("may be submitted later", async () => {
      const { arn } = await world().start({ AutoEvaluationConfiguration: { Enabled: true } });
      const before = world().emulator.evaluation(arn)?.evaluatorArn;
      world().emulator.someone.submitsAutomatically(arn);
      const { status, evaluatorArn } = world().emulator.evaluation(arn) ?? {};
      assert.deepEqual([status, evaluatorArn], ["SUBMITTED", before]);
    });
  });

  it("pins the version that is active at the start", async () => {
    const first = await world().start();
    assert.equal(world().emulator.someone.publishes(world().formArn, { Title: "Second" }), 2);
    const second = await world().start();
    const version = async (started: typeof first) => {
      const { EvaluationForm } = await world().client.send(new DescribeContactEvaluationCommand(started));
      return [EvaluationForm?.EvaluationFormVersion, EvaluationForm?.Title];
    };
    assert.deepEqual(await version(first), [1, "Evaluation form"]);
    assert.deepEqual(await version(second), [2, "Second"]);
  });

  it("answers 404 for what does not exist, and for an instance of another Region", async () => {
    const missing = refusal("ResourceNotFoundException", 404);
    await assert.rejects(world().start({ ContactId: "nobody" }), missing);
    await assert.rejects(world().start({ EvaluationFormId: "none" }), missing);
    await assert.rejects(world().start({ InstanceId: "nowhere" }), missing);
    const elsewhere = clientOf(world().emulator, "eu-west-2");
    const started = await world().start();
    await assert.rejects(elsewhere.send(new DescribeContactEvaluationCommand(started)), missing);
    elsewhere.destroy();
    assert.equal(world().emulator.started, 1);
  });

  it("answers a repeated token with the same evaluation, in each instance separately", async () => {
    const first = await world().start({ ClientToken: "t" });
    assert.deepEqual(await world().start({ ClientToken: "t" }), first);
    const { instanceId } = world().emulator.addInstance();
    const { contactId } = world().emulator.addContact(instanceId);
    const { evaluationFormId } = world().emulator.addEvaluationForm(instanceId);
    const there = { InstanceId: instanceId, ContactId: contactId, EvaluationFormId: evaluationFormId };
    assert.notEqual((await world().start({ ...there, ClientToken: "t" })).EvaluationId, first.EvaluationId);
    assert.equal(world().emulator.started, 2);
    assert.equal(world().emulator.evaluation(first.arn)?.clientToken, "t");
  });

  describe("a form without an active version", () => {
    const positions = [
      ["ResourceConflictException", 409],
      ["InvalidParameterException", 400],
      ["ResourceNotFoundException", 404],
    ] as const;
    for (const [name, status] of positions) {
      it(`is refused with ${name} when so switched, until a version is activated`, async () => {
        const version = {
          InstanceId: world().instanceId,
          EvaluationFormId: world().evaluationFormId,
          EvaluationFormVersion: 1,
        };
        world().emulator.behaviour.noActiveVersion = name;
        await world().client.send(new DeactivateEvaluationFormCommand(version));
        await assert.rejects(world().start(), refusal(name, status, /no active version/));
        await world().client.send(new ActivateEvaluationFormCommand(version));
        await world().start();
      });
    }
    it("is refused with ResourceConflictException unless switched", async () => {
      const { evaluationFormId } = world().emulator.addEvaluationForm(world().instanceId, { activate: false });
      await assert.rejects(
        world().start({ EvaluationFormId: evaluationFormId }),
        refusal("ResourceConflictException", 409),
      );
    });
  });

  describe("the token of a deleted evaluation", () => {
    const deleted = async () => {
      const first = await world().start({ ClientToken: "t" });
      await world().client.send(new DeleteContactEvaluationCommand(first));
      return first;
    };
    it("returns the old id by default, although the evaluation is gone", async () => {
      const first = await deleted();
      assert.deepEqual(await world().start({ ClientToken: "t" }), first);
      assert.deepEqual(world().emulator.evaluations(), []);
    });
    it("starts a new evaluation, and belongs to that one from then on", async () => {
      world().emulator.behaviour.tokenOfDeletedEvaluation = "new evaluation";
      const first = await deleted();
      const second = await world().start({ ClientToken: "t" });
      assert.notEqual(second.EvaluationId, first.EvaluationId);
      assert.deepEqual(await world().start({ ClientToken: "t" }), second);
    });
    it("is a conflict", async () => {
      world().emulator.behaviour.tokenOfDeletedEvaluation = "conflict";
      await deleted();
      await assert.rejects(world().start({ ClientToken: "t" }), refusal("ResourceConflictException", 409));
    });
    it("is not found", async () => {
      world().emulator.behaviour.tokenOfDeletedEvaluation = "not found";
      await deleted();
      await assert.rejects(world().start({ ClientToken: "t" }), refusal("ResourceNotFoundException", 404));
    });
  });

  describe("a token with other parameters", () => {
    it("answers the first evaluation by default and ignores them", async () => {
      const first = await world().start({ ClientToken: "t", Tags: { a: "1" } });
      assert.deepEqual(await world().start({ ClientToken: "t", Tags: { a: "2" } }), first);
      assert.deepEqual(world().emulator.evaluation(first.arn)?.tags, { a: "1" });
    });
    it("is refused, also when only tags differ, while the same parameters still answer", async () => {
      world().emulator.behaviour.tokenWithOtherParameters = "refused";
      const first = await world().start({ ClientToken: "t", Tags: { a: "1", b: "2" } });
      const conflict = refusal("ResourceConflictException", 409, /other parameters/);
      await assert.rejects(world().start({ ClientToken: "t", Tags: { a: "1" } }), conflict);
      await assert.rejects(world().start({ ClientToken: "t" }), conflict);
      assert.deepEqual(await world().start({ ClientToken: "t", Tags: { b: "2", a: "1" } }), first);
      world().emulator.behaviour.tokenError = "IdempotencyException";
      await assert.rejects(world().start({ ClientToken: "t" }), refusal("IdempotencyException", 409));
    });
  });

  it("answers 402 beyond the quota of the contact's agent, until the next month", async () => {
    const { emulator, instanceId } = world();
    const beyondQuota = refusal("ServiceQuotaExceededException", 402, /^Agent agent-1 has 2 evaluations this month/);
    emulator.behaviour.now = () => new Date("2026-01-31T23:00:00Z");
    emulator.behaviour.evaluationQuota = 2;
    const { contactId: sameAgent } = emulator.addContact(instanceId, { agentId: "agent-1" });
    const { contactId: otherAgent } = emulator.addContact(instanceId, { agentId: "agent-2" });
    const first = await world().start({ ClientToken: "t" });
    await world().client.send(new DeleteContactEvaluationCommand(await world().start({ ContactId: sameAgent })));
    await assert.rejects(world().start(), beyondQuota);
    await assert.rejects(world().start({ ContactId: sameAgent }), beyondQuota);
    assert.deepEqual(await world().start({ ClientToken: "t" }), first);
    await world().start({ ContactId: otherAgent });
    emulator.advance(3_600_000);
    await world().start();
  });

  it("forgets a token when its lifetime is over", async () => {
    let now = 1_000_000;
    world().emulator.behaviour.now = () => new Date(now);
    world().emulator.behaviour.tokenLifetimeMs = 500;
    const first = await world().start({ ClientToken: "t" });
    now += 499;
    assert.deepEqual(await world().start({ ClientToken: "t" }), first);
    now += 1;
    assert.notDeepEqual(await world().start({ ClientToken: "t" }), first);
  });

  describe("a second evaluation of the same contact and form", () => {
    it("is allowed by default", async () => {
      await world().start();
      await world().start();
      assert.equal(world().emulator.evaluations().length, 2);
    });
    it("is refused while the first one lives, but not with another form", async () => {
      world().emulator.behaviour.secondEvaluation = "refused";
      const first = await world().start();
      await assert.rejects(world().start(), refusal("ResourceConflictException", 409, new RegExp(first.EvaluationId)));
      const other = world().emulator.addEvaluationForm(world().instanceId);
      await world().start({ EvaluationFormId: other.evaluationFormId });
      world().emulator.someone.deletes(first.arn);
      await world().start();
    });
  });

  describe("the tags of the form", () => {
    const startTagged = async () => {
      world().emulator.someone.tags(world().formArn, { from: "form", both: "form" });
      const { arn } = await world().start({ Tags: { both: "start" } });
      return world().emulator.evaluation(arn)?.tags;
    };
    it("are not copied by default", async () => {
      assert.deepEqual(await startTagged(), { both: "start" });
    });
    it("are copied, under those of the start", async () => {
      world().emulator.behaviour.formTags = "copied";
      assert.deepEqual(await startTagged(), { from: "form", both: "start" });
    });
  });
});
