import assert from "node:assert/strict";
import { Holdings } from "../../provider/src/identity/holdings";
import { MARKER, markerOf } from "../../provider/src/identity/marker";
import type { Inputs } from "../../provider/src/shared/model";
import { type StartCalls, start } from "../../provider/src/verbs/start";
import { Unfinished } from "../../provider/src/verbs/state";
import { awsError, INSTANCE, type Operation, SimulatedConnect } from "../simulation/service";
import { BEHAVIOUR } from "../simulation/support";

const INPUTS: Inputs = { instanceId: INSTANCE, contactId: "c", evaluationFormId: "f" };
const MINE = { [MARKER]: markerOf("", "key") };
const HOUR_MS = 3600_000;

class Killed extends Error {}

describe("the start of an evaluation", () => {
  let connect: SimulatedConnect;
  /** What the last run called and said. */
  let called: Operation[];
  let said: string[];
  beforeEach(() => {
    connect = new SimulatedConnect(structuredClone(BEHAVIOUR));
  });

  interface Run {
    inputs?: Inputs;
    key?: string;
    holdings?: Holdings;
    calls?: StartCalls;
    denied?: readonly Operation[];
    /** The process ends with the answer to this operation. */
    killedAfter?: Operation;
  }

  /** A run of its own process. Returns the ARN. */
  async function run({ denied = [], killedAfter, calls, inputs = INPUTS, key = "key", holdings }: Run = {}) {
    called = [];
    said = [];
    const before = (operation: Operation) => {
      called.push(operation);
      if (denied.includes(operation)) throw awsError("AccessDeniedException");
    };
    const after = (operation: Operation) => {
      if (operation === killedAfter) throw new Killed();
    };
    const say = (line: string) => said.push(line);
    const { evaluation } = await start({
      session: { settings: { namespace: "" }, holdings: holdings ?? new Holdings(), say, sayOnce: say },
      connect: calls ?? connect.calls(before, after),
      inputs,
      key,
      marker: markerOf("", key),
    });
    return evaluation.evaluationArn;
  }

  /** What an interrupted run leaves. */
  async function interrupted(request: Run = {}): Promise<string> {
    await assert.rejects(run({ ...request, killedAfter: "StartContactEvaluation" }), Killed);
    return connect.alive.at(-1)?.arn ?? assert.fail("nothing was started");
  }

  const colleagueStarts = (tags = {}) => connect.start(INPUTS, `colleague ${connect.evaluations.length}`, tags);
  const arns = () => connect.alive.map(({ arn }) => arn);

  describe("costs", () => {
    it("three calls the first time, and four in every later life", async () => {
      const arn = await run();
      assert.deepEqual(called, ["DescribeContact", "StartContactEvaluation", "DescribeContactEvaluation"]);
      connect.delete(arn);
      for (let life = 2; life <= 11; life += 1) {
        connect.delete(await run());
        assert.deepEqual(called, [
          "DescribeContact",
          "ListContactEvaluations",
          "StartContactEvaluation",
          "DescribeContactEvaluation",
        ]);
      }
      assert.equal(connect.evaluations.length, 11);
    });

    it("a line on the terminal only where something was taken over", async () => {
      await run();
      assert.deepEqual(said, []);
    });
  });

  describe("sends the marker", () => {
    it("beside the tags that are declared", async () => {
      await run({ inputs: { ...INPUTS, tags: { a: "1" } } });
      assert.deepEqual(connect.alive[0]?.tags, { a: "1", ...MINE });
    });
  });

  describe("takes over", () => {
    it("what an interrupted run started, and says so", async () => {
      const arn = await interrupted();
      connect.pass(5 * HOUR_MS);
      assert.equal(await run({ inputs: { ...INPUTS, tags: { a: "2" } } }), arn);
      assert.deepEqual(said, [`took over ${arn}, which an earlier run started for this resource`]);
    });

    it("what was retained or deleted from the state, whoever started others since", async () => {
      const arn = await run();
      colleagueStarts();
      assert.equal(await run(), arn);
    });

    it("what an interrupted run started and Connect submitted by itself", async () => {
      connect.behaviour.submits = true;
      const inputs = { ...INPUTS, autoEvaluationConfiguration: { enabled: true } };
      const arn = await interrupted({ inputs });
      assert.equal(await run({ inputs }), arn);
    });

    it("what the last run started, not what was deleted before and can still be read", async () => {
      const old = await run();
      connect.behaviour.describesDeleted = true;
      connect.behaviour.lag = {
        ...connect.behaviour.lag,
        DescribeContactEvaluation: 4000,
        ListContactEvaluations: 4000,
      };
      connect.pass(HOUR_MS);
      connect.delete(old);
      const arn = connect.start(INPUTS, "of the interrupted run", MINE).arn;
      assert.equal(await run(), arn);
    });

    it("what an interrupted run started beside another one, which is visible first", async () => {
      connect.delete(await run());
      connect.pass(HOUR_MS);
      connect.behaviour.lag = { ...connect.behaviour.lag, ListContactEvaluations: 3000, DescribeContact: 3000 };
      colleagueStarts();
      const arn = await interrupted();
      connect.pass(2600);
      assert.equal(await run(), arn);
    });

    it("what the tag alone says is its own, where a description leaves the tags out", async () => {
      connect.behaviour.describesTags = false;
      const arn = await interrupted();
      assert.equal(await run(), arn);
    });

    it("what an interrupted run started while no read shows it, by the token", async () => {
      connect.behaviour.lag = { ...connect.behaviour.lag, ListContactEvaluations: 5000, DescribeContact: 5000 };
      const arn = await interrupted();
      assert.equal(await run(), arn);
    });
  });

  describe("starts another one beside", () => {
    const others: [string, (arn: string) => void, Run?][] = [
      ["one that somebody answered", (arn) => change(arn, { answeredByPerson: true })],
      ["one that is older than a day", () => connect.pass(25 * HOUR_MS)],
      ["one with another marker", (arn) => change(arn, { tags: { [MARKER]: markerOf("", "other") } })],
      [
        "one without a marker, when Connect has forgotten the token",
        (arn) => {
          change(arn, { tags: {} });
          connect.pass(HOUR_MS);
        },
      ],
      [
        "one with another automatic evaluation",
        () => undefined,
        { inputs: { ...INPUTS, autoEvaluationConfiguration: { enabled: false } } },
      ],
    ];
    for (const [which, happens, request] of others) {
      it(which, async () => {
        const inputs = { ...INPUTS, autoEvaluationConfiguration: { enabled: true } };
        const arn = await interrupted({ inputs });
        happens(arn);
        const second = await run({ inputs, ...request });
        assert.notEqual(second, arn);
        assert.deepEqual(arns(), [arn, second]);
      });
    }

    it("one that another resource of this process has", async () => {
      const holdings = new Holdings();
      const arn = await run();
      holdings.claim(arn, "renamed");
      assert.notEqual(await run({ holdings }), arn);
    });

    it("its own of the old life, which a replacement keeps", async () => {
      const holdings = new Holdings();
      const arn = await run();
      holdings.claim(arn, "key");
      assert.notEqual(await run({ holdings }), arn);
    });

    const change = (arn: string, changed: object) =>
      void Object.assign(connect.evaluations.find((one) => one.arn === arn) ?? assert.fail(), changed);
  });

  describe("starts nothing, because something may be there that cannot be seen", () => {
    it("when one of this contact and form was started a moment ago and cannot be described", async () => {
      connect.behaviour.lag.DescribeContactEvaluation = 60_000;
      const { arn } = colleagueStarts();
      await assert.rejects(run(), (error: Error) =>
        error.message.includes(
          `why: ${arn}, of this contact and form, was started a moment ago and cannot be read yet`,
        ),
      );
      assert.deepEqual(arns(), [arn]);
      connect.behaviour.lag.DescribeContactEvaluation = 0;
      assert.notEqual(await run(), arn);
    });

    it("but not because of an old one that is gone and still listed", async () => {
      connect.behaviour.lag = { ...connect.behaviour.lag, ListContactEvaluations: 60_000, DescribeContact: 60_000 };
      const { arn } = colleagueStarts();
      connect.pass(HOUR_MS);
      connect.delete(arn);
      assert.deepEqual([await run()], arns());
    });

    it("until it can be described, for ten seconds", async () => {
      connect.behaviour.lag.DescribeContactEvaluation = 8000;
      const { arn } = colleagueStarts(MINE);
      assert.equal(await run(), arn);
    });

    it("but keeps what it started as unfinished when that cannot be described for ten seconds", async () => {
      for (const tooEarly of ["ResourceNotFoundException", "InvalidRequestException"] as const) {
        connect = new SimulatedConnect({ ...structuredClone(BEHAVIOUR), tooEarly });
        for (const read of Object.keys(connect.behaviour.lag)) Object.assign(connect.behaviour.lag, { [read]: 60_000 });
        await assert.rejects(
          run(),
          (error) => error instanceof Unfinished && error.state.evaluationArn === connect.alive[0]?.arn,
        );
        assert.equal(connect.evaluations.length, 1);
      }
    });

    it("at most two, and leaves one, where a colleague's evaluation hides whether the first one is dead", async () => {
      colleagueStarts();
      connect.pass(HOUR_MS);
      for (const read of Object.keys(connect.behaviour.lag)) Object.assign(connect.behaviour.lag, { [read]: 60_000 });
      await assert.rejects(run(), Unfinished);
      assert.equal(connect.evaluations.length, 3);
      assert.equal(connect.alive.length, 2);
    });

    it("when an interrupted run sent other tags, which Connect refuses, and its evaluation is not visible", async () => {
      connect.behaviour.otherParameters = "IdempotencyException";
      connect.behaviour.lag = { ...connect.behaviour.lag, ListContactEvaluations: 30_000, DescribeContact: 30_000 };
      const arn = await interrupted();
      const inputs = { ...INPUTS, tags: { a: "edited" } };
      await assert.rejects(run({ inputs }), /used before with other parameters[\s\S]*run the command again/);
      connect.pass(30_000);
      assert.equal(await run({ inputs }), arn);
    });
  });

  describe("fails with the cause", () => {
    it("when the caller may not list what may be its own", async () => {
      colleagueStarts();
      await assert.rejects(run({ denied: ["ListContactEvaluations"] }), /IAM policy does not allow/);
      assert.equal(connect.alive.length, 1);
    });

    it("when Connect refuses a second evaluation: what there is, and how to adopt it", async () => {
      connect.behaviour.secondEvaluation = "conflict";
      const { arn } = colleagueStarts();
      await assert.rejects(run(), (error: Error) =>
        error.message.includes(`there is already:\n       - ${arn} (DRAFT`),
      );
    });

    it("when the answer to a read fails, and starts nothing", async () => {
      const calls = connect.calls(
        (operation) => {
          if (operation === "DescribeContact") throw awsError("InternalServiceException");
        },
        () => undefined,
      );
      await assert.rejects(run({ calls }), /Amazon Connect failed internally/);
      assert.equal(connect.alive.length, 0);
    });
  });

  it("says once what the missing permission DescribeContact costs, and starts all the same", async () => {
    const arn = await interrupted({ denied: ["DescribeContact"] });
    assert.equal(await run({ denied: ["DescribeContact"] }), arn);
    assert.match(said[0] ?? "", /^without the permission connect:DescribeContact /);
  });

  for (const spentToken of ["old id", "new evaluation", "conflict", "not found"] as const) {
    it(`ends with another evaluation after a destroy where a spent token is answered with "${spentToken}"`, async () => {
      connect.behaviour.spentToken = spentToken;
      connect.behaviour.recorded = "latest alive";
      colleagueStarts();
      for (let life = 1; life <= 3; life += 1) connect.delete(await run());
      const last = await run();
      assert.equal(connect.evaluations.length, 5);
      assert.equal(arns().at(-1), last);
    });
  }

  for (const spentToken of ["old id", "conflict", "not found"] as const) {
    it(`replaces at once what this process deleted, where the token is spent and answered with "${spentToken}"`, async () => {
      connect.behaviour.spentToken = spentToken;
      connect.behaviour.lag = { ...connect.behaviour.lag, ListContactEvaluations: 60_000, DescribeContact: 60_000 };
      const holdings = new Holdings();
      const arn = await run({ holdings });
      connect.delete(arn);
      holdings.noteDeleted(arn, "key");
      const began = connect.clock.now().getTime();
      assert.notEqual(await run({ holdings }), arn);
      assert.ok(connect.clock.now().getTime() - began < 2000);
    });
  }

  describe("with a clientToken of the author's own", () => {
    const inputs = { ...INPUTS, clientToken: "given" };

    it("sends it first", async () => {
      const { arn } = connect.start(inputs, "given", { ...MINE });
      connect.behaviour.lag = { ...connect.behaviour.lag, DescribeContact: 60_000 };
      assert.equal(await run({ inputs }), arn);
    });

    for (const [whose, other, tags] of [
      ["of another contact", { contactId: "d" }, MINE],
      ["of another form", { evaluationFormId: "g" }, MINE],
      ["that is marked as another resource's", {}, { [MARKER]: markerOf("", "other") }],
    ] as const) {
      it(`does not take an evaluation ${whose}`, async () => {
        connect.behaviour.lag = { ...connect.behaviour.lag, DescribeContact: 60_000 };
        const { arn } = connect.start({ ...inputs, ...other }, "given", tags);
        const own = await run({ inputs });
        assert.deepEqual(arns(), [arn, own]);
      });
    }

    it("never deletes what it led to and cannot be seen", async () => {
      for (const read of Object.keys(connect.behaviour.lag)) Object.assign(connect.behaviour.lag, { [read]: 60_000 });
      const { arn } = connect.start(inputs, "given", { [MARKER]: markerOf("", "other") });
      await assert.rejects(run({ inputs, denied: ["DescribeContact"] }), Unfinished);
      assert.deepEqual(arns(), [arn]);
    });

    it("starts another life without it", async () => {
      connect.delete(await run({ inputs }));
      const arn = await run({ inputs });
      assert.deepEqual(arns(), [arn]);
      assert.equal(called.filter((operation) => operation === "StartContactEvaluation").length, 1);
    });
  });

  it("does not wait beside what this process started", async () => {
    const holdings = new Holdings();
    const began = connect.clock.now().getTime();
    for (const key of ["one", "two", "three"]) await run({ holdings, key });
    assert.ok(connect.clock.now().getTime() - began < 2000);
    assert.equal(connect.alive.length, 3);
  });

  it("with one token of the program for two resources ends with one evaluation for each, whoever hears of it first", async () => {
    const holdings = new Holdings();
    const calls = connect.calls(
      () => {},
      () => {},
    );
    let otherLooks = () => {};
    const whenOtherLooks = new Promise<void>((resolve) => {
      otherLooks = resolve;
    });
    let otherRuns: Promise<string> | undefined;
    const first: Promise<string> = run({
      holdings,
      inputs: { ...INPUTS, clientToken: "shared" },
      calls: {
        ...calls,
        startContactEvaluation: async (...args) => {
          const arn = await calls.startContactEvaluation(...args);
          otherRuns ??= run({ holdings, key: "other", inputs: otherInputs, calls: otherCalls });
          await whenOtherLooks;
          return arn;
        },
      },
    });
    const otherInputs = { ...INPUTS, contactId: "other", clientToken: "shared" };
    const otherCalls: StartCalls = {
      ...calls,
      describeContactEvaluation: async (arn) => {
        otherLooks();
        await first;
        return calls.describeContactEvaluation(arn);
      },
    };
    const started = [await first, await otherRuns];
    assert.deepEqual(arns(), started);
    assert.deepEqual(
      connect.alive.map(({ contactId }) => contactId),
      [INPUTS.contactId, "other"],
    );
  });

  it("by two resources at once ends with one evaluation for each", async () => {
    const holdings = new Holdings();
    const both = await Promise.all([run({ holdings }), run({ holdings, key: "other" })]);
    assert.deepEqual(new Set(both), new Set(arns()));
    assert.equal(connect.evaluations.length, 2);
  });
});
