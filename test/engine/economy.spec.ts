import assert from "node:assert/strict";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { worldForEach } from "../support/world";

const COUNT = 3;

describe("what contact evaluations cost on the engine", () => {
  const world = worldForEach();
  let contacts: string[];
  beforeEach(() => {
    const { emulator, instanceId } = world();
    contacts = Array.from({ length: COUNT }, () => emulator.addContact(instanceId).contactId);
  });

  /** Declares as many evaluations, each of a contact of its own. */
  const program = (args: Partial<ContactEvaluationArgs>) => async () => {
    for (const [n, contactId] of contacts.entries()) world().declare(`e${n}`, { contactId, ...args });
  };

  /** How often each operation of Connect and each method of the provider was called for one evaluation. */
  async function cost(act: () => Promise<unknown>) {
    const { emulator, stack } = world();
    emulator.clearRequests();
    await stack.clearRpcs();
    await act();
    const rpcs = (await stack.rpcs()).filter(({ method, request }) => {
      return method.startsWith("/pulumirpc.ResourceProvider/") && String(request.urn).includes(":ContactEvaluation::");
    });
    return {
      connect: perEvaluation(emulator.requests.map(({ operation }) => operation ?? "unknown")),
      provider: perEvaluation(rpcs.map(({ method }) => method.replace("/pulumirpc.ResourceProvider/", ""))),
    };
  }

  function perEvaluation(names: readonly string[]): Record<string, number> {
    const entries = [...new Set(names)].map((name) => [name, names.filter((other) => other === name).length / COUNT]);
    return Object.fromEntries(entries);
  }

  it("is as many calls for each as its change needs, and none at Connect without one", async () => {
    const { stack } = world();
    const tagged = program({ tags: { a: "1", b: "1" } });
    assert.deepEqual(await cost(() => stack.up({ program: tagged })), {
      connect: { DescribeContact: 1, StartContactEvaluation: 1, DescribeContactEvaluation: 1 },
      provider: { Check: 1, Create: 1 },
    });
    const unchanged = { connect: {}, provider: { Check: 1, Diff: 1 } };
    assert.deepEqual(await cost(() => stack.up()), unchanged);
    assert.deepEqual(await cost(() => stack.preview()), unchanged);
    assert.deepEqual(await cost(() => stack.refresh()), {
      connect: { DescribeContactEvaluation: 1 },
      provider: { Read: 1, Diff: 1 },
    });
    assert.deepEqual(await cost(() => stack.up({ program: program({ tags: { a: "1", b: "2" } }) })), {
      connect: { TagResource: 1 },
      provider: { Check: 1, Diff: 1, Update: 1 },
    });
    assert.deepEqual((await cost(() => stack.up({ program: program({ tags: { b: "2", c: "1" } }) }))).connect, {
      UntagResource: 1,
      TagResource: 1,
    });
    assert.deepEqual(await cost(() => stack.destroy()), {
      connect: { DescribeContactEvaluation: 1, DeleteContactEvaluation: 1 },
      provider: { Delete: 1 },
    });
  });

  it("is four evaluation actions for a graded draft or a scored evaluation, and one look at the form for all", async () => {
    const { stack, emulator, instanceId } = world();
    for (const [submit, written] of [
      [false, "UpdateContactEvaluation"],
      [true, "SubmitContactEvaluation"],
    ] as const) {
      const graded = program({ answers: { q1: "Yes" }, submit });
      assert.deepEqual((await cost(() => stack.up({ program: graded }))).connect, {
        DescribeEvaluationForm: 1 / COUNT,
        DescribeContact: 1,
        StartContactEvaluation: 1,
        DescribeContactEvaluation: 2,
        [written]: 1,
      });
      assert.deepEqual((await cost(() => stack.up())).connect, {});
      assert.deepEqual((await cost(() => stack.refresh())).connect, { DescribeContactEvaluation: 1 });
      await stack.destroy();
      contacts = contacts.map(() => emulator.addContact(instanceId).contactId);
    }
  });

  it("is a look at an evaluation that may be deleted whatever it holds, too, since it may be another's", async () => {
    const { stack } = world();
    await stack.up({ program: program({}) });
    assert.deepEqual((await cost(() => stack.up({ program: program({ forceDestroy: true }) }))).connect, {});
    assert.deepEqual((await cost(() => stack.destroy())).connect, {
      DescribeContactEvaluation: 1,
      DeleteContactEvaluation: 1,
    });
  });

  it("is at most 1.7 kB of state for each with three tags, beside what the engine adds", async () => {
    const { stack } = world();
    await stack.up({ program: program({ tags: { purpose: "calibration", team: "quality", round: "2026-11" } }) });
    // Not what the engine adds, which has the program's path in it several times.
    const { inputs, outputs } = await stack.resource("e0");
    const size = Buffer.byteLength(JSON.stringify({ inputs, outputs }));
    assert.ok(size <= 1700, `${size} bytes`);
  });
});
