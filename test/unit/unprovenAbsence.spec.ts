import assert from "node:assert/strict";
import { type ConnectEmulator, type Fault, type OperationName, startConnectEmulator } from "../../emulator/src";
import type { Managed } from "../../provider/src/verbs/declarations";
import { lifecycleOf, REGION } from "../support/lifecycle";

const ELEVEN_MINUTES = 11 * 60 * 1000;
const ALWAYS = Number.POSITIVE_INFINITY;
const resource = { key: "key" };

/** How a look at the contact fails. */
const FAILURES: Readonly<Record<string, Fault>> = {
  denied: { error: "AccessDeniedException" },
  failing: { error: "InternalServiceException" },
  "cut off": { drop: "before" },
};

/** What can be looked at beside the evaluation; the account needs no permission. */
const LOOKS: readonly (readonly OperationName[])[] = [
  ["DescribeContact"],
  ["ListContactEvaluations"],
  ["DescribeContact", "ListContactEvaluations"],
  ["DescribeContact", "ListContactEvaluations", "GetCallerIdentity"],
];

describe("an old evaluation that Connect does not find", () => {
  let emulator: ConnectEmulator;
  beforeEach(async () => {
    emulator = await startConnectEmulator({ region: REGION });
  });
  afterEach(() => emulator.close());

  async function started(): Promise<Managed> {
    const { instanceId } = emulator.addInstance();
    const { contactId } = emulator.addContact(instanceId);
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    const state = await lifecycleOf(emulator).create(resource, { instanceId, contactId, evaluationFormId });
    emulator.advance(ELEVEN_MINUTES);
    return { id: state.evaluationArn, state, recorded: resource };
  }

  for (const operations of LOOKS) {
    for (const [how, fault] of Object.entries(FAILURES)) {
      const when = `with ${operations.join(" and ")} ${how}`;
      const isProvenByRecord = !operations.includes("DescribeContact");
      const fail = () => emulator.faults.add({ operation: [...operations], fault, times: ALWAYS });
      const hide = (times: number) =>
        emulator.faults.add({
          operation: "DescribeContactEvaluation",
          fault: { error: "ResourceNotFoundException" },
          times,
        });

      it(`is kept by a refresh for one answer that was wrong, and deleted by a destroy, ${when}`, async () => {
        const managed = await started();
        fail();
        hide(1);
        const read = await lifecycleOf(emulator).read(managed);
        assert.equal(read?.state.status, "DRAFT");
        hide(1);
        await lifecycleOf(emulator).delete(managed);
        assert.equal(emulator.evaluations().length, 0);
        assert.equal(emulator.calls("DeleteContactEvaluation"), 1);
      });

      it(`is kept by a refresh that names the permission while it stays unseen, ${when}`, async () => {
        const managed = await started();
        fail();
        hide(ALWAYS);
        const said: string[] = [];
        const read = await lifecycleOf(emulator, {}, (line) => said.push(line)).read(managed);
        assert.deepEqual(read?.state, managed.state);
        const unread = operations.filter((operation) => operation !== "GetCallerIdentity");
        const told = said.join("\n");
        assert.match(told, /^kept arn:/);
        // What is named alive by what can be read needs no permission.
        const isNamedAlive = unread.length === 1;
        if (isNamedAlive) assert.match(told, /lists it among the evaluations of its contact/);
        else for (const operation of unread) assert.match(told, new RegExp(`connect:${operation}`));
        assert.equal(emulator.evaluations().length, 1);
      });

      it(`is deleted, or kept where it is named as alive, by a destroy while it stays unseen, ${when}`, async () => {
        const managed = await started();
        fail();
        hide(ALWAYS);
        const deletion = lifecycleOf(emulator).delete(managed);
        if (operations.length === 1) {
          await assert.rejects(deletion, /it may hold somebody's work/);
          assert.equal(emulator.evaluations().length, 1);
        } else {
          await deletion;
          assert.equal(emulator.evaluations().length, 0);
        }
      });

      it(`is gone for a destroy by Connect's own answer when somebody deleted it, ${when}`, async () => {
        const managed = await started();
        emulator.someone.deletes(managed.id);
        fail();
        await lifecycleOf(emulator).delete(managed);
        const read = await lifecycleOf(emulator).read(managed);
        assert.equal(read === undefined, isProvenByRecord, "what a refresh forgets");
      });
    }
  }

  it("is not given up for an answer to the delete that another account may have got", async () => {
    const managed = await started();
    emulator.addAccessKey({ accessKeyId: "AKIAOTHER", account: "210987654321" });
    emulator.faults.add({ operation: "GetCallerIdentity", fault: { drop: "before" }, times: ALWAYS });
    const lifecycle = () => lifecycleOf(emulator, { "aws:accessKey": "AKIAOTHER" });
    assert.deepEqual((await lifecycle().read(managed))?.state, managed.state);
    await assert.rejects(
      lifecycle().delete(managed),
      /finds neither it nor its contact, and AWS STS[\s\S]*do: {2}check/,
    );
    assert.equal(emulator.evaluations().length, 1);
  });
});
