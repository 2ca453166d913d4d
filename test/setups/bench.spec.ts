import assert from "node:assert/strict";
import type { Contender, Operation } from "../../bench/plan";
import { Stage } from "../../bench/stage";

const COUNT = 2;

describe("the benchmark", () => {
  async function callsOf(contender: Contender, operations: Operation[]): Promise<Record<string, number>> {
    const stage = await Stage.set({ contender, count: COUNT, latency: 0 });
    try {
      const calls: [Operation, number][] = [];
      for (const operation of operations) {
        calls.push([operation, (await stage.run(operation)).calls / COUNT]);
        assert.equal((await stage.managed()).length, operation === "destroy" ? 0 : COUNT);
      }
      assert.equal(stage.emulator.evaluations().length, 0);
      return Object.fromEntries(calls);
    } finally {
      await stage.strike();
    }
  }

  it("has the documented way make the calls of evaluations and tags that this package makes", async () => {
    assert.deepEqual(await callsOf("documented", ["up", "refresh", "tags", "destroy"]), {
      up: 2,
      refresh: 1,
      tags: 1,
      destroy: 2,
    });
  });

  it("has the floor make none", async () => {
    assert.deepEqual(await callsOf("floor", ["up"]), { up: 0 });
  });
});
