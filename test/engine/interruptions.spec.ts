import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import * as path from "node:path";
import { type ConnectEmulator, type Fault, startConnectEmulator, switches } from "../../emulator/src";
import { finished } from "../support/command";
import { contactEvaluations } from "../support/deployment";
import { Processes } from "../support/processes";
import { createTestProject, type TestProject } from "../support/project";
import { REGION, type World, worldForEach } from "../support/world";

const FOREVER = Number.POSITIVE_INFINITY;

/** Each start is processed, and its answer never comes. */
const everyAnswerIsLost = (w: World) =>
  w.emulator.faults.add({ operation: "StartContactEvaluation", times: FOREVER, fault: { drop: "after" } });

describe("an answer that is lost", () => {
  const world = worldForEach();

  const faults: [string, Fault, number][] = [
    ["the connection breaks before the start is processed", { drop: "before" }, 1],
    ["the connection breaks after the start was processed", { drop: "after" }, 1],
    [
      "the service fails internally after it processed the start",
      { error: "InternalServiceException", processed: true },
      1,
    ],
    ["a proxy answers instead, after the start was processed", { html: 502, processed: true }, 1],
  ];
  for (const [what, fault, times] of faults) {
    it(`is asked for again, and one evaluation is started, when ${what}`, async () => {
      const w = world();
      const handle = w.emulator.faults.add({ operation: "StartContactEvaluation", times, fault });
      await w.stack.up({ program: w.program("one", { tags: { a: "1" } }) });
      assert.equal(handle.hits, times);
      assert.equal(w.emulator.started, 1);
    });
  }

  it("is found by the next up when it was lost for as long as it was asked for", async () => {
    const w = world();
    const fault = everyAnswerIsLost(w);
    const failed = await w.stack.upFails({ program: w.program("one", { tags: { a: "1" } }) });
    assert.match(failed.diagnostics.join("\n"), /found again, not doubled/);
    assert.equal(w.emulator.evaluations().length, 1);
    fault.remove();
    await w.stack.up();
    assert.equal(w.emulator.started, 1);
  });
});

describe("a start that cannot be described", () => {
  const world = worldForEach();

  it("is waited for while the service is not consistent yet", async () => {
    const w = world();
    w.emulator.behaviour.readAfterWriteDelayReads = 2;
    await w.stack.up({ program: w.program("one") });
    assert.equal(w.emulator.started, 1);
  });

  const broken = (w: World) =>
    w.emulator.faults.add({
      operation: "DescribeContactEvaluation",
      times: FOREVER,
      fault: { error: "InternalServiceException" },
    });

  it("is kept in the state, and finished by the next up", async () => {
    const w = world();
    const fault = broken(w);
    const failed = await w.stack.upFails({ program: w.program("one", { tags: { a: "1" } }) });
    assert.match(failed.diagnostics.join("\n"), /could not describe evaluation arn:.*, which was just started/);
    assert.equal((await w.stack.resource("one")).id, w.only.arn);
    await w.stack.upFails();
    fault.remove();
    assert.deepEqual((await w.stack.up()).changes, { update: 1 });
    const { outputs, initErrors } = await w.stack.resource("one");
    assert.equal(outputs?.status, "DRAFT");
    assert.equal(initErrors, undefined);
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
  });

  it("is kept when the service lists it and does not describe it, for longer than it is waited for", async () => {
    const w = world();
    w.emulator.behaviour.readAfterWriteDelayReads = 7;
    const failed = await w.stack.upFails({ program: w.program("one") });
    assert.match(failed.diagnostics.join("\n"), /why: Amazon Connect has started it and does not show it yet/);
    assert.equal((await w.stack.resource("one")).id, w.only.arn);
    await w.stack.up();
    assert.equal((await w.stack.resource("one")).outputs?.status, "DRAFT");
  });

  it("is finished by refresh too", async () => {
    const w = world();
    const fault = broken(w);
    await w.stack.upFails({ program: w.program("one", { tags: { a: "1" } }) });
    fault.remove();
    await w.stack.refresh();
    assert.equal((await w.stack.resource("one")).outputs?.status, "DRAFT");
    assert.deepEqual((await w.stack.up()).changes, { same: 1 });
  });

  it("can be destroyed", async () => {
    const w = world();
    const fault = broken(w);
    await w.stack.upFails({ program: w.program("one") });
    fault.remove();
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });
});

