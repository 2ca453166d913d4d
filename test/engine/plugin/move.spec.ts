import assert from "node:assert/strict";
import { DYNAMIC, PLUGIN } from "../../support/fronts";
import { emulatorConfig } from "../../support/preparedStack";
import { worldForEach } from "../../support/world";

describe("a stack that moves from the dynamic provider to the plugin, and back", () => {
  const world = worldForEach({ front: DYNAMIC });

  it("keeps its evaluation, changes nothing but the marker, and leaves nothing of the other front in the state", async () => {
    const w = world();
    await w.stack.configure(emulatorConfig(w.emulator.url, PLUGIN.namespace));
    const args = { tags: { a: "1" }, answers: { q1: "Yes" } };
    await w.stack.up({ program: w.program("one", args) });
    const { arn } = w.only;
    for (const [to, from] of [
      [PLUGIN, DYNAMIC],
      [DYNAMIC, PLUGIN],
    ] as const) {
      w.emulator.clearRequests();
      const moved = async () => void w.declare("one", args, { aliases: [{ type: from.type }] }, to);
      assert.deepEqual((await w.stack.up({ program: moved })).changes, { update: 1 }, to.name);
      assert.equal(w.emulator.calls("TagResource"), 1);
      assert.equal(w.only.arn, arn);
      const { type, inputs = {}, outputs = {} } = await w.stack.resource("one");
      assert.equal(type, to.type);
      assert.equal(outputs.__marker, w.marker(arn));
      assert.equal("__provider" in inputs || "__provider" in outputs, to === DYNAMIC);
      const alone = async () => void w.declare("one", args, {}, to);
      assert.deepEqual((await w.stack.up({ program: alone })).changes, { same: 1 }, to.name);
      assert.deepEqual((await w.stack.refresh()).changes, { same: 1 });
    }
    await w.stack.destroy();
    assert.equal(w.emulator.evaluations().length, 0);
  });
});
