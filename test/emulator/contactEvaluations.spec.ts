import assert from "node:assert/strict";
import {
  DeleteContactEvaluationCommand,
  DescribeContactCommand,
  DescribeContactEvaluationCommand,
  ListContactEvaluationsCommand,
  ListTagsForResourceCommand,
  SubmitContactEvaluationCommand,
  UpdateContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import { refusal, type Started, worldForEach } from "./world";

const conflict = refusal("ResourceConflictException", 409);
const missing = refusal("ResourceNotFoundException", 404);
const invalid = (message: RegExp) => refusal("InvalidParameterException", 400, message);
const yes = { Value: { StringValue: "Yes" } };
const well = { Value: { StringValue: "Speak slowly" } };

describe("contact evaluations", () => {
  const world = worldForEach();
  let started: Started;
  beforeEach(async () => {
    started = await world().start();
  });

  const now = () => {
    const evaluation = world().emulator.evaluation(started.arn);
    assert.ok(evaluation);
    return evaluation;
  };
  const update = (more: object) => world().client.send(new UpdateContactEvaluationCommand({ ...started, ...more }));
  const submit = (more: object = {}) =>
    world().client.send(new SubmitContactEvaluationCommand({ ...started, ...more }));
  const describeIt = async () => {
    const { Evaluation } = await world().client.send(new DescribeContactEvaluationCommand(started));
    assert.ok(Evaluation);
    return Evaluation;
  };
  const deleteIt = () => world().client.send(new DeleteContactEvaluationCommand(started));

  for (const [name, change] of [
    ["UpdateContactEvaluation", update],
    ["SubmitContactEvaluation", submit],
  ] as const) {
    describe(name, () => {
      it("merges answers and notes and answers the ids", async () => {
        world().emulator.someone.answers(started.arn, { q1: { StringValue: "No" }, q2: { NumericValue: 3 } });
        world().emulator.someone.notes(started.arn, { q2: "kept", s1: "old" });
        const answer = await change({
          Answers: { q1: yes, q3: well },
          Notes: { s1: { Value: "new" } },
        });
        assert.deepEqual([answer.EvaluationId, answer.EvaluationArn], [started.EvaluationId, started.arn]);
        const { Answers, Notes } = await describeIt();
        assert.deepEqual(Answers, {
          q1: yes,
          q2: { Value: { NumericValue: 3 } },
          q3: well,
        });
        assert.deepEqual(Notes, { q2: { Value: "kept" }, s1: { Value: "new" } });
      });

      it("deletes what is sent as {}", async () => {
        world().emulator.someone.answers(started.arn, { q1: { StringValue: "No" }, q2: { NumericValue: 3 } });
        world().emulator.someone.notes(started.arn, { q1: "a", q2: "b" });
        await change({ Answers: { q1: {}, q3: {} }, Notes: { q2: {} } });
        assert.deepEqual(now().answers, { q2: { Value: { NumericValue: 3 } } });
        assert.deepEqual(now().notes, { q1: { Value: "a" } });
      });

      it("moves the time of the last change and keeps that of the creation", async () => {
        const { createdTime } = now();
        const later = new Date(createdTime.getTime() + 60_000);
        world().emulator.behaviour.now = () => later;
        await change({});
        assert.deepEqual([now().createdTime, now().lastModifiedTime], [createdTime, later]);
      });

      it("names as evaluator the caller, or the Connect user in the input", async () => {
        const by = { ConnectUserArn: "arn:aws:connect:us-east-1:123456789012:instance/i/agent/u" };
        world().emulator.someone.notes(started.arn, {});
        assert.match(now().evaluatorArn, /agent\/someone$/);
        await change({});
        assert.match(now().evaluatorArn, /agent\/arn:aws:sts::123456789012:assumed-role\/Deployer\/AKIATEST$/);
        await change({ UpdatedBy: by, SubmittedBy: by });
        assert.equal(now().evaluatorArn, by.ConnectUserArn);
      });

      const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`q${index}`, {}]));
      const cases: [string, object, RegExp][] = [
        ["101 answers", { Answers: many }, /^Answers: .*100/],
        ["101 notes", { Notes: many }, /^Notes: .*100/],
        ["a question id of 501 characters", { Answers: { ["q".repeat(501)]: {} } }, /^Answers\..*500/],
        [
          "an answer text of 301 characters",
          { Answers: { q: { Value: { StringValue: "x".repeat(301) } } } },
          /^Answers\.q\.Value\.StringValue: .*300/,
        ],
        ["a note of 3073 characters", { Notes: { q1: { Value: "x".repeat(3073) } } }, /^Notes\.q1\.Value: .*3072/],
        [
          "an answer with a number as text",
          { Answers: { q: { Value: { StringValue: 3 } } } },
          /^Answers\.q\.Value\.StringValue: must be string/,
        ],
        [
          "an answer with a text as number",
          { Answers: { q: { Value: { NumericValue: "NaN" } } } },
          /^Answers\.q\.Value\.NumericValue: must be number/,
        ],
      ];
      for (const [what, more, message] of cases) {
        it(`refuses ${what} and changes nothing`, async () => {
          const before = now();
          await assert.rejects(change(more), invalid(message));
          assert.deepEqual(now(), before);
        });
      }

      it("refuses notes that are too long together: 1024 characters a question", async () => {
        await change({ Notes: { q1: { Value: "x".repeat(3000) }, q2: { Value: "x".repeat(72) } } });
        await assert.rejects(submit({ Notes: { s1: { Value: "x" } } }), invalid(/^Notes: .*3072.*3073/));
      });

      it("answers 404 for an evaluation that is gone", async () => {
        await deleteIt();
        await assert.rejects(change({}), missing);
      });
    });
  }

  it("updates only drafts", async () => {
    for (const status of ["SUBMITTED", "REVIEW_REQUESTED", "UNDER_REVIEW"] as const) {
      world().emulator.someone.setsStatus(started.arn, status);
      await assert.rejects(update({ Answers: { q1: yes } }), conflict);
    }
    world().emulator.someone.setsStatus(started.arn, "DRAFT");
    await update({ Answers: { q1: yes } });
  });

  it("submits with a score, and submits again with another one", async () => {
    assert.equal((await describeIt()).Metadata?.Score, undefined);
    await submit({ Answers: { q1: yes } });
    assert.equal((await describeIt()).Status, "SUBMITTED");
    assert.equal((await describeIt()).Metadata?.Score?.Percentage, 60);
    await submit({ Answers: { q2: { Value: { NumericValue: 7 } } } });
    assert.equal((await describeIt()).Metadata?.Score?.Percentage, 80);
    assert.equal(now().submissions, 2);
  });

  it("submits in review only when so switched", async () => {
    for (const status of ["REVIEW_REQUESTED", "UNDER_REVIEW"] as const) {
      world().emulator.behaviour.submitInReview = "refused";
      world().emulator.someone.setsStatus(started.arn, status);
      await assert.rejects(submit(), conflict);
      assert.equal(now().status, status);
      world().emulator.behaviour.submitInReview = "allowed";
      await submit();
      assert.equal(now().status, "SUBMITTED");
    }
  });

  it("submits with unanswered questions by default; a refused submission changes nothing", async () => {
    world().emulator.behaviour.unansweredQuestions = "refused";
    await assert.rejects(submit({ Answers: { q1: yes } }), invalid(/q2, q3/));
    assert.deepEqual([now().status, now().answers], ["DRAFT", {}]);
    await submit({ Answers: { q1: { Value: { NotApplicable: true } }, q2: { Value: { NumericValue: 0 } }, q3: yes } });
    world().emulator.behaviour.unansweredQuestions = "allowed";
    await submit({ Answers: { q1: {} } });
    assert.equal(now().status, "SUBMITTED");
  });

  it("describes without tags when so switched, while ListTagsForResource has them", async () => {
    world().emulator.someone.tags(started.arn, { a: "1" });
    assert.deepEqual((await describeIt()).Tags, { a: "1" });
    world().emulator.behaviour.describeTags = "omitted";
    assert.equal("Tags" in (await describeIt()), false);
    const { tags } = await world().client.send(new ListTagsForResourceCommand({ resourceArn: started.arn }));
    assert.deepEqual(tags, { a: "1" });
  });

  it("deletes an evaluation, whose tags and entry on the contact stay", async () => {
    world().emulator.someone.tags(started.arn, { a: "1" });
    await deleteIt();
    await assert.rejects(describeIt(), missing);
    assert.equal(world().emulator.evaluation(started.arn), undefined);
    const { tags } = await world().client.send(new ListTagsForResourceCommand({ resourceArn: started.arn }));
    assert.deepEqual(tags, { a: "1" });
    const ids = { InstanceId: world().instanceId, ContactId: world().contactId };
    const { Contact } = await world().client.send(new DescribeContactCommand(ids));
    assert.equal(Contact?.ContactEvaluations?.[world().evaluationFormId]?.Status, "DELETED");
    assert.deepEqual((await world().client.send(new ListContactEvaluationsCommand(ids))).EvaluationSummaryList, []);
  });

  it("answers a second delete with 404, or with success when so switched", async () => {
    await deleteIt();
    await assert.rejects(deleteIt(), missing);
    world().emulator.behaviour.secondDelete = "success";
    await deleteIt();
    const never = { ...started, EvaluationId: "never" };
    await assert.rejects(world().client.send(new DeleteContactEvaluationCommand(never)), missing);
  });

  it("deletes in every status unless the switch forbids it", async () => {
    for (const status of ["DRAFT", "SUBMITTED", "REVIEW_REQUESTED", "UNDER_REVIEW"] as const) {
      started = await world().start();
      world().emulator.someone.setsStatus(started.arn, status);
      world().emulator.behaviour.deleteInStatus = [status];
      await assert.rejects(deleteIt(), conflict);
      world().emulator.behaviour.deleteInStatus = [];
      await deleteIt();
    }
  });

  it("lists the evaluations of one contact without a next page", async () => {
    const other = world().emulator.addContact(world().instanceId);
    await world().start({ ContactId: other.contactId });
    const second = await world().start({ AutoEvaluationConfiguration: { Enabled: true } });
    const { EvaluationSummaryList, NextToken } = await world().client.send(
      new ListContactEvaluationsCommand({ InstanceId: world().instanceId, ContactId: world().contactId }),
    );
    assert.equal(NextToken, undefined);
    assert.deepEqual(
      EvaluationSummaryList?.map(({ EvaluationId }) => EvaluationId),
      [started.EvaluationId, second.EvaluationId],
    );
    const [first, last] = EvaluationSummaryList ?? [];
    assert.deepEqual(Object.keys(first ?? {}).sort(), [
      "CreatedTime",
      "EvaluationArn",
      "EvaluationFormId",
      "EvaluationFormTitle",
      "EvaluationId",
      "EvaluationType",
      "EvaluatorArn",
      "LastModifiedTime",
      "Status",
    ]);
    assert.equal(last?.AutoEvaluationStatus, "IN_PROGRESS");
    await assert.rejects(
      world().client.send(new ListContactEvaluationsCommand({ InstanceId: world().instanceId, ContactId: "nobody" })),
      missing,
    );
  });

  it("hides a new evaluation from a number of reads", async () => {
    world().emulator.behaviour.readAfterWriteDelayReads = 2;
    started = await world().start();
    await assert.rejects(describeIt(), missing);
    await assert.rejects(world().client.send(new ListTagsForResourceCommand({ resourceArn: started.arn })), missing);
    assert.equal((await describeIt()).EvaluationId, started.EvaluationId);
  });

  describe("what someone else does", () => {
    it("shows in the next read", async () => {
      const { someone } = world().emulator;
      someone.answers(started.arn, { q1: { StringValue: "Yes" }, q2: { NumericValue: 1 } });
      someone.answers(started.arn, { q2: undefined });
      someone.notes(started.arn, { q1: "n", q2: "gone" });
      someone.notes(started.arn, { q2: undefined });
      someone.tags(started.arn, { a: "1", b: "2", "aws:x": "3" });
      someone.untags(started.arn, ["b"]);
      someone.setsType(started.arn, "CALIBRATION");
      someone.setsContactAgent(started.arn, "agent-9");
      someone.submits(started.arn);
      const evaluation = await describeIt();
      assert.deepEqual(evaluation.Answers, { q1: yes });
      assert.deepEqual(evaluation.Notes, { q1: { Value: "n" } });
      assert.deepEqual(evaluation.Tags, { a: "1", "aws:x": "3" });
      assert.deepEqual(
        [evaluation.Status, evaluation.EvaluationType, evaluation.Metadata?.ContactAgentId],
        ["SUBMITTED", "CALIBRATION", "agent-9"],
      );
      someone.deletes(started.arn);
      await assert.rejects(describeIt(), missing);
      assert.throws(() => someone.submits(started.arn), /No contact evaluation/);
    });

    it("suggests answers beside the values, or as values too", async () => {
      const suggested = { StringValue: "No" };
      const expected = {
        SystemSuggestedValue: suggested,
        SuggestedAnswers: [{ Value: suggested, Status: "SUCCEEDED", AnalysisType: "GEN_AI" }],
      };
      world().emulator.someone.suggests(started.arn, { q1: suggested });
      const evaluation = await describeIt();
      assert.deepEqual(evaluation.Answers, { q1: expected });
      assert.deepEqual(
        [evaluation.Status, evaluation.Metadata?.AutoEvaluation?.AutoEvaluationStatus],
        ["DRAFT", "SUCCEEDED"],
      );
      await update({ Answers: { q1: yes } });
      assert.deepEqual((await describeIt()).Answers, { q1: { ...yes, ...expected } });
      await update({ Answers: { q1: {} } });
      assert.deepEqual((await describeIt()).Answers, { q1: expected });
      world().emulator.someone.suggests(started.arn, { q2: suggested }, { fillValue: true });
      assert.deepEqual((await describeIt()).Answers?.q2?.Value, suggested);
    });

    it("does not happen through the copies that the emulator returns", () => {
      now().tags.sneaked = "in";
      for (const evaluation of world().emulator.evaluations()) evaluation.status = "SUBMITTED";
      assert.deepEqual([now().tags, now().status], [{}, "DRAFT"]);
    });
  });
});
