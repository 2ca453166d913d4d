import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { type ConnectEmulator, startConnectEmulator } from "../../../emulator/src";
import { PROVIDER_SOURCE } from "../../../provider/src/dynamic/providerSource";
import { contactEvaluations } from "../../support/deployment";
import { createTestProject, type TestProject } from "../../support/project";
import { NAMESPACE } from "./programs";

/** Runs an installed program with the real command line from its first `up` to its `destroy`. */
export async function assertWholeLife(folder: string): Promise<void> {
  await withProject(folder, async (project, emulator) => {
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

    await assertDestroys(project, emulator);
  });
}

/** Removes the package together with its evaluation, as somebody does who stops using it, and then takes the advice. */
export async function assertSpeaksWhenMissing(
  folder: string,
  { remove, install }: Record<"remove" | "install", () => Promise<void>>,
): Promise<void> {
  await withProject(folder, async (project, emulator) => {
    await project.up();
    await fs.writeFile(path.join(folder, "index.js"), "");
    await remove();

    const { stdout, stderr } = await project.pulumi(["up", "--yes", "--skip-preview"], { expectFailure: true });
    const advice = `Install pulumi-connect-evaluations in ${await fs.realpath(folder)} and keep it while the stack has evaluations: Cannot find module 'pulumi-connect-evaluations/provider'`;
    const told = stdout.slice(stdout.indexOf("Diagnostics:")) + stderr;
    assert.ok(told.includes(`error: ${advice}\n`), told);
    assert.doesNotMatch(told, /^\s+at |Require stack/m);
    assert.equal(emulator.evaluations().length, 1);

    await install();
    await assertDestroys(project, emulator);
  });
}

async function assertDestroys(project: TestProject, emulator: ConnectEmulator): Promise<void> {
  await project.destroy();
  assert.deepEqual((await project.state()).resources, []);
  assert.deepEqual(emulator.evaluations(), [], "destroy deletes it");
}

/** A stack of an installed program, with a Connect that holds what the program evaluates. */
async function withProject(
  folder: string,
  use: (project: TestProject, emulator: ConnectEmulator) => Promise<void>,
): Promise<void> {
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
    await use(project, emulator);
  } finally {
    await project?.dispose();
    await emulator.close();
  }
}
