import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import type { Fault, OperationName } from "../../../emulator/src";
import { PLUGIN } from "../../support/fronts";
import { interruptEngine, killEngine, Processes } from "../../support/processes";
import { type World, worldForEach } from "../../support/world";

const hang = (w: World, operation: OperationName, fault: Fault = { silence: "after" }) =>
  w.emulator.faults.add({ operation, times: Number.POSITIVE_INFINITY, fault });

describe("customTimeouts of a resource of the plugin", () => {
  const world = worldForEach({ front: PLUGIN });
  const customTimeouts = { create: "2s", update: "2s", delete: "2s", read: "2s" };

  it("end a create, its calls, and its waits; what was started is found by the next up", async () => {
    const w = world();
    const program = w.program("one", { tags: { a: "1" } }, { customTimeouts });
    const started = hang(w, "StartContactEvaluation");
    const { diagnostics } = await w.stack.upFails({ program });
    assert.match(
      diagnostics.join("\n"),
      /could not create the evaluation in 2 s\n.*customTimeouts\.create allows no more\n.*run the command again/,
    );
    assert.equal(started.hits, 1);
    started.remove();
    const { arn } = w.only;
    await w.stack.up();
    assert.equal(w.only.arn, arn);
  });

  it("keep in the state what was started, and the next up finishes it", async () => {
    const w = world();
    const program = w.program("one", { tags: { a: "1" } }, { customTimeouts });
    const described = hang(w, "DescribeContactEvaluation");
    await w.stack.upFails({ program });
    described.remove();
    assert.equal((await w.stack.resource("one")).id, w.only.arn);
    assert.deepEqual((await w.stack.up()).changes, { update: 1 });
    assert.equal((await w.stack.resource("one")).outputs?.status, "DRAFT");
  });

  it("end an update, a refresh, and a delete", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one", { tags: { a: "1" } }, { customTimeouts }) });
    const tagged = hang(w, "TagResource");
    const update = await w.stack.upFails({ program: w.program("one", { tags: { a: "2" } }, { customTimeouts }) });
    assert.match(update.diagnostics.join("\n"), /could not update the evaluation in 2 s/);
    tagged.remove();
    await w.stack.up();
    const described = hang(w, "DescribeContactEvaluation");
    assert.match((await w.stack.refreshFails()).diagnostics.join("\n"), /could not read the evaluation in 2 s/);
    assert.match((await w.stack.destroyFails()).diagnostics.join("\n"), /could not delete the evaluation in 2 s/);
    described.remove();
    assert.deepEqual(w.only.tags, { a: "2" });
  });
});

describe("Ctrl-C while the plugin waits for Amazon Connect", () => {
  const world = worldForEach({ front: PLUGIN });

  it("ends the run at once, and the next up finds what was started", async () => {
    const w = world();
    const started = hang(w, "StartContactEvaluation");
    const failing = w.stack.upFails({ program: w.program("one", { tags: { a: "1" } }) });
    await started.hit();
    interruptEngine();
    const { diagnostics } = await failing;
    assert.match(diagnostics.join("\n"), /could not create the evaluation\n.*interrupted\n.*run it again/);
    started.remove();
    const { arn } = w.only;
    await w.stack.up();
    assert.equal(w.only.arn, arn);
  });
});

describe("the process of the plugin", () => {
  const world = worldForEach({ front: PLUGIN });
  let processes: Processes;
  beforeEach(async () => {
    processes = await Processes.record();
  });
  afterEach(async () => {
    await processes.killAll();
    await processes.dispose();
  });

  it("ends with the engine, also with a killed one, and the next up takes over what it started", async () => {
    const w = world();
    const started = hang(w, "StartContactEvaluation");
    const failing = w.stack.upFails({ program: w.program("one"), env: processes.env });
    await started.hit();
    killEngine();
    await failing;
    await ended(await processes.providers());
    started.remove();
    const { arn } = w.only;
    await w.stack.cli(["cancel", "--yes"]);
    await w.stack.up({ env: processes.env });
    assert.equal(w.only.arn, arn);
    await ended(await processes.providers());
  });

  it("may be killed while it creates, and the next up takes over what it started", async () => {
    const w = world();
    const started = hang(w, "StartContactEvaluation");
    const failing = w.stack.upFails({ program: w.program("one"), env: processes.env });
    await started.hit();
    await processes.killProvider();
    await failing;
    started.remove();
    const { arn } = w.only;
    await w.stack.up();
    assert.equal(w.only.arn, arn);
  });
});

/** Waits until none of these processes is there. */
async function ended(pids: readonly number[]): Promise<void> {
  assert.notEqual(pids.length, 0);
  while (pids.some(isAlive)) await delay(50);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
