import assert from "node:assert/strict";
import { startConnectEmulator } from "connect-emulator";
import { PROVIDER_SOURCE } from "../../../provider/src/dynamic/providerSource";
import { contactEvaluations } from "../../support/deployment";
import { createTestProject, type TestProject } from "../../support/project";
import { NAMESPACE } from "./programs";

/** Runs an installed program with the real command line from its first `up` to its `destroy`. */
export async function assertWholeLife(folder: string): Promise<void> {
  const emulator = await startConnectEmulator();
  let project: TestProject | undefined;
  try {
    const { instanceId } = emulator.addInstance({ region: "eu-central-1" });
    const config = {
      [`${NAMESPACE}:instanceId`]: instanceId,
      [`${NAMESPACE}:contactId`]: emulator.addContact(instanceId).contactId,
      [`${NAMESPACE}:evaluationFormId`]: emulator.addEvaluationForm(instanceId).evaluationFormId,
    };
    project = await createTestProject({ folder, inPlace: true, emulator: emulator.url, config });

    await project.up();
    const arns = emulator.evaluations().map(({ arn }) => arn);
    assert.equal(arns.length, 1, "up starts one evaluation");
    assert.deepEqual(
      contactEvaluations(await project.state()).map(({ id, inputs }) => ({ id, source: inputs?.__provider })),
      [{ id: arns[0], source: PROVIDER_SOURCE }],
    );

    await project.pulumi(["up", "--yes", "--skip-preview", "--expect-no-changes"]);
    assert.deepEqual(
      emulator.evaluations().map(({ arn }) => arn),
      arns,
      "a second up leaves it alone",
    );

    await project.destroy();
    assert.deepEqual((await project.state()).resources, []);
    assert.deepEqual(emulator.evaluations(), [], "destroy deletes it");
  } finally {
    await project?.dispose();
    await emulator.close();
  }
}
