import assert from "node:assert/strict";
import { type ConnectEmulator, type FaultRule, startConnectEmulator } from "../../emulator/src";
import { UserError } from "../../provider/src/shared/errors";
import { withSignal } from "../../provider/src/shared/interruption";
import type { Inputs } from "../../provider/src/shared/model";
import { Unfinished } from "../../provider/src/verbs/state";
import { lifecycleOf, REGION } from "../support/lifecycle";

const resource = { key: "key" };
const REASON = new UserError("not done in 2 s");
const SILENT = { silence: "before" } as const;

describe("a verb that is interrupted", () => {
  let emulator: ConnectEmulator;
  let inputs: Inputs;
  beforeEach(async () => {
    emulator = await startConnectEmulator({ region: REGION });
    const { instanceId } = emulator.addInstance();
    const { contactId } = emulator.addContact(instanceId);
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    inputs = { instanceId, contactId, evaluationFormId };
  });
  afterEach(() => emulator.close());

  const create = () => lifecycleOf(emulator, { "aws:maxRetries": "5" }).create(resource, inputs);

  /** Creates, and is interrupted once the fault was met. */
  async function interrupted(rule: FaultRule): Promise<unknown> {
    const controller = new AbortController();
    const fault = emulator.faults.add(rule);
    const verb = withSignal(controller.signal, create);
    await fault.hit();
    controller.abort(REASON);
    const error = await verb.then(
      () => assert.fail("the verb ended well"),
      (error: unknown) => error,
    );
    const calls = emulator.calls();
    // This is answered after everything that was sent before.
    await fetch(`${emulator.url}/nothing`);
    assert.equal(emulator.calls(), calls + 1);
    return error;
  }

  it("fails with the reason while a call has no answer", async () => {
    assert.equal(await interrupted({ operation: "DescribeContact", fault: SILENT }), REASON);
    assert.deepEqual(emulator.evaluations(), []);
  });

  it("keeps what it started", async () => {
    const error = await interrupted({ operation: "DescribeContactEvaluation", fault: SILENT });
    assert.ok(error instanceof Unfinished);
    assert.equal(error.cause, REASON);
    assert.equal(error.state.evaluationArn, emulator.evaluations()[0]?.arn);
  });

  it("waits no longer, neither for a look nor for a repetition", async () => {
    const NOT_FOUND = { error: "ResourceNotFoundException", status: 404 } as const;
    const operation = "DescribeContactEvaluation";
    const looking = await interrupted({ operation, times: Number.POSITIVE_INFINITY, fault: NOT_FOUND });
    assert.ok(looking instanceof Unfinished);
    const THROTTLED = { error: "TooManyRequestsException", status: 429 } as const;
    const throttled = { operation: "DescribeContact", times: Number.POSITIVE_INFINITY, fault: THROTTLED } as const;
    assert.equal(await interrupted(throttled), REASON);
  });

  it("leaves no look at a form behind that fails for others", async () => {
    const lifecycle = lifecycleOf(emulator);
    const controller = new AbortController();
    const fault = emulator.faults.add({ operation: "DescribeEvaluationForm", fault: { delayMs: 50 } });
    const graded = { ...inputs, answers: { none: "Yes" } };
    const first = withSignal(controller.signal, () => lifecycle.create(resource, graded));
    const other = lifecycle.check({ key: "other" }, graded, true);
    await fault.hit();
    controller.abort(REASON);
    await assert.rejects(first, REASON);
    assert.equal((await other).faults.length, 1);
  });

  it("sends nothing if it was interrupted before", async () => {
    await assert.rejects(withSignal(AbortSignal.abort(REASON), create), REASON);
    assert.equal(emulator.calls(), 0);
  });
});