describe("a provider that is killed", () => {
  const world = worldForEach();

  it("after the start was processed leaves an evaluation that the next up finds", async () => {
    const w = world();
    const processes = await Processes.record();
    const fault = w.emulator.faults.add({ operation: "StartContactEvaluation", fault: { silence: "after" } });
    const failing = w.stack.upFails({ program: w.program("one", { tags: { a: "1" } }), env: processes.env });
    await fault.hit();
    await processes.killProvider();
    await failing;
    await processes.dispose();
    const { arn } = w.only;
    await w.stack.up({ program: w.program("one", { tags: { a: "2" } }) });
    assert.equal(w.only.arn, arn);
    assert.deepEqual(w.only.tags, { a: "2" });
  });

  it("is told in one line when the evaluation that is found is not quite new", async () => {
    const w = world();
    const processes = await Processes.record();
    w.emulator.behaviour.now = () => new Date(Date.now() - 60_000);
    const fault = w.emulator.faults.add({ operation: "StartContactEvaluation", fault: { silence: "after" } });
    const failing = w.stack.upFails({ program: w.program("one"), env: processes.env });
    await fault.hit();
    await processes.killProvider();
    await failing;
    await processes.dispose();
    const { diagnostics } = await w.stack.up();
    assert.match(
      diagnostics.join("\n"),
      /^(ContactEvaluation: )?took over arn:\S+, which an earlier run started for this resource$/,
    );
  });

  it("is found although Connect submitted it by itself", async () => {
    const w = world();
    w.emulator.behaviour.automatedSubmission = "all";
    const fault = everyAnswerIsLost(w);
    await w.stack.upFails({ program: w.program("one") });
    fault.remove();
    await w.stack.up();
    assert.equal(w.emulator.started, 1);
    assert.equal((await w.stack.resource("one")).outputs?.status, "SUBMITTED");
  });

  const unusable: [string, (w: World, arn: string) => void][] = [
    ["somebody worked in it", (w, arn) => w.emulator.someone.answers(arn, { q1: { StringValue: "Yes" } })],
    ["a review of it was requested", (w, arn) => w.emulator.someone.setsStatus(arn, "REVIEW_REQUESTED")],
  ];
  for (const [why, happens] of unusable) {
    it(`is not found when ${why}: the next up starts another`, async () => {
      const w = world();
      w.emulator.behaviour.now = () => new Date(Date.now() - 60_000);
      const fault = everyAnswerIsLost(w);
      await w.stack.upFails({ program: w.program("one") });
      fault.remove();
      const { arn } = w.only;
      w.unmanaged.add(arn);
      happens(w, arn);
      w.emulator.behaviour.now = () => new Date();
      await w.stack.up();
      assert.notEqual((await w.stack.resource("one")).id, arn);
    });
  }

  it("is not found when it is older than a day", async () => {
    const w = world();
    w.emulator.behaviour.now = () => new Date(Date.now() - 25 * 60 * 60 * 1000);
    const fault = everyAnswerIsLost(w);
    await w.stack.upFails({ program: w.program("one") });
    fault.remove();
    w.unmanaged.add(w.only.arn);
    w.emulator.behaviour.now = () => new Date();
    await w.stack.up();
    assert.equal(w.emulator.evaluations().length, 2);
  });

  it("is judged by the service's clock, however far that is from this machine's", async () => {
    const w = world();
    w.emulator.behaviour.now = () => new Date(Date.now() - 25 * 60 * 60 * 1000);
    const fault = everyAnswerIsLost(w);
    await w.stack.upFails({ program: w.program("one") });
    fault.remove();
    await w.stack.up();
    assert.equal(w.emulator.started, 1);
  });
});

/** replacement.spec.ts has the usual answer to a spent token, and simulation/tokenFates.spec.ts every other. */
describe("a token whose fate nobody documents", () => {
  const world = worldForEach();

  it("leads to one evaluation: there and back, with a refusal in between", async () => {
    const w = world();
    w.emulator.behaviour.tokenOfDeletedEvaluation = "old id";
    await w.stack.up({ program: w.program("one") });
    await w.stack.up({ program: w.program("one", { contactId: w.contactB }) });
    w.emulator.someone.submits(w.only.arn);
    await w.stack.upFails({ program: w.program("one") });
    await w.stack.up({ program: w.program("one", { forceDestroy: true }) });
    assert.equal(w.only.contactId, w.contactA);
  });

  for (const position of switches.tokenWithOtherParameters.positions) {
    it(`leads to the cut-off run's evaluation when a default tag changed since and other parameters are ${position}`, async () => {
      const w = world();
      w.emulator.behaviour.tokenWithOtherParameters = position;
      const defaults = (round: string) => ({ "aws:defaultTags": JSON.stringify({ tags: { round } }) });
      await w.stack.configure(defaults("1"));
      const fault = everyAnswerIsLost(w);
      await w.stack.upFails({ program: w.program("one", { tags: { a: "1" } }) });
      fault.remove();
      const { arn } = w.only;
      await w.stack.configure(defaults("2"));
      await w.stack.up();
      assert.equal(w.only.arn, arn);
      assert.deepEqual(w.only.tags, { a: "1", round: "2" });
    });

    it(`of one's own serves two resources when other parameters are ${position}`, async () => {
      const w = world();
      w.emulator.behaviour.tokenWithOtherParameters = position;
      const clientToken = "shared";
      await w.stack.up({
        program: async () =>
          void [w.declare("one", { clientToken }), w.declare("two", { clientToken, contactId: w.contactB })],
      });
      const ids = w.emulator.evaluations().map(({ contactId }) => contactId);
      assert.deepEqual(ids.sort(), [w.contactA, w.contactB].sort());
    });
  }

  it("never takes somebody else's evaluation for a cut-off run's", async () => {
    const w = world();
    w.emulator.behaviour.secondEvaluation = "refused";
    await w.stack.up({ program: w.program("theirs", { tags: { a: "1" } }, { retainOnDelete: true }) });
    await w.stack.destroy();
    const { arn } = w.only;
    w.unmanaged.add(arn);
    const failed = await w.stack.upFails({ program: w.program("one", { tags: { a: "1" } }) });
    assert.match(failed.diagnostics.join("\n"), new RegExp(`there is already:\\n.*${arn} \\(DRAFT`));
  });
});

