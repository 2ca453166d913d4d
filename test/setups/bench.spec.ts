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

  const WHOLE_LIFE: Operation[] = ["up", "unchanged", "refresh", "tags", "destroy"];

  for (const contender of ["class", "plugin"] as const) {
    it(`has this package's ${contender} look at the contact, make the calls, and none without changes`, async () => {
      const expected = { up: 3, unchanged: 0, refresh: 1, tags: 1, destroy: 2 };
      assert.deepEqual(await callsOf(contender, WHOLE_LIFE), expected);
    });
  }

  it("has the documented way make the same calls, without a look at the contact", async () => {
    const expected = { up: 2, unchanged: 0, refresh: 1, tags: 1, destroy: 2 };
    assert.deepEqual(await callsOf("documented", WHOLE_LIFE), expected);
  });

  it("has the floor make none", async () => {
    assert.deepEqual(await callsOf("floor", ["up"]), { up: 0 });
  });
});
