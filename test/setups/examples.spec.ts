import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import { ConnectClient, StartContactEvaluationCommand } from "@aws-sdk/client-connect";
import { type ConnectEmulator, type EvaluationFormContent, readSetup, startConnectEmulator } from "../../emulator/src";
import testedForm from "../../examples/form-regression-test/form.json";
import { repositoryRoot } from "../support/environment";
import type { TestConfig } from "../support/preparedStack";
import { createTestProject, type TestProject, type TestProjectOptions } from "../support/project";

const EXAMPLES = path.join(repositoryRoot, "examples");
const REGION = "eu-central-1"; // That of the harness.
const INSTANCE = "support-line";
const CONTACT = "contact-one";
const FORM = "grading-form";

/** What the test arranged at the emulator for an example. */
interface Arranged {
  readonly config: TestConfig;
  /** The contacts whose evaluations live after an `up`. */
  readonly evaluated: readonly string[];
  /** Evaluations that were there before. */
  readonly existing?: number;
}

type Example = (connect: ConnectEmulator) => Arranged | Promise<Arranged>;

const quickstart: Example = () => ({
  config: {
    "connect-quickstart:instanceId": INSTANCE,
    "connect-quickstart:contactId": CONTACT,
    "connect-quickstart:evaluationFormId": FORM,
  },
  evaluated: [CONTACT],
});

const twoRegions: Example = (connect) => {
  const region = "us-west-2";
  const { instanceId } = connect.addInstance({ region });
  const { contactId } = connect.addContact(instanceId);
  const { evaluationFormId } = connect.addEvaluationForm(instanceId);
  const here = { instanceId: INSTANCE, contactId: CONTACT, evaluationFormId: FORM };
  return {
    config: {
      "connect-two-regions:here": { value: here },
      "connect-two-regions:there": { value: { region, instanceId, contactId, evaluationFormId } },
    },
    evaluated: [CONTACT, contactId],
  };
};

const calibrationRound: Example = (connect) => {
  const { contactId } = connect.addContact(INSTANCE);
  return {
    config: {
      "connect-calibration-round:instanceId": INSTANCE,
      "connect-calibration-round:evaluationFormId": FORM,
      "connect-calibration-round:contactIds": { value: [CONTACT, contactId] },
    },
    evaluated: [CONTACT, contactId],
  };
};

const adopting: Example = async (connect) => {
  const credentials = { accessKeyId: "AKIASOMEBODY", secretAccessKey: "emulated-secret-key" };
  const client = new ConnectClient({ region: REGION, endpoint: connect.url, credentials });
  const start = { InstanceId: INSTANCE, ContactId: CONTACT, EvaluationFormId: FORM };
  const { EvaluationArn = "" } = await client.send(new StartContactEvaluationCommand(start));
  client.destroy();
  return {
    config: {
      "connect-adopting:evaluationArn": EvaluationArn,
      "connect-adopting:contactId": CONTACT,
      "connect-adopting:evaluationFormId": FORM,
    },
    evaluated: [CONTACT],
    existing: 1,
  };
};

const formRegressionTest: Example = (connect) => testOf(connect, testedForm as EvaluationFormContent);

function testOf(connect: ConnectEmulator, content: EvaluationFormContent): Arranged {
  const { evaluationFormId } = connect.addEvaluationForm(INSTANCE, { content });
  const contactIds = [CONTACT, connect.addContact(INSTANCE).contactId, connect.addContact(INSTANCE).contactId];
  return {
    config: {
      "connect-form-regression-test:instanceId": INSTANCE,
      "connect-form-regression-test:evaluationFormId": evaluationFormId,
      "connect-form-regression-test:contactIds": { value: contactIds },
    },
    evaluated: contactIds,
  };
}

/** Each folder of examples/ that the engine can run here. */
const CASES: Readonly<Record<string, Example>> = {
  adopting,
  "calibration-round": calibrationRound,
  "form-regression-test": formRegressionTest,
  quickstart,
  "two-regions": twoRegions,
};

/** Its look-up needs the plugin of @pulumi/aws and an account. */
const MOCKED = "forms-in-staging";

