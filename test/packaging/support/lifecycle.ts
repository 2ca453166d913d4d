import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { type ConnectEmulator, startConnectEmulator } from "../../../emulator/src";
import { DECLARED_SOURCE, PROVIDER_SOURCE } from "../../../provider/src/dynamic/providerSource";
import { contactEvaluations } from "../../support/deployment";
import { createTestProject, type TestProject, type TestProjectOptions } from "../../support/project";
import { NAMESPACE } from "./programs";

/** How an installed program is run, where it is not by the real command line on the Node.js of this process. */
export interface Life extends Pick<TestProjectOptions, "command" | "env"> {
  /** The version of Node.js, with a `v`, that program and provider have to run on. */
  readonly node?: string;
}

/** Runs an installed program from its first `up` to its `destroy`. */
export async function assertWholeLife(folder: string, life: Life = {}): Promise<void> {
  await withProject(folder, life, async (project, emulator) => {
    await project.up();
    await assertRanOn(life.node ?? process.version, project, emulator);
    const arns = emulator.evaluations().map(({ arn }) => arn);
    assert.equal(arns.length, 1, "up starts one evaluation");
    assert.deepEqual(
      contactEvaluations(await project.state()).map(({ id, inputs, outputs }) => [
        id,
        inputs?.__provider,
        outputs?.__provider,
      ]),
      [[arns[0], DECLARED_SOURCE, PROVIDER_SOURCE]],
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
  await withProject(folder, {}, async (project, emulator) => {
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

/** The program says what it runs on; the AWS SDK says it of the provider. */
async function assertRanOn(version: string, project: TestProject, emulator: ConnectEmulator): Promise<void> {
  const outputs = (await project.state()).resources.map((resource) => resource.outputs ?? {});
  assert.deepEqual(
    outputs.flatMap((output) => output.node ?? []),
    [version],
    "the program's Node.js",
  );
  const told = emulator.requests.map(({ userAgent }) => /nodejs#([\d.]+)/.exec(userAgent ?? "")?.[1]);
  assert.deepEqual([...new Set(told)], [version.replace("v", "")], "the provider's Node.js");
}

async function assertDestroys(project: TestProject, emulator: ConnectEmulator): Promise<void> {
  await project.destroy();
  assert.deepEqual((await project.state()).resources, []);
  assert.deepEqual(emulator.evaluations(), [], "destroy deletes it");
}

/** A stack of an installed program, with a Connect that holds what the program evaluates. */
async function withProject(
  folder: string,
  { command, env }: Life,
  use: (project: TestProject, emulator: ConnectEmulator) => Promise<void>,
): Promise<void> {
  const emulator = await startConnectEmulator();
  let project: TestProject | undefined;
  try {
    // The ids that the README's first evaluation has.
    const ids = { instanceId: "INSTANCE", contactId: "CONTACT", evaluationFormId: "FORM" };
    emulator.addInstance({ ...ids, region: "eu-central-1" });
    emulator.addContact(ids.instanceId, ids);
    emulator.addEvaluationForm(ids.instanceId, ids);
    const config = Object.fromEntries(Object.entries(ids).map(([name, id]) => [`${NAMESPACE}:${name}`, id]));
    project = await createTestProject({
      folder,
      inPlace: true,
      emulator: emulator.url,
      config,
      ...(command && { command }),
      ...(env && { env }),
    });
    await use(project, emulator);
  } finally {
    await project?.dispose();
    await emulator.close();
  }
}
