import assert from "node:assert/strict";
import { Pacing, type Timer } from "../../provider/src/connect/pacing";

class Throttled extends Error {}

/** Time that passes only when everything waits for it. */
class SimulatedTime implements Timer {
  private time = 0;
  private readonly plans: { at: number; act: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(seconds: number, act: () => void): void {
    // Whole milliseconds, as a real timer has them: a wait too short to move the time would never end.
    this.plans.push({ at: this.time + Math.ceil(seconds * 1000) / 1000, act });
  }

  wait(seconds: number): Promise<void> {
    return new Promise((resolve) => this.after(seconds, resolve));
  }

  async until<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const settled = work.finally(() => {
      done = true;
    });
    settled.catch(() => undefined);
    while (!done) {
      await new Promise(setImmediate);
      if (done) break;
      this.plans.sort((a, b) => a.at - b.at);
      const next = this.plans.shift();
      assert.ok(next || done, "everything waits, and for nothing");
      if (next === undefined) break;
      this.time = next.at;
      next.act();
    }
    return settled;
  }
}

/** A service with one quota, which a throttled call does not use up. */
class Service {
  throttles = 0;
  private tokens: number;
  private refilledAt = 0;

  constructor(
    private readonly time: SimulatedTime,
    public rate: number,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  async call(): Promise<void> {
    await this.time.wait(0.02);
    const now = this.time.now();
    this.tokens = Math.min(this.burst, this.tokens + (now - this.refilledAt) * this.rate);
    this.refilledAt = now;
    if (this.tokens < 1) {
      this.throttles += 1;
      throw new Throttled();
    }
    this.tokens -= 1;
    await this.time.wait(0.05);
  }
}

const isThrottle = (error: unknown) => error instanceof Throttled;

describe("the pace of calls", () => {
  const run = async (count: number, rate: number, burst: number) => {
    const time = new SimulatedTime();
    const service = new Service(time, rate, burst);
    const told: string[] = [];
    const pacing = new Pacing(isThrottle, (line) => told.push(line), time);
    const creates = Array.from({ length: count }, async () => {
      await pacing.run("StartContactEvaluationCommand", () => service.call());
      await pacing.run("DescribeContactEvaluationCommand", () => service.call());
    });
    await time.until(Promise.all(creates));
    return { seconds: time.now(), least: (2 * count - burst) / rate, throttles: service.throttles, told };
  };

  for (const [rate, burst, most] of [
    [3, 5, 1.05],
    [1, 1, 1.3],
    [10, 15, 1.1],
    [30, 30, 1.1],
  ] as const) {
    it(`brings 150 creates through a quota of ${rate} a second near the least time, in simulated time`, async () => {
      const { seconds, least, throttles } = await run(150, rate, burst);
      assert.ok(seconds <= least * most, `${seconds.toFixed(1)} s, at least ${least.toFixed(1)} s`);
      assert.ok(throttles <= 300, `${throttles} throttled calls`);
    });
  }

  it("holds nothing back where nothing is throttled", async () => {
    const time = new SimulatedTime();
    const service = new Service(time, 1e9, 1e9);
    const pacing = new Pacing(isThrottle, () => undefined, time);
    await time.until(
      Promise.all(Array.from({ length: 300 }, () => pacing.run("StartContactEvaluationCommand", () => service.call()))),
    );
    assert.ok(time.now() < 1);
    assert.equal(service.throttles, 0);
  });

  it("says why a run takes long and how many calls wait, and then at most every half minute how it goes", async () => {
    const { told, seconds } = await run(150, 3, 5);
    const [first = "", ...others] = told;
    assert.match(first, /^Amazon Connect throttles .*\. \d+ calls are waiting, about \d+ s\.$/);
    assert.ok(others.length > 0 && others.length <= seconds / 30);
    for (const line of others) {
      const [, answered = "", passed = ""] =
        /^Amazon Connect answered (\d+) calls in the last (\d+) s\. /.exec(line) ?? [];
      assert.ok(Number(passed) >= 30);
      assert.ok(Math.abs(Number(answered) / Number(passed) - 3) < 0.5, line);
    }
  });

  it("says so too where only a few calls are made at once", async () => {
    const time = new SimulatedTime();
    const service = new Service(time, 3, 5);
    const told: string[] = [];
    const pacing = new Pacing(isThrottle, (line) => told.push(line), time);
    const worker = async () => {
      for (let n = 0; n < 20; n += 1) await pacing.run("StartContactEvaluationCommand", () => service.call());
    };
    await time.until(Promise.all(Array.from({ length: 8 }, worker)));
    assert.match(told[0] ?? "", /^Amazon Connect throttles .*\. \d calls are waiting, about [1-3] s\.$/);
    assert.equal(told.length, 2);
  });

  it("says nothing of a short wait, or of short ones now and then", async () => {
    assert.deepEqual((await run(10, 3, 5)).told, []);
    const time = new SimulatedTime();
    const service = new Service(time, 3, 5);
    const told: string[] = [];
    const pacing = new Pacing(isThrottle, (line) => told.push(line), time);
    for (let minute = 0; minute < 5; minute += 1) {
      const calls = Array.from({ length: 12 }, () => pacing.run("StartContactEvaluationCommand", () => service.call()));
      await time.until(Promise.all([...calls, new Promise<void>((done) => time.after(60, done))]));
    }
    assert.ok(service.throttles > 0);
    assert.deepEqual(told, []);
  });

  it("survives a time in which every call is throttled", async () => {
    const time = new SimulatedTime();
    const service = new Service(time, 3, 5);
    const pacing = new Pacing(isThrottle, () => undefined, time);
    time.after(5, () => {
      service.rate = 0;
    });
    time.after(25, () => {
      service.rate = 3;
    });
    await time.until(
      Promise.all(Array.from({ length: 60 }, () => pacing.run("StartContactEvaluationCommand", () => service.call()))),
    );
    assert.ok(time.now() < 60, `${time.now()} s`);
  });

  it("gives up after five minutes of nothing but throttles", async () => {
    const time = new SimulatedTime();
    const service = new Service(time, 0, 0);
    const pacing = new Pacing(isThrottle, () => undefined, time);
    await assert.rejects(
      time.until(pacing.run("StartContactEvaluationCommand", () => service.call())),
      /300 s without a break/,
    );
    assert.ok(time.now() > 300 && time.now() < 310);
  });

  it("does not repeat other failures, and they do not stop it", async () => {
    const time = new SimulatedTime();
    const pacing = new Pacing(isThrottle, () => undefined, time);
    let calls = 0;
    const failing = Array.from({ length: 40 }, () =>
      pacing.run("StartContactEvaluationCommand", async () => {
        calls += 1;
        throw new Error("not found");
      }),
    );
    const outcomes = await time.until(Promise.allSettled(failing));
    assert.ok(outcomes.every(({ status }) => status === "rejected"));
    assert.equal(calls, 40);
  });

  it("keeps tag calls apart from evaluation calls", async () => {
    const time = new SimulatedTime();
    const pacing = new Pacing(isThrottle, () => undefined, time);
    const busy = new Service(time, 0.1, 0);
    void pacing.run("StartContactEvaluationCommand", () => busy.call()).catch(() => undefined);
    await time.until(pacing.run("TagResourceCommand", () => new Service(time, 100, 100).call()));
    assert.ok(time.now() < 1);
  });
});
