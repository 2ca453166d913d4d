import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { type ConnectEmulator, startConnectEmulator } from "connect-emulator";
import { repositoryRoot } from "./support/environment";
import type { TestConfig } from "./support/preparedStack";
import { createTestProject, type TestProject, type TestProjectOptions } from "./support/project";

const EXAMPLES = path.join(repositoryRoot, "examples");
const REGION = "eu-central-1"; // That of the harness.
const INSTANCE = "support-line";
const CONTACT = "contact-one";
const FORM = "grading-form";

interface Example {
  readonly config: TestConfig;
  /** The contacts whose evaluations live after an `up`. */
  readonly evaluated: readonly string[];
}

const QUICKSTART: Example = {
  config: {
    "connect-quickstart:instanceId": INSTANCE,
    "connect-quickstart:contactId": CONTACT,
    "connect-quickstart:evaluationFormId": FORM,
  },
  evaluated: [CONTACT],
};

/** Each folder of examples/. */
const CASES: Readonly<Record<string, Example>> = { quickstart: QUICKSTART };

describe("the examples", () => {
  let connect: ConnectEmulator;
  let project: TestProject | undefined;

  const open = async (options: TestProjectOptions): Promise<TestProject> => {
    project = await createTestProject({ emulator: connect.url, ...options });
    return project;
  };

  beforeEach(async () => {
    connect = await startConnectEmulator({ region: REGION });
    connect.addInstance({ instanceId: INSTANCE });
    connect.addContact(INSTANCE, { contactId: CONTACT });
    connect.addEvaluationForm(INSTANCE, { evaluationFormId: FORM });
  });

  afterEach(async () => {
    await project?.dispose();
    project = undefined;
    await connect.close();
  });

  it("are all tested here", async () => {
    assert.deepEqual((await fs.readdir(EXAMPLES)).sort(), Object.keys(CASES).sort());
  });

  for (const [name, { config, evaluated }] of Object.entries(CASES)) {
    it(`${name} comes up, stays as it is, and goes`, async () => {
      await liveThrough(await open({ folder: path.join(EXAMPLES, name), config }), evaluated);
    });
  }

  describe("the quickstart", () => {
    const folder = path.join(EXAMPLES, "quickstart");
    const { config, evaluated } = QUICKSTART;

    it("is what the root of this repository runs", async () => {
      // No stack of somebody who works here may have this name.
      await liveThrough(
        await open({ folder: repositoryRoot, inPlace: true, stack: "examples-spec", config }),
        evaluated,
      );
    });

    it("is declared alike in the root", async () => {
      const [root, own] = await Promise.all(
        [repositoryRoot, folder].map((place) => fs.readFile(path.join(place, "Pulumi.yaml"), "utf8")),
      );
      assert.equal(root?.replace(/^#.*\n|^main: .*\n/gm, ""), own);
    });

    it("shows the ARN and the status", async () => {
      const quickstart = await open({ folder, config });
      await quickstart.up();
      assert.deepEqual(await quickstart.outputs(), { evaluationArn: connect.evaluations()[0]?.arn, status: "DRAFT" });
    });

    it("names all settings that are missing", async () => {
      const quickstart = await open({ folder });
      const { stderr } = await quickstart.up({ expectFailure: true });
      assert.match(stderr, /missing configuration values 'contactId', 'evaluationFormId' and 'instanceId'/);
    });
  });

  async function liveThrough(running: TestProject, evaluated: readonly string[]): Promise<void> {
    await running.up();
    assert.deepEqual(
      connect
        .evaluations()
        .map(({ contactId }) => contactId)
        .sort(),
      [...evaluated].sort(),
    );
    await running.pulumi(["up", "--yes", "--skip-preview", "--expect-no-changes"]);
    await running.destroy();
    assert.deepEqual(connect.evaluations(), []);
    assert.deepEqual((await running.state()).resources, []);
    assert.equal(connect.started, evaluated.length);
  }
});
