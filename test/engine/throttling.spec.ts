import assert from "node:assert/strict";
import { worldForEach } from "../support/world";

const COUNT = 15;

describe("many evaluations under a quota", () => {
  const world = worldForEach();

  it("are started, read, tagged and deleted without a loss, and few calls are throttled", async () => {
    const w = world();
    const contacts = Array.from({ length: COUNT }, () => w.emulator.addContact(w.instanceId).contactId);
    const program = (round: string) => async () => {
      for (const [n, contactId] of contacts.entries()) w.declare(`e${n}`, { contactId, tags: { round } });
    };
    // Quicker than Connect's own quota, in the same proportions, so that the test is.
    w.emulator.throttle = { evaluations: { rate: 30, burst: 5 }, others: { rate: 20, burst: 5 } };
    const options = { parallel: 100 };
    await w.stack.up({ program: program("1"), ...options });
    assert.equal(w.emulator.evaluations().length, COUNT);
    assert.equal(w.emulator.started, COUNT);
    await w.stack.refresh(options);
    await w.stack.up({ program: program("2"), ...options });
    assert.ok(w.emulator.evaluations().every(({ tags }) => tags.round === "2"));
    await w.stack.destroy(options);
    assert.equal(w.emulator.evaluations().length, 0);
    const throttled = w.emulator.requests.filter(({ status }) => status === 429).length;
    assert.ok(throttled > 0, "the quota was met");
    assert.ok(throttled < w.emulator.calls(), `${throttled} of ${w.emulator.calls()} calls were throttled`);
  });

  it("of two stacks at once share the quota, and none is lost", async () => {
    const w = world();
    w.emulator.throttle = { evaluations: { rate: 30, burst: 5 } };
    const other = await w.anotherStack({ stack: "other" });
    try {
      const contacts = Array.from({ length: 10 }, () => w.emulator.addContact(w.instanceId).contactId);
      const program = async () => contacts.map((contactId, n) => w.declare(`e${n}`, { contactId })) && undefined;
      await Promise.all([w.stack.up({ program, parallel: 100 }), other.up({ program, parallel: 100 })]);
      assert.equal(w.emulator.evaluations().length, 20);
      await Promise.all([w.stack.destroy({ parallel: 100 }), other.destroy({ parallel: 100 })]);
      assert.equal(w.emulator.evaluations().length, 0);
    } finally {
      await other.dispose();
    }
  });

  it("are let through unhindered where there is none", async () => {
    const w = world();
    const contacts = Array.from({ length: COUNT }, () => w.emulator.addContact(w.instanceId).contactId);
    await w.stack.up({
      program: async () => {
        for (const [n, contactId] of contacts.entries()) w.declare(`e${n}`, { contactId });
      },
      parallel: 100,
    });
    assert.equal(w.emulator.calls(), 3 * COUNT);
    await w.stack.destroy({ parallel: 100 });
    assert.equal(w.emulator.calls(), 5 * COUNT);
  });
});
