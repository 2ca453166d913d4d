import assert from "node:assert/strict";
import { type ConnectEmulator, type Fault, type OperationName, startConnectEmulator } from "../../emulator/src";
import { UserError } from "../../provider/src/shared/errors";
import type { Inputs } from "../../provider/src/shared/model";
import type { Managed } from "../../provider/src/verbs/declarations";
import type { Lifecycle } from "../../provider/src/verbs/lifecycle";
import { Unfinished } from "../../provider/src/verbs/state";
import { lifecycleOf, REGION } from "../support/lifecycle";

/** What the verbs work with: one evaluation that the state has, and what the program says of its resource. */
interface Situation {
  emulator: ConnectEmulator;
  lifecycle: Lifecycle;
  managed: Managed;
  inputs: Inputs;
  /** Another contact of the instance. */
  otherContact: string;
}

const resource = { key: "key" };
const GRADES = { answers: { q1: "Yes" }, notes: { q1: "Good." } };

/** Every verb, in each situation in which it makes calls of its own. */
const VERBS: Readonly<Record<string, (situation: Situation) => Promise<unknown>>> = {
  "the check of a new resource": ({ lifecycle, inputs }) =>
    lifecycle.check(resource, { ...inputs, ...GRADES, evaluationFormVersion: 1 }, true),
  "the check of a resource that adopts": ({ lifecycle, inputs, managed: { id } }) =>
    lifecycle.check({ key: "other", adopts: id }, { ...inputs, ...GRADES }, true),
  "the diff of changed answers": ({ lifecycle, inputs, managed }) =>
    lifecycle.diff(resource, managed, { ...inputs, ...GRADES }),
  "the diff of another contact": ({ lifecycle, inputs, managed, otherContact }) =>
    lifecycle.diff(resource, managed, { ...inputs, contactId: otherContact }),
  "the diff of a resource that is to adopt another evaluation": ({ lifecycle, inputs, managed }) =>
    lifecycle.diff({ ...resource, adopts: managed.id.replace(/[^/]+$/, "another") }, managed, inputs),
  create: ({ lifecycle, inputs }) => lifecycle.create({ key: "new" }, { ...inputs, ...GRADES, submit: true }),
  "the create of a version that is not active": ({ lifecycle, inputs }) =>
    lifecycle.create({ key: "new" }, { ...inputs, evaluationFormVersion: 2 }),
  "the create that adopts": ({ lifecycle, inputs, managed: { id } }) =>
    lifecycle.create({ key: "new", adopts: id }, inputs),
  "the create that finds an earlier start": ({ lifecycle, inputs }) => lifecycle.create(resource, inputs),
  "the create of a replacement before its delete": async ({ lifecycle, inputs, managed, otherContact }) => {
    const others = { ...inputs, contactId: otherContact };
    await lifecycle.diff(resource, managed, others);
    await lifecycle.create(resource, others);
  },
  read: ({ lifecycle, managed }) => lifecycle.read({ ...managed, state: { ...managed.state, ...GRADES } }),
  "the read of what nobody manages": ({ lifecycle, managed: { id } }) => lifecycle.readUnmanaged(id),
  "the update of tags": ({ lifecycle, inputs, managed }) =>
    lifecycle.update(resource, managed, { ...inputs, tags: { new: "tag" } }),
  "the update of answers": ({ lifecycle, inputs, managed }) =>
    lifecycle.update(resource, managed, { ...inputs, ...GRADES }),
  "the update that submits": ({ lifecycle, inputs, managed }) =>
    lifecycle.update(resource, managed, { ...inputs, ...GRADES, submit: true }),
  "the update that finishes a start": ({ lifecycle, inputs, managed }) => {
    const { status, ...state } = managed.state;
    return lifecycle.update(resource, { ...managed, state }, inputs);
  },
  delete: ({ lifecycle, managed }) => lifecycle.delete(managed),
  "the delete of a forced replacement": async ({ lifecycle, inputs, managed }) => {
    await lifecycle.check(resource, { ...inputs }, false);
    await lifecycle.delete(managed);
  },
};

/** What goes wrong with a call, without an end of it that is worth waiting for. */
const FAULTS: Readonly<Record<string, Fault>> = {
  "is denied": { error: "AccessDeniedException" },
  "is not answered": { drop: "before" },
  "is answered by a proxy": { html: 502 },
  "is answered by a proxy as a success": { html: 200 },
  "is answered by a gateway as a success": { json: 200 },
  "is answered by a gateway": { json: 404 },
  "is answered with half a document": { garbage: true, processed: false },
};