describe("the examples", () => {
  let connect: ConnectEmulator;
  let project: TestProject | undefined;

  const examples = async (): Promise<string[]> => {
    const entries = await fs.readdir(EXAMPLES, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  };

  const open = async (options: TestProjectOptions): Promise<TestProject> => {
    project = await createTestProject({ emulator: connect.url, env: environment(), ...options });
    return project;
  };

  /** For a provider of the example's own, which sees nothing of the stack's settings. */
  const environment = () => ({
    // The examples' types are checked with everything else.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    AWS_ENDPOINT_URL_CONNECT: connect.url,
    AWS_ACCESS_KEY_ID: "AKIAENVIRONMENT",
    AWS_SECRET_ACCESS_KEY: "emulated-secret-key",
  });

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
    assert.deepEqual(await examples(), [...Object.keys(CASES), MOCKED].sort());
  });

  describe("have READMEs that", () => {
    const readme = (name: string) => fs.readFile(path.join(EXAMPLES, name, "README.md"), "utf8");

    it("set everything that the project asks for", async () => {
      for (const name of await examples()) {
        const project = await fs.readFile(path.join(EXAMPLES, name, "Pulumi.yaml"), "utf8");
        const commands = await readme(name);
        for (const [, setting] of project.matchAll(/^ {2}(\w+):$/gm))
          assert.match(commands, new RegExp(`pulumi config set (--path )?'?${setting}\\b`), `${name}: ${setting}`);
      }
    });

    it("name what is in the local Connect of connect.json", async () => {
      const setup = readSetup(path.join(EXAMPLES, "connect.json"));
      await (await startConnectEmulator({ setup })).close();
      const there = setup.instances?.flatMap(({ instanceId, contacts = [], evaluationForms = [] }) => [
        instanceId,
        ...contacts.map(({ contactId }) => contactId),
        ...evaluationForms.map(({ evaluationFormId }) => evaluationFormId),
      ]);
      for (const name of await examples()) {
        const set = (await readme(name)).matchAll(
          /(?:instanceId|contactIds?|evaluationFormId)(?:\[\d\]')? ([a-z]+)\b/g,
        );
        for (const [, id] of set) assert.ok(there?.includes(id), `${name}: ${id}`);
      }
    });
  });

  for (const [name, arrange] of Object.entries(CASES)) {
    it(`${name} comes up, stays as it is, and goes`, async () => {
      const arranged = await arrange(connect);
      await liveThrough(await open({ folder: path.join(EXAMPLES, name), config: arranged.config }), arranged);
    });
  }

  it(`${MOCKED} is correct TypeScript`, async () => {
    const tsc = require.resolve("typescript/bin/tsc");
    await promisify(execFile)(process.execPath, [tsc, "--project", path.join(EXAMPLES, MOCKED)]);
  });

  it(`${MOCKED} declares each form for each contact, in the instance that it looks up`, async () => {
    const preload = ["--import", "tsx", "--require", path.join(__dirname, "fixtures/mockedStaging.cjs")];
    const program = path.join(EXAMPLES, MOCKED, "index.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [...preload, program]);
    const declared = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { name: string; inputs: object });
    assert.deepEqual(declared.map(({ name }) => name).sort(), [
      "contact-one-form-a",
      "contact-one-form-b",
      "contact-two-form-a",
      "contact-two-form-b",
    ]);
    for (const { inputs } of declared) {
      assert.ok(
        "instanceId" in inputs && inputs.instanceId === "arn:aws:connect:us-west-2:123456789012:instance/staging",
      );
    }
  });

  it("form-regression-test fails with a table when a form scores otherwise", async () => {
    // Nobody noticed two options of the form that Connect has.
    const content = JSON.parse(
      JSON.stringify(testedForm).replace(',"AutomaticFail":true', "").replace('"Score":5', '"Score":10'),
    ) as EvaluationFormContent;
    const { config } = testOf(connect, content);
    const running = await open({ folder: path.join(EXAMPLES, "form-regression-test"), config });
    await running.pulumi(["preview"]);
    const { stdout } = await running.up({ expectFailure: true });
    const table = [
      "error: the form does not score as expected:",
      "",
      "case        question                             expected  scored",
      "on-hold     (overall)                                85 %   100 %",
      "on-hold     How often was the customer on hold?      50 %   100 %",
      "unverified  (overall)                                 0 %    50 %",
    ];
    assert.ok(stdout.includes(table.map((line) => `    ${line}\n`).join("")), stdout);
    assert.doesNotMatch(stdout, /\n\s+at /);
  });

  describe("the quickstart", () => {
    const folder = path.join(EXAMPLES, "quickstart");
    const arranged = () => quickstart(connect);

    it("is what the root of this repository runs", async () => {
      // No stack of somebody who works here may have this name.
      const { config, ...rest } = await arranged();
      const root = await open({ folder: repositoryRoot, inPlace: true, stack: "examples-spec", config });
      await liveThrough(root, { config, ...rest });
    });

    it("is declared alike in the root", async () => {
      const [root, own] = await Promise.all(
        [repositoryRoot, folder].map((place) => fs.readFile(path.join(place, "Pulumi.yaml"), "utf8")),
      );
      assert.equal(root?.replace(/^#.*\n|^main: .*\n/gm, ""), own);
    });

    it("shows the ARN, the status, and the score", async () => {
      const { config } = await arranged();
      const running = await open({ folder, config });
      await running.up();
      const evaluationArn = connect.evaluations()[0]?.arn;
      assert.deepEqual(await running.outputs(), { evaluationArn, status: "DRAFT", percentage: "not scored" });
    });

    it("names all settings that are missing", async () => {
      const running = await open({ folder });
      const { stderr } = await running.up({ expectFailure: true });
      assert.match(stderr, /missing configuration values 'contactId', 'evaluationFormId' and 'instanceId'/);
    });
  });

  async function liveThrough(running: TestProject, { evaluated, existing = 0 }: Arranged): Promise<void> {
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
    assert.equal(connect.started, Math.max(evaluated.length, existing));
  }
});
