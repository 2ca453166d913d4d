import assert from "node:assert/strict";
import { PLUGIN } from "../../support/fronts";
import { worldForEach } from "../../support/world";

const COUNT = 20;

describe("many evaluations of the plugin under a quota", () => {
  const world = worldForEach({ front: PLUGIN });

  it("are all started, each once, by one process that the engine asks for all of them at once", async () => {
    const w = world();
    const contacts = Array.from({ length: COUNT }, () => w.emulator.addContact(w.instanceId).contactId);
    const program = async () => {
      for (const [n, contactId] of contacts.entries()) w.declare(`e${n}`, { contactId });
    };
    // So few that the slowest machine meets it.
    w.emulator.throttle = { evaluations: { rate: 8, burst: 3 } };
    await w.stack.up({ program, parallel: COUNT });
    assert.equal(w.emulator.started, COUNT);
    assert.deepEqual(new Set(w.emulator.evaluations().map(({ contactId }) => contactId)), new Set(contacts));
    assert.ok(
      w.emulator.requests.some(({ status }) => status === 429),
      "the quota was met",
    );
  });
});