describe("two stacks of one name on two backends", () => {
  const world = worldForEach();

  for (const [namespace, evaluations] of [
    ["other", 2],
    ["", 1],
  ] as const) {
    it(`have ${evaluations} evaluation(s) ${namespace ? "with" : "without"} a namespace`, async () => {
      const w = world();
      const second = await w.anotherStack({ config: { "connect-evaluations:namespace": namespace } });
      try {
        await w.stack.up({ program: w.program("one") });
        await second.up({ program: w.program("one") });
        assert.equal(w.emulator.evaluations().length, evaluations);
        const { id = "" } = await second.resource("one");
        if (namespace) w.unmanaged.add(id);
      } finally {
        await second.dispose();
      }
    });
  }
});

describe("a command line that is interrupted", () => {
  let emulator: ConnectEmulator;
  let project: TestProject;
  let processes: Processes;

  beforeEach(async () => {
    emulator = await startConnectEmulator({ region: REGION });
    const { instanceId } = emulator.addInstance();
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    const args = [1, 2].map(() => ({
      instanceId,
      contactId: emulator.addContact(instanceId).contactId,
      evaluationFormId,
    }));
    processes = await Processes.record();
    project = await createTestProject({
      folder: path.join(__dirname, "fixtures/evaluations"),
      emulator: emulator.url,
      config: { "evaluations:args": { value: args } },
      env: { ...processes.env, EVALUATIONS: "1" },
    });
  });

  afterEach(async () => {
    await processes.killAll();
    await emulator.close();
    await project.dispose();
    await processes.dispose();
  });

  const up = (...flags: string[]) => {
    const child = project.spawn(["up", "--yes", "--skip-preview", ...flags]);
    return { child, ended: finished(child) };
  };

  const says = (child: ChildProcess, words: RegExp) =>
    new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (text: string) => words.test(text) && resolve());
      }
    });

  async function managed(): Promise<(string | undefined)[]> {
    return contactEvaluations(await project.state()).map(({ id }) => id);
  }

  async function assertEachIsStartedOnceAndKnownToTheState(count = 1): Promise<void> {
    const live = emulator.evaluations().map(({ arn }) => arn);
    assert.deepEqual((await managed()).sort(), live.sort());
    assert.equal(emulator.started, count);
  }

  const onStart = (fault: Fault, skip = 0) => emulator.faults.add({ operation: "StartContactEvaluation", skip, fault });

  it("once saves what the running calls bring", async () => {
    const fault = onStart({ delayMs: 1000 });
    const { child, ended } = up();
    await emulator.waitForRequest(({ operation }) => operation === "StartContactEvaluation");
    child.kill("SIGINT");
    assert.notEqual((await ended).code, 0);
    assert.equal(fault.hits, 1);
    await assertEachIsStartedOnceAndKnownToTheState();
  });

  it("twice leaves an evaluation that the next up finds", async () => {
    const fault = onStart({ silence: "after" });
    const { child, ended } = up();
    await fault.hit();
    child.kill("SIGINT");
    // Two signals at once would be one: the second waits for the answer to the first.
    await says(child, /cancel/);
    child.kill("SIGINT");
    assert.notEqual((await ended).code, 0);
    await project.up();
    await assertEachIsStartedOnceAndKnownToTheState();
  });

  it("by a kill leaves an evaluation that the next up finds, after `pulumi cancel`", async () => {
    const fault = onStart({ silence: "after" });
    const { child, ended } = up();
    await fault.hit();
    child.kill("SIGKILL");
    await ended;
    await processes.killAll();
    await project.pulumi(["cancel", "--yes"]);
    await project.up();
    await assertEachIsStartedOnceAndKnownToTheState();
  });

  it("by a kill leaves evaluations that the next up finds, where the engine keeps no checkpoints", async () => {
    Object.assign(project.env, { EVALUATIONS: "2", PULUMI_SKIP_CHECKPOINTS: "true" });
    const fault = onStart({ silence: "after" }, 1);
    const { child, ended } = up("--parallel", "1");
    await fault.hit();
    child.kill("SIGKILL");
    await ended;
    await processes.killAll();
    assert.deepEqual(await managed(), [], "the engine did keep a checkpoint");
    await project.pulumi(["cancel", "--yes"]);
    await project.up();
    await assertEachIsStartedOnceAndKnownToTheState(2);
  });
});
