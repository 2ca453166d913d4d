import assert from "node:assert/strict";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { createTestProject, type TestProject } from "./support/project";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";

class Echo extends pulumi.CustomResource {
  constructor(name: string, props: Record<string, unknown>) {
    super("pulumi-nodejs:dynamic/test:Echo", name, { ...props, __provider: process.env.ECHO ?? ${JSON.stringify(
      "exports.handler = () => ({ create: async (i) => ({ id: 'x', outs: i }) });",
    )} });
  }
}

new Echo("echo", { answer: 42 });
export const region = new pulumi.Config("aws").require("region");
`;

describe("the project harness", () => {
  let source: string;
  let project: TestProject;

  before(async () => {
    source = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-source-"));
    await fs.writeFile(path.join(source, "Pulumi.yaml"), "name: echo\nruntime: nodejs\n");
    await fs.writeFile(path.join(source, "package.json"), JSON.stringify({ name: "echo", main: "index.ts" }));
    await fs.writeFile(
      path.join(source, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { module: "node16", moduleResolution: "node16", strict: true } }),
    );
    await fs.writeFile(path.join(source, "index.ts"), PROGRAM);
  });

  after(() => fs.rm(source, { recursive: true }));

  beforeEach(async () => {
    project = await createTestProject({ folder: source, emulator: "http://127.0.0.1:1" });
  });

  afterEach(() => project.dispose());

  it("runs a program with the real command line", async () => {
    const { stdout } = await project.up();
    assert.match(stdout, /Echo echo created/);
    assert.deepEqual(await project.outputs(), { region: "eu-central-1" });
    assert.equal((await project.rpcs("Create")).length, 1);
    await project.pulumi(["up", "--yes", "--skip-preview", "--expect-no-changes"]);
    await project.destroy();
    assert.deepEqual((await project.state()).resources, []);
  });

  it("hands over a process that a test can interrupt", async () => {
    const slow =
      "exports.handler = () => ({ create: (i) => new Promise((done) => setTimeout(done, 2000, { id: 'x', outs: i })) });";
    const child = project.spawn(["up", "--yes", "--skip-preview"], { ECHO: slow });
    await until(async () =>
      (await fs.readFile(project.rpcLog, "utf8").catch(() => "")).includes("ResourceProvider/Create"),
    );
    child.kill("SIGINT");
    const [code] = await once(child, "close");
    assert.notEqual(code, 0);
    assert.deepEqual(
      (await project.state()).resources.map(({ id }) => id).filter((id) => id === "x"),
      ["x"],
    );
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
