import assert from "node:assert/strict";
import type { ConnectEmulator, Evaluation } from "../../emulator/src";
import { AwsError } from "../../provider/src/aws/awsError";
import type { Answer, Inputs } from "../../provider/src/shared/model";
import { REGION } from "../support/lifecycle";
import type { GradedStack } from "./gradedStack";
import { goesWell, scenes } from "./scene";

const DENIED = { error: "AccessDeniedException" } as const;
const ALWAYS = Number.POSITIVE_INFINITY;

/** One by one, what the random sequences of people.ts come across. */
describe("what a program and people do to one evaluation", () => {
  const newScene = scenes();
  let emulator: ConnectEmulator;
  let stack: GradedStack;
  let base: Inputs;
  let only: () => Evaluation;

  beforeEach(() => {
    const scene = newScene();
    ({ emulator, stack, base } = scene);
    only = () => scene.only();
  });

  const up = (program: Partial<Inputs>) => stack.up({ ...base, ...program });
  const changes = (program: Partial<Inputs>) => stack.changes({ ...base, ...program });
  const refused = async (command: Promise<string | undefined>, why: RegExp) =>
    assert.match((await command) ?? "ok", why);
  /** Nothing of what it sends arrives. */
  const inVain = async (program: Partial<Inputs>) => {
    emulator.faults.add({ operation: "UpdateContactEvaluation", times: ALWAYS, fault: { drop: "before" } });
    await refused(up(program), /the connection broke/);
    emulator.faults.clear();
  };

  const has = (key: string) => {
    const { StringValue, NumericValue } = only().answers[key]?.Value ?? {};
    return StringValue ?? NumericValue;
  };
  const person = (key: string, value: Answer | undefined) => {
    const given = typeof value === "number" ? { NumericValue: value } : { StringValue: String(value) };
    emulator.someone.answers(only().arn, { [key]: value === undefined ? undefined : given });
  };
  /** Views that lag show from now on what there was before the last write. */
  const lagging = (lag: number) => {
    emulator.behaviour.changeLagMs = lag;
  };
  /** So far no description lags, but what there was is kept. */
  const toLag = () => {
    emulator.behaviour.changeLagMs = { ListContactEvaluations: ALWAYS };
  };

  it("a key that a person answered and the program adds is refused until it is declared as it is", async () => {
    await goesWell(up({ answers: { q1: "Yes" } }));
    person("q2", 3);
    for (let n = 0; n < 2; n += 1) {
      await refused(up({ answers: { q1: "Yes", q2: 9 } }), /answers\.q2[\s\S]*declare answers\.q2 as it is there/);
      await goesWell(stack.refresh());
    }
    assert.equal(has("q2"), 3);
    await goesWell(up({ answers: { q1: "Yes", q2: 3 } }));
    await goesWell(up({ answers: { q1: "Yes", q2: 9 } }));
    assert.equal(has("q2"), 9);
  });

  it("an update that did not arrive is made by the next up, with a refresh in between or without", async () => {
    await goesWell(up({ answers: { q1: "Yes" } }));
    for (const [value, refreshes] of [
      ["No", false],
      ["Yes", true],
    ] as const) {
      await inVain({ answers: { q1: value } });
      if (refreshes) await goesWell(stack.refresh());
      await goesWell(up({ answers: { q1: value } }));
      assert.equal(has("q1"), value);
    }
  });

  it("a create that sent no answers gives them later", async () => {
    emulator.faults.add({ operation: "UpdateContactEvaluation", times: ALWAYS, fault: DENIED });
    await refused(up({ answers: { q1: "Yes" } }), /IAM policy/);
    emulator.faults.clear();
    await goesWell(up({ answers: { q1: "Yes" } }));
    assert.equal(has("q1"), "Yes");
    await goesWell(stack.destroy());
  });

  it("a refusal after a repeated call is none: an earlier attempt may have arrived", () => {
    const refusal = { name: "AccessDeniedException", message: "", status: 403 };
    assert.equal(new AwsError({ ...refusal, attempts: 1 }).isRefusal, true);
    assert.equal(new AwsError({ ...refusal, attempts: 2 }).isRefusal, false);
  });

  it("a description that is older than the state is not believed, by a refresh or by an up", async () => {
    toLag();
    await goesWell(up({ answers: { q1: "Yes", q2: 1 } }));
    await goesWell(up({ answers: { q1: "No", q2: 1 } }));
    lagging(600_000);
    await goesWell(stack.refresh());
    assert.deepEqual(await changes({ answers: { q1: "No", q2: 1 } }), []);
    await refused(up({ answers: { q1: "No", q2: 9 } }), /still shows it as it was before its last change/);
    lagging(0);
    await goesWell(up({ answers: { q1: "No", q2: 9 } }));
    assert.deepEqual([has("q1"), has("q2")], ["No", 9]);
  });

  it("what Connect accepted and kept as it was is believed after ten minutes", async () => {
    await goesWell(up({ answers: { q1: "Yes" } }));
    lagging(ALWAYS);
    await goesWell(up({ answers: { q1: "No" } }));
    await refused(up({ answers: { q1: "No" } }), /still shows it as it was before/);
    emulator.advance(600_000);
    await goesWell(up({ answers: { q1: "No" } }));
    assert.deepEqual(await changes({ answers: { q1: "No" } }), []);
  });

  it("a number that Connect rounds is no drift and no reason to submit again", async () => {
    emulator.behaviour.numbers = "rounded";
    const program = { answers: { q1: "Yes", q2: 6.4 }, submit: true };
    await goesWell(up(program));
    for (let n = 0; n < 2; n += 1) {
      await goesWell(stack.refresh());
      assert.deepEqual(await changes(program), []);
      await goesWell(up(program));
    }
    assert.equal(only().submissions, 1);
    person("q2", 7);
    await goesWell(stack.refresh());
    assert.deepEqual(await changes(program), ["answers"]);
  });

  it("a change that was refused and taken back sends nothing, and leaves what was written the resource's own", async () => {
    emulator.behaviour.numbers = "rounded";
    const program = { answers: { q1: "Yes", q2: 6.4 }, submit: true };
    await goesWell(up(program));
    emulator.faults.add({ operation: "SubmitContactEvaluation", times: ALWAYS, fault: DENIED });
    await refused(up({ ...program, answers: { q1: "Yes", q2: 9 } }), /IAM policy/);
    emulator.faults.clear();
    await goesWell(up(program));
    assert.equal(only().submissions, 1);
    await goesWell(stack.destroy());
  });

  it("what Connect itself suggested is nobody's, to overwrite, to submit, and to delete", async () => {
    emulator.behaviour.suggestionsIn = "Value";
    await goesWell(up({ answers: { q1: "Yes" } }));
    emulator.someone.suggests(only().arn, { q2: { NumericValue: 4 }, q3: { StringValue: "Fine." } });
    await goesWell(up({ answers: { q1: "Yes", q2: 5 }, submit: true }));
    assert.deepEqual([has("q2"), has("q3"), only().submissions], [5, "Fine.", 1]);
    await goesWell(stack.destroy());
  });

  it("after a review or an acknowledgement nothing is submitted, of whatever key, and the ways on are named", async () => {
    await goesWell(up({ answers: { q1: "Yes", q2: 1 }, submit: true }));
    emulator.someone.acknowledges(only().arn);
    const changed = { answers: { q1: "Yes", q2: 9 }, submit: true };
    await refused(up(changed), /acknowledged[\s\S]*declare the verdict[\s\S]*ignoreChanges[\s\S]*forceDestroy/);
    assert.equal(only().submissions, 1);
    await goesWell(up({ ...changed, forceDestroy: true }));
    assert.equal(only().submissions, 2);
  });

  it("a refusal comes before all changes, and a write right after the look that allowed it", async () => {
    await goesWell(up({ answers: { q1: "Yes" }, tags: { a: "1" } }));
    person("q2", 3);
    await refused(up({ answers: { q1: "Yes", q2: 4 }, tags: { a: "2" } }), /answers\.q2/);
    assert.equal(only().tags.a, "1");
    emulator.clearRequests();
    await goesWell(up({ answers: { q1: "No" }, tags: { a: "2" } }));
    const calls = emulator.requests.map(({ operation = "" }) => operation);
    const [write, tagging] = [calls.indexOf("UpdateContactEvaluation"), calls.indexOf("TagResource")];
    assert.ok(0 < write && write < tagging, String(calls));
  });

  it("what a killed create wrote is the resource's own", async () => {
    const program = { answers: { q1: "Yes", q2: 1 } };
    emulator.faults.add({ operation: "UpdateContactEvaluation", fault: { drop: "after" } });
    emulator.faults.add({ operation: "DescribeContactEvaluation", skip: 1, times: ALWAYS, fault: { drop: "before" } });
    await stack.killed(() => up(program));
    emulator.faults.clear();
    assert.equal(has("q1"), "Yes");
    await goesWell(up(program));
    await goesWell(stack.destroy());
    assert.deepEqual(emulator.evaluations(), []);
  });

  it("what a killed update wrote, and the same program finds there, is the resource's own", async () => {
    await goesWell(up({ answers: { q1: "Yes", q2: 1 } }));
    emulator.faults.add({ operation: "UpdateContactEvaluation", fault: { drop: "after" } });
    await stack.killed(() => up({ answers: { q1: "Yes", q2: 2 } }));
    await goesWell(up({ answers: { q1: "Yes", q2: 2 } }));
    await goesWell(stack.destroy());
    assert.deepEqual(emulator.evaluations(), []);
  });

  it("what a killed update wrote, and another program changes, is refused until a refresh", async () => {
    await goesWell(up({ answers: { q1: "Yes", q2: 1 } }));
    emulator.faults.add({ operation: "UpdateContactEvaluation", fault: { drop: "after" } });
    await stack.killed(() => up({ answers: { q1: "Yes", q2: 2 } }));
    assert.equal(has("q2"), 2);
    await refused(up({ answers: { q1: "Yes", q2: 9 } }), /answers\.q2[\s\S]*pulumi refresh/);
    await goesWell(stack.refresh());
    await goesWell(up({ answers: { q1: "Yes", q2: 9 } }));
    assert.equal(has("q2"), 9);
  });

  it("what a killed update wrote over an unseen one is not taken for Connect's spelling of that", async () => {
    await goesWell(up({ answers: { q1: "Yes" } }));
    lagging(25_000);
    await goesWell(up({ answers: { q1: "No" } }));
    emulator.advance(60_000);
    emulator.faults.add({ operation: "UpdateContactEvaluation", fault: { drop: "after" } });
    await stack.killed(() => up({ answers: { q1: "o1" } }));
    emulator.advance(60_000);
    await goesWell(stack.refresh());
    assert.deepEqual(await changes({ answers: { q1: "No" } }), ["answers"]);
  });

  it("an equal answer is a person's if the resource sent it in vain and the person came later", async () => {
    await inVain({ answers: { q1: "Yes", q2: 1 } });
    person("q1", "Yes");
    await goesWell(up({ answers: { q1: "Yes", q2: 1 } }));
    await refused(stack.destroy(), /somebody's work: it has 1 answer/);
    await goesWell(up({ answers: { q2: 1 } }));
    assert.equal(has("q1"), "Yes");
  });

  it("an answer that a person set back to what it was before an unseen change is theirs", async () => {
    await goesWell(up({ answers: { q1: "Yes", q2: 1 } }));
    lagging(25_000);
    await goesWell(up({ answers: { q1: "No", q2: 1 } }));
    emulator.advance(60_000);
    person("q1", "Yes");
    emulator.advance(60_000);
    await refused(up({ answers: { q1: "No", q2: 1 }, notes: { s1: "x" } }), /could not change answers\.q1/);
    assert.equal(has("q1"), "Yes");
    await goesWell(stack.refresh());
    assert.deepEqual(await changes({ answers: { q1: "No", q2: 1 } }), ["answers"]);
  });

  for (const refreshes of [true, false]) {
    const how = refreshes ? "with a refresh in between" : "without a refresh";
    it(`what a person gave again after an unseen deletion stays theirs though a killed run wrote later, ${how}`, async () => {
      await goesWell(up({ answers: { q1: "Yes", q2: 1 }, submit: true }));
      lagging(25_000);
      await goesWell(up({ answers: { q2: 1 }, submit: true }));
      emulator.advance(60_000);
      person("q1", "Yes");
      emulator.advance(5_000);
      await stack.killed(() => goesWell(up({ answers: { q2: 1, q3: "x" }, submit: true })));
      emulator.advance(60_000);
      if (refreshes) await goesWell(stack.refresh());
      await goesWell(up({ answers: { q2: 1, q3: "x" }, notes: { s1: "y" }, submit: true }));
      assert.equal(has("q1"), "Yes");
    });
  }

  it("what a person set back after an unseen change is not changed again because a killed run wrote later", async () => {
    await goesWell(up({ answers: { q1: "Yes", q2: 1 }, submit: true }));
    lagging(25_000);
    await goesWell(up({ answers: { q1: "No", q2: 1 }, submit: true }));
    emulator.advance(60_000);
    person("q1", "Yes");
    emulator.advance(5_000);
    await stack.killed(() => goesWell(up({ answers: { q1: "No", q2: 1, q3: "x" }, submit: true })));
    emulator.advance(60_000);
    await refused(up({ answers: { q1: "No", q2: 1, q3: "x" }, submit: true }), /could not change answers\.q1/);
    assert.equal(has("q1"), "Yes");
  });

  it("an earlier run's write that shows late is not taken for Connect's spelling of a new note", async () => {
    await goesWell(up({ answers: { q1: "Yes" } }));
    lagging(25_000);
    await stack.killed(() => goesWell(up({ answers: { q1: "Yes" }, notes: { q1: "Mine." } })));
    emulator.advance(10_000);
    const program = { answers: { q1: "Yes" }, notes: { q1: "Mine.", s1: "Mine." } };
    await goesWell(up(program));
    emulator.advance(60_000);
    await goesWell(up(program));
    await goesWell(stack.destroy());
    assert.deepEqual(emulator.evaluations(), []);
  });

  it("a submission that did not arrive is the person's who submitted before, although reads did not show theirs yet", async () => {
    const program = { answers: { q1: "Yes", q2: 1 } };
    await goesWell(up(program));
    lagging(2_000);
    emulator.someone.submits(only().arn);
    emulator.faults.add({ operation: "SubmitContactEvaluation", fault: { drop: "before" } });
    await goesWell(up({ ...program, submit: true }));
    assert.equal(only().submissions, 1);
    await refused(stack.destroy(), /somebody's work: it is SUBMITTED/);
  });

  it("a person's submission that shows before the resource's own is not taken for it", async () => {
    const program = { answers: { q1: "Yes", q2: 1 } };
    await goesWell(up(program));
    lagging(8_000);
    emulator.someone.submits(only().arn);
    emulator.advance(5_000);
    await goesWell(up({ ...program, submit: true }));
    assert.equal(only().submissions, 2);
    emulator.advance(60_000);
    await goesWell(stack.destroy());
    assert.deepEqual(emulator.evaluations(), []);
  });

  it("an equal answer is a person's who came later, where the program has its own attributed to somebody else", async () => {
    const program = {
      answers: { q1: "Yes" },
      evaluator: `arn:aws:connect:${REGION}:123456789012:instance/${base.instanceId}/agent/x`,
    };
    emulator.faults.add({ operation: "UpdateContactEvaluation", fault: { drop: "before" } });
    await refused(up(program), /the connection broke/);
    person("q1", "Yes");
    await goesWell(stack.refresh());
    await goesWell(up(program));
    await refused(stack.destroy(), /somebody's work: it has 1 answer/);
  });

  it("an answer that the program declares later is a person's under a write that the state knows of", async () => {
    const program = { answers: { q1: "No" }, notes: { s1: "x" }, submit: true };
    await goesWell(up(program));
    person("q1", "Yes");
    emulator.faults.add({ operation: "DescribeContactEvaluation", skip: 1, times: ALWAYS, fault: DENIED });
    await refused(up({ ...program, notes: {} }), /IAM policy/);
    emulator.faults.clear();
    await goesWell(up({ ...program, answers: { q1: "Yes" }, notes: {} }));
    await refused(stack.destroy(), /somebody's work: it has 1 answer/);
  });

  it("the resource's hand may have a new name in each run", async () => {
    const program = { answers: { q1: "Yes", q2: 1 } };
    await goesWell(up(program));
    assert.ok(stack.managed);
    const { written = "{}" } = stack.managed.state;
    stack.managed.state.written = JSON.stringify({ ...JSON.parse(written), writtenBy: "another session" });
    await goesWell(up({ ...program, answers: { q1: "No", q2: 1 }, submit: true }));
    assert.doesNotMatch(stack.managed.state.written, /outdated|another session/);
    await goesWell(stack.destroy());
    assert.deepEqual(emulator.evaluations(), []);
  });

  it("what Connect took is the resource's own, though no look showed it before a person submitted it", async () => {
    const program = { answers: { q1: "No", q2: 1 }, notes: { s1: "Mine." } };
    emulator.faults.add({ operation: "DescribeContactEvaluation", skip: 1, fault: DENIED });
    await refused(up(program), /IAM policy/);
    emulator.someone.submits(only().arn);
    await goesWell(up({ ...program, answers: { q1: "Yes", q2: 1 }, submit: true }));
    assert.deepEqual([has("q1"), only().submissions], ["Yes", 2]);
    await goesWell(stack.destroy());
    assert.deepEqual(emulator.evaluations(), []);
  });

  it("what was sent without an answer may be a person's once a person submitted it", async () => {
    const program = { answers: { q1: "No", q2: 1 } };
    emulator.faults.add({ operation: "UpdateContactEvaluation", fault: { drop: "after" } });
    emulator.faults.add({ operation: "DescribeContactEvaluation", skip: 1, times: ALWAYS, fault: DENIED });
    await refused(up(program), /could not/);
    emulator.faults.clear();
    emulator.someone.submits(only().arn);
    await goesWell(up({ answers: { q1: "Yes", q2: 1 }, submit: true }));
    await refused(stack.destroy(), /somebody's work: it has 1 answer/);
  });

  for (const [what, q1] of [
    ["a change", "Yes"],
    ["a deletion", undefined],
  ] as const) {
    it(`${what} that did not arrive is made by the next up, though a person had been there before`, async () => {
      const program = { answers: { ...(q1 && { q1 }), q2: 1 } };
      await goesWell(up({ answers: { q1: "No", q2: 1 } }));
      person("q2", undefined);
      await inVain(program);
      await goesWell(up(program));
      assert.equal(has("q1"), q1);
    });
  }

  it("a change that did not arrive leaves the resource what it wrote, though a person had been there before", async () => {
    await goesWell(up({ answers: { q1: "No", q2: 1 } }));
    person("q2", undefined);
    await inVain({ answers: { q1: "Yes", q2: 1 } });
    await goesWell(stack.refresh());
    await goesWell(stack.destroy());
    assert.deepEqual(emulator.evaluations(), []);
  });

  it("a change that did not arrive is not made over what a person has done since", async () => {
    await goesWell(up({ answers: { q1: "No", q2: 1 } }));
    person("q2", undefined);
    await inVain({ answers: { q1: "Yes", q2: 1 } });
    person("q1", "No");
    await refused(up({ answers: { q1: "Yes", q2: 1 } }), /could not change answers\.q1/);
    assert.equal(has("q1"), "No");
  });

  it("an answer that was sent in vain, dropped, and showed late is left alone after an acknowledgement", async () => {
    lagging(8_000);
    emulator.faults.add({ operation: "SubmitContactEvaluation", fault: { drop: "after" } });
    emulator.faults.add({ operation: "DescribeContactEvaluation", skip: 2, times: ALWAYS, fault: DENIED });
    await refused(up({ answers: { q1: "Yes", q2: 1 }, submit: true }), /could not/);
    emulator.faults.clear();
    await goesWell(stack.refresh());
    await goesWell(up({ answers: { q2: 1 }, submit: true }));
    emulator.advance(60_000);
    emulator.someone.acknowledges(only().arn);
    await goesWell(stack.refresh());
    await goesWell(up({ answers: { q2: 1 }, submit: true }));
    assert.deepEqual(await changes({ answers: { q2: 1 }, submit: true }), []);
    assert.deepEqual([has("q1"), only().submissions], ["Yes", 1]);
  });

  it("of a state without fingerprints, a key that the program drops stays", async () => {
    await goesWell(up({ answers: { q1: "Yes", q2: 1 } }));
    assert.ok(stack.managed);
    const { written, ...state } = stack.managed.state;
    stack.managed = { ...stack.managed, state };
    await goesWell(up({ answers: { q1: "Yes" } }));
    assert.equal(has("q2"), 1);
  });

  it("without the form, nothing is written over what may be another answer, and what is as written is no drift", async () => {
    emulator.behaviour.optionSpelling = "ref id";
    emulator.faults.add({ operation: "DescribeEvaluationForm", times: ALWAYS, fault: DENIED });
    await goesWell(up({ answers: { q1: "Yes" } }));
    await goesWell(stack.refresh());
    assert.deepEqual(await changes({ answers: { q1: "Yes" } }), []);
    person("q1", "o2");
    await refused(up({ answers: { q1: "o1" } }), /answers\.q1[\s\S]*allow connect:DescribeEvaluationForm/);
    assert.equal(has("q1"), "o2");
  });

  it("without the form, an answer that cannot be compared is not taken for the resource's own", async () => {
    emulator.faults.add({ operation: "DescribeEvaluationForm", times: ALWAYS, fault: DENIED });
    emulator.faults.add({ operation: "UpdateContactEvaluation", times: ALWAYS, fault: { drop: "before" } });
    await refused(up({ answers: { q1: "Yes" } }), /the connection broke/);
    person("q1", "o2");
    await refused(stack.destroy(), /somebody's work: it has 1 answer/);
  });

  it("a declared answer that a person changed is not submitted unseen", async () => {
    await goesWell(up({ answers: { q1: "Yes", q2: 1 } }));
    person("q1", "No");
    await refused(
      up({ answers: { q1: "Yes", q2: 1 }, submit: true }),
      /it holds what somebody else gave \(answers\.q1\)/,
    );
    assert.equal(only().status, "DRAFT");
    await goesWell(stack.refresh());
    await goesWell(up({ answers: { q1: "Yes", q2: 1 }, submit: true }));
    assert.deepEqual([has("q1"), only().submissions], ["Yes", 1]);
  });

  it("forceDestroy permits overwriting and submitting", async () => {
    await goesWell(up({ answers: { q1: "Yes" } }));
    person("q1", "No");
    person("q3", "Mine.");
    await goesWell(up({ answers: { q1: "o1", q2: 1 }, submit: true, forceDestroy: true }));
    assert.deepEqual([only().submissions, has("q3")], [1, "Mine."]);
  });

  it("an answer that Connect names and that was not sent is in no message", async () => {
    await goesWell(up({ answers: { q1: "Yes", q3: "declared earlier" } }));
    person("q2", 7.25);
    const message = "q3 has 'declared earlier', and q2 has 7.25, with which q1 does not go";
    const fault = { error: "InvalidParameterException", status: 400, message };
    emulator.faults.add({ operation: "UpdateContactEvaluation", times: ALWAYS, fault });
    const failure = (await up({ answers: { q1: "No", q3: "declared earlier" } })) ?? "";
    assert.match(failure, /q3 has '\[redacted\]', and q2 has \[redacted\]/);
  });
});
