import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { PROGRAM } from "../../scripts/plugin/bundle";
import { cloneRepository } from "../packaging/support/clone";
import { run } from "../packaging/support/commands";
import { type Environment, repositoryRoot } from "../support/environment";
import { emulatorConfig } from "../support/preparedStack";
import { createTestProject, type TestProject } from "../support/project";

const { version } = require("../../plugin/package.json") as { version: string };

/** With a program in YAML, which needs no SDK. */
describe("the plugin in every form in which people get it", function () {
  this.timeout(900_000);

  const REGION = "eu-central-1";
  let root: string;
  let made: string[];
  let yamlHost: string;
  let connect: ConnectEmulator;
  let project: TestProject | undefined;

  before(async () => {
    const { ensureYamlHost } = await import("../../scripts/engine/yamlHost.mjs");
    yamlHost = await ensureYamlHost();
    root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-plugins-"));
    const clone = await cloneRepository(path.join(root, "clone"));
    const { stdout } = await run("npm", ["run", "--silent", "plugin"], clone);
    made = stdout
      .trim()
      .split("\n")
      .map((file) => path.join(clone, file));
  });

  after(() => fs.rm(root, { recursive: true, force: true, maxRetries: 3 }));

  beforeEach(async () => {
    connect = await startConnectEmulator({ region: REGION });
    connect.addInstance({ instanceId: "support" });
    connect.addContact("support", { contactId: "contact" });
    connect.addEvaluationForm("support", { evaluationFormId: "calls" });
  });

  afterEach(async () => {
    await project?.dispose();
    project = undefined;
    await connect.close();
  });

  /** A program in YAML whose project names the plugin's folder, or leaves it to Pulumi to find the plugin. */
  async function open(plugin: string | undefined, env: Environment): Promise<TestProject> {
    const folder = await fs.mkdtemp(path.join(root, "program-"));
    await fs.cp(path.join(__dirname, "fixtures/yaml"), folder, { recursive: true });
    if (plugin !== undefined) {
      const plugins = { providers: [{ name: "connect-evaluations", path: plugin }] };
      await fs.appendFile(path.join(folder, "Pulumi.yaml"), `plugins: ${JSON.stringify(plugins)}\n`);
    }
    project = await createTestProject({ folder, config: emulatorConfig(connect.url, "connect-evaluations"), env });
    return project;
  }

  /** Lives from the first `up` to the end. */
  async function assertWholeLife(running: TestProject): Promise<void> {
    const { stdout, stderr } = await running.up();
    assert.match(stdout, /\+ 2 created/);
    assert.doesNotMatch(stdout + stderr, /warning/);
    const [evaluation, ...others] = connect.evaluations();
    assert.deepEqual(others, []);
    assert.equal(evaluation?.tags.from, "yaml");
    const outputs = JSON.parse((await running.pulumi(["stack", "output", "--json"])).stdout);
    assert.deepEqual(outputs, { arn: evaluation?.arn, graded: evaluation?.arn });
    assert.match((await running.up()).stdout, /2 unchanged/);
    assert.equal(connect.started, 1);
    await running.destroy();
    assert.deepEqual(connect.evaluations(), []);
  }

  const form = (ending: string): string => made.find((file) => file.endsWith(ending)) ?? assert.fail(`${made}`);

  /** A PATH on which there are these programs, and what the system needs for scripts. */
  async function pathWith(programs: readonly string[]): Promise<string> {
    const folder = await fs.mkdtemp(path.join(root, "path-"));
    await Promise.all(programs.map((program) => fs.symlink(program, path.join(folder, path.basename(program)))));
    return folder;
  }

  const host = () => path.join(yamlHost, "pulumi-language-yaml");

  it("a folder that a project names, wherever it was copied", async () => {
    const copy = path.join(root, "elsewhere");
    await fs.cp(form(PROGRAM), copy, { recursive: true });
    const PATH = `${await pathWith([process.execPath, host()])}:/usr/bin:/bin`;
    await assertWholeLife(await open(copy, { PATH }));
  });

  it("the package, installed with npm beside the project", async () => {
    const folder = await fs.mkdtemp(path.join(root, "npm-"));
    await fs.writeFile(path.join(folder, "package.json"), '{ "private": true }');
    await run("npm", ["install", "--offline", "--no-audit", "--no-fund", form(".tgz")], folder);
    assert.deepEqual(await fs.readdir(path.join(folder, "node_modules")), [".bin", ".package-lock.json", PROGRAM]);
    const PATH = `${await pathWith([process.execPath, host()])}:/usr/bin:/bin`;
    const plugin = path.join(folder, "node_modules", PROGRAM);
    await assertWholeLife(await open(plugin, { PATH }));
  });

  it("the executable, installed from its file, without Node.js on the PATH", async () => {
    const running = await open(undefined, { PATH: await pathWith([host()]) });
    const archive = form(".tar.gz");
    await running.pulumi(["plugin", "install", "resource", "connect-evaluations", version, "--file", archive]);
    const { stdout } = await running.pulumi(["plugin", "ls", "--json"]);
    const installed = JSON.parse(stdout) as { name: string; version: string }[];
    assert.deepEqual(
      installed.map((one) => [one.name, one.version]),
      [["connect-evaluations", version]],
    );
    await assertWholeLife(running);
  });

  it("the executable alone, as a release makes it on each system", async () => {
    const target = path.join(root, "downloads");
    await run("npm", ["run", "--silent", "plugin", "--", "--executable", target], path.join(root, "clone"));
    assert.deepEqual(await fs.readdir(target), [path.basename(form(".tar.gz"))]);
    const names = { linux: "linux", darwin: "darwin", win32: "windows", x64: "amd64", arm64: "arm64" } as Record<
      string,
      string
    >;
    const asked = `${PROGRAM}-v${version}-${names[process.platform]}-${names[process.arch]}.tar.gz`;
    assert.deepEqual(await fs.readdir(target), [asked]);
  });

  it("gives the schema that is checked in, and that Pulumi accepts", async () => {
    const running = await open(undefined, {});
    const program = path.join(form(PROGRAM), PROGRAM);
    const given = (await running.pulumi(["package", "get-schema", program])).stdout;
    const checkedIn = await fs.readFile(path.join(repositoryRoot, "plugin/schema.json"), "utf8");
    // What Pulumi gives back is what it made of the schema: all of it, or something was not understood.
    const [schema, expected] = [JSON.parse(given), JSON.parse(checkedIn)];
    assert.equal(schema.version, version);
    for (const part of ["resources", "functions", "types"]) {
      assert.deepEqual(Object.keys(schema[part]).sort(), Object.keys(expected[part]).sort());
    }
    const token = "connect-evaluations:index:ContactEvaluation";
    assert.deepEqual(schema.resources[token].inputProperties, expected.resources[token].inputProperties);
    const info = await running.pulumi(["package", "info", program]);
    assert.match(info.stdout, /connect-evaluations/);
  });
});