/** The operations that change something. */
const CHANGES = /^(Start|Update|Submit|Delete|Tag|Untag)/;

describe("whatever a call of AWS comes to", () => {
  let emulator: ConnectEmulator;

  beforeEach(async () => {
    emulator = await startConnectEmulator({ region: REGION });
    emulator.behaviour.describeTags = "omitted";
  });

  afterEach(() => emulator.close());

  async function arrange(): Promise<Situation> {
    const { instanceId } = emulator.addInstance();
    const { contactId } = emulator.addContact(instanceId);
    const { contactId: otherContact } = emulator.addContact(instanceId);
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    const inputs = { instanceId, contactId, evaluationFormId, tags: { old: "tag" } };
    const state = await lifecycleOf(emulator).create(resource, inputs);
    // No read needs to be repeated for an evaluation of that age.
    emulator.advance(60 * 60 * 1000);
    const managed = { id: state.evaluationArn, state, recorded: resource };
    return { emulator, lifecycle: lifecycleOf(emulator), managed, inputs, otherContact };
  }

  for (const [verb, act] of Object.entries(VERBS)) {
    it(`${verb} fails in words for people, and does not believe in a change that Connect did not confirm`, async () => {
      const called = await operationsOf(act);
      assert.ok(called.size > 0, "this verb calls nothing");
      for (const operation of called) {
        for (const [what, fault] of Object.entries(FAULTS)) {
          const situation = await arrange();
          const handle = emulator.faults.add({ operation, fault, times: Number.POSITIVE_INFINITY });
          const error = await failureOf(act(situation));
          const when = `${operation} ${what}`;
          if (error !== undefined) assertForPeople(error, when);
          assert.ok(error !== undefined || !CHANGES.test(operation), `${when}, and is believed`);
          assert.ok(handle.hits > 0, when);
          handle.remove();
        }
      }
    });
  }

  it("a submission that is repeated with options by their RefIds is found, and not told as refused, if its answer is lost", async () => {
    const { inputs, lifecycle } = await arrange();
    emulator.behaviour.optionsAccepted = "ref id";
    emulator.faults.add({ operation: "SubmitContactEvaluation", skip: 1, fault: { drop: "after" } });
    const { status, evaluationArn } = await lifecycle.create({ key: "new" }, { ...inputs, ...GRADES, submit: true });
    assert.equal(status, "SUBMITTED");
    assert.equal(emulator.evaluation(evaluationArn)?.submissions, 1);
    assert.equal(emulator.calls("SubmitContactEvaluation"), 2);
  });

  const settings: [setting: string, value: object, operation: OperationName][] = [
    ["aws:assumeRoles", [{ roleArn: "arn:aws:iam::123456789012:role/Grader" }], "AssumeRole"],
    ["aws:allowedAccountIds", ["123456789012"], "GetCallerIdentity"],
  ];
  for (const [setting, value, operation] of settings) {
    it(`${operation} of AWS STS fails in words for people, and as nothing else`, async () => {
      for (const [what, fault] of Object.entries(FAULTS)) {
        const { inputs } = await arrange();
        emulator.faults.add({ operation, fault });
        emulator.clearRequests();
        const said: string[] = [];
        const lifecycle = lifecycleOf(emulator, { [setting]: JSON.stringify(value) }, (line) => said.push(line));
        const error = await failureOf(lifecycle.create(resource, inputs));
        assertForPeople(error, what);
        assert.doesNotMatch(String(error), /the call failed/, what);
        assert.deepEqual(said, [], what);
        assert.deepEqual(
          emulator.requests.map((request) => request.operation),
          [operation],
          what,
        );
      }
    });
  }

  async function operationsOf(act: (situation: Situation) => Promise<unknown>) {
    const situation = await arrange();
    emulator.clearRequests();
    const error = await failureOf(act(situation));
    if (error !== undefined) assertForPeople(error, "without a fault");
    return new Set(emulator.requests.flatMap(({ operation }) => operation ?? []));
  }
});

const failureOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => undefined,
    (error: unknown) => error,
  );

function assertForPeople(error: unknown, when: string): void {
  const shown = error instanceof Unfinished ? error.cause : error;
  assert.ok(shown instanceof UserError, `${when}: ${shown instanceof Error ? shown.stack : shown}`);
  assert.doesNotMatch(shown.message, /\$response|^\s+at /m, when);
}
