import assert from "node:assert/strict";
import { DescribeContactEvaluationCommand, UpdateContactEvaluationCommand } from "@aws-sdk/client-connect";
import { type Started, worldForEach } from "./world";

const suggested = { StringValue: "Yes" };
const suggestion = {
  SystemSuggestedValue: suggested,
  SuggestedAnswers: [{ Value: suggested, Status: "SUCCEEDED", AnalysisType: "GEN_AI" }],
};

describe("automation", () => {
  const world = worldForEach({
    behaviour: { now: () => new Date("2026-01-01T00:00:00Z"), automatedAnswers: { q1: suggested } },
  });
  let started: Started;
  beforeEach(async () => {
    started = await world().start({ AutoEvaluationConfiguration: { Enabled: true } });
  });
  const describeIt = async () => {
    const { Evaluation } = await world().client.send(new DescribeContactEvaluationCommand(started));
    assert.ok(Evaluation);
    return Evaluation;
  };
  const progress = async () => {
    const { Answers, Metadata } = await describeIt();
    return [Metadata?.AutoEvaluation?.AutoEvaluationStatus, Answers];
  };

  it("never ends by default", async () => {
    world().emulator.advance(365 * 24 * 3600 * 1000);
    assert.deepEqual(await progress(), ["IN_PROGRESS", {}]);
  });

  it("ends after a time, with suggestions", async () => {
    world().emulator.behaviour.automationMs = 60_000;
    world().emulator.advance(59_999);
    assert.deepEqual(await progress(), ["IN_PROGRESS", {}]);
    world().emulator.advance(5000);
    assert.equal(world().emulator.evaluation(started.arn)?.autoEvaluation?.status, "SUCCEEDED");
    assert.deepEqual(await progress(), ["SUCCEEDED", { q1: suggestion }]);
    assert.deepEqual((await describeIt()).LastModifiedTime, new Date("2026-01-01T00:01:00Z"));
  });

  it("fails when so switched, without suggestions", async () => {
    world().emulator.behaviour.automationMs = 0;
    world().emulator.behaviour.automationOutcome = "FAILED";
    assert.deepEqual(await progress(), ["FAILED", {}]);
  });

  it("does not end where it was not enabled", async () => {
    world().emulator.behaviour.automationMs = 0;
    started = await world().start();
    assert.deepEqual(await progress(), [undefined, {}]);
  });

  it("fills the values too when so switched, but none that a person set", async () => {
    const { behaviour, someone } = world().emulator;
    behaviour.suggestionsIn = "Value";
    behaviour.automatedAnswers = { q1: suggested, q2: { NumericValue: 3 } };
    someone.answers(started.arn, { q2: { NumericValue: 7 } });
    behaviour.automationMs = 0;
    const [, answers] = await progress();
    assert.deepEqual(answers, {
      q1: { Value: suggested, ...suggestion },
      q2: {
        Value: { NumericValue: 7 },
        SystemSuggestedValue: { NumericValue: 3 },
        SuggestedAnswers: [{ Value: { NumericValue: 3 }, Status: "SUCCEEDED", AnalysisType: "GEN_AI" }],
      },
    });
  });

  it("spells its suggestions as reads spell answers", async () => {
    world().emulator.behaviour.automationMs = 0;
    world().emulator.behaviour.optionSpelling = "ref id";
    const { q1 } = (await describeIt()).Answers ?? {};
    assert.deepEqual(
      [q1?.SystemSuggestedValue, q1?.SuggestedAnswers?.[0]?.Value],
      [{ StringValue: "o1" }, { StringValue: "o1" }],
    );
  });

  it("ends before a write that comes later", async () => {
    world().emulator.behaviour.automationMs = 1000;
    world().emulator.advance(1000);
    await world().client.send(
      new UpdateContactEvaluationCommand({ ...started, Answers: { q1: { Value: { StringValue: "No" } } } }),
    );
    assert.deepEqual(await progress(), ["SUCCEEDED", { q1: { Value: { StringValue: "No" }, ...suggestion } }]);
  });

  it("answers what Connect submits by itself", async () => {
    world().emulator.behaviour.automatedSubmission = "automated";
    started = await world().start({ AutoEvaluationConfiguration: { Enabled: true } });
    assert.deepEqual(await progress(), ["SUCCEEDED", { q1: suggestion }]);
    assert.equal((await describeIt()).Status, "SUBMITTED");
  });
});
