import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { engineBin } from "../support/engine";
import { repositoryRoot } from "../support/environment";
import { processesWith } from "./support/traces";
import { watched } from "./support/watched";

const TOLD = [
  "$ pulumi stack init demo",
  "$ pulumi config set contactId contact-one",
  "$ pulumi up --skip-preview",
  "+ 2 created",
  "✓ Amazon Connect holds one evaluation, of contact-one; it is a DRAFT.",
  "$ pulumi config set --path tags.round second",
  "$ pulumi up --skip-preview",
  "[diff: ~tags]",
  "✓ It is still the same evaluation.",
  "✓ It has the tag.",
  "$ pulumi config set contactId contact-two",
  "$ pulumi up --skip-preview",
  "[diff: ~contactId]",
  "+-1 replaced",
  "✓ Amazon Connect holds one evaluation, of contact-two.",
  "$ pulumi refresh --skip-preview",
  "- 1 deleted",
  "$ pulumi up --skip-preview",
  "+ 1 created",
  "✓ Amazon Connect holds one evaluation, a new one.",
  "$ pulumi config set --path answers.q1 Yes",
  "$ pulumi config set submit true",
  "$ pulumi up --skip-preview",
  "[diff: ~answers,submit]",
  'percentage   : "not scored" => 100',
  "✓ It is SUBMITTED, with 100 percent.",
  "$ pulumi config set --path answers.q2 6",
  "$ pulumi up --skip-preview",
  "[diff: ~answers]",
  "percentage   : 100 => 80",
  "✓ The same evaluation now has 80 percent.",
  "$ pulumi destroy --skip-preview",
  "it holds somebody's work: it is SUBMITTED",
  "set the environment variable CONNECT_EVALUATIONS_FORCE_DESTROY=true",
  "✓ The evaluation lives, and is SUBMITTED.",
  "$ CONNECT_EVALUATIONS_FORCE_DESTROY=true pulumi destroy --skip-preview",
  "- 2 deleted",
  "✓ Amazon Connect holds nothing.",
  "3 evaluations were started. Pulumi deleted 2, somebody else 1.",
];

const TOLD_IN_YAML = [
  "$ pulumi up --skip-preview",
  "+ 2 created",
  "✓ Amazon Connect holds one evaluation, of contact-one; it is a DRAFT.",
  "$ pulumi preview --diff",
  '~ round: "first" => "second"',
  "$ pulumi up --skip-preview",
  "✓ It is still the same evaluation.",
  "✓ It has the tag.",
  "+-1 replaced",
  "✓ Amazon Connect holds one evaluation, of contact-two.",
  "$ pulumi import connect-evaluations:index:ContactEvaluation adopted",
  "= 1 imported",
  "$ pulumi up --skip-preview",
  "3 unchanged",
  "✓ Amazon Connect holds both evaluations, as they were.",
  "$ pulumi destroy --skip-preview",
  "- 3 deleted",
  "✓ Amazon Connect holds nothing.",
  "3 evaluations were started. Pulumi deleted 3.",
];

describe("the demo", function () {
  this.timeout(180_000);

  let user: User;
  let examplesBefore: string;

  beforeEach(async () => {
    user = await newUser();
    examplesBefore = examples();
  });

  afterEach(async function () {
    try {
      if (this.currentTest?.isPassed()) {
        assert.deepEqual(await user.traces(), [], "something is left of the demo");
        assert.equal(examples(), examplesBefore);
      }
    } finally {
      await fs.rm(user.root, { recursive: true });
    }
  });

  it("tells the whole life of an evaluation, and leaves nothing behind", async () => {
    const { code, output } = await user.demo().ended;
    assert.equal(code, 0, output);
    assertInOrder(output, TOLD);
    assert.ok(!output.includes("\u001b"), "colours without a terminal");
    assert.ok(!output.includes(user.root), "a path of this machine");
    const recorded = await fs.readFile(path.join(repositoryRoot, "docs/pictures/demo.txt"), "utf8");
    assert.deepEqual(story(recorded), story(output), "Record the demo again: see CONTRIBUTING.md.");
  });

  it("tells it with a program in YAML and the plugin, and leaves nothing behind", async function () {
    // The host may have to be built first.
    this.timeout(900_000);
    const { ensureYamlHost } = await import("../../scripts/engine/yamlHost.mjs");
    const { code, output } = await user.demo(await ensureYamlHost(), "--yaml").ended;
    assert.equal(code, 0, output);
    assertInOrder(output, TOLD_IN_YAML);
    assert.ok(!output.includes(user.root), "a path of this machine");
    assert.doesNotMatch(output, /warning/i);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`leaves nothing behind when ${signal} interrupts it`, async () => {
      const { child, ended, shows } = user.demo();
      await shows("Updating (demo):");
      child.kill(signal);
      const { code, output } = await ended;
      assert.equal(code, 128 + os.constants.signals[signal], output);
      assert.match(output, /^Interrupted\.$/m);
    });
  }

  it("leaves nothing behind when it is killed", async () => {
    const { child, ended, shows } = user.demo();
    await shows("Updating (demo):");
    child.kill("SIGKILL");
    const { output } = await ended;
    assert.doesNotMatch(output, /\d created/, "It went on.");
  });

  it("leaves nothing behind when nobody reads on", async () => {
    const { child, ended, shows } = user.demo();
    await shows("$ pulumi stack init demo");
    child.stdout?.destroy();
    const { code, output } = await ended;
    assert.equal(code, 128 + os.constants.signals.SIGHUP, output);
  });

  it("says what is not as told, and fails", async () => {
    // An engine on which an up starts nothing.
    const { code, output } = await user.demo(await user.engineWithout("up")).ended;
    assert.equal(code, 1, output);
    assert.match(output, /^The demo failed\. Amazon Connect should hold one evaluation here, and holds 0\.$/m);
  });

  it("says which command failed", async () => {
    const { code, output } = await user.demo(await user.engineWithout("stack", 7)).ended;
    assert.equal(code, 1, output);
    assert.match(output, /^The demo failed\. `pulumi stack init demo` should succeed, and ended with exit code 7\.$/m);
  });
});

/** A user with a home, a Pulumi home and a folder for temporary files, all empty. */
class User {
  readonly home: string;
  readonly temporary: string;

  constructor(
    readonly root: string,
    private readonly engine: string,
  ) {
    this.home = path.join(root, "home");
    this.temporary = path.join(root, "tmp");
  }

  demo(engine = this.engine, ...flags: string[]) {
    const child = spawn(process.execPath, ["scripts/traceless.mjs", "--import", "tsx", "scripts/demo.ts", ...flags], {
      cwd: repositoryRoot,
      env: {
        ...process.env,
        PATH: [engine, this.engine, process.env.PATH].join(path.delimiter),
        HOME: this.home,
        PULUMI_HOME: path.join(this.home, "pulumi"),
        TMPDIR: this.temporary,
        // The user's own settings, any of which would break the demo.
        PULUMI_BACKEND_URL: "file:///nowhere",
        PULUMI_STACK: "own",
        AWS_PROFILE: "own",
        AWS_ENDPOINT_URL: "http://127.0.0.1:1",
        AWS_REGION: "us-west-2",
        HTTP_PROXY: "http://127.0.0.1:1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return watched(child);
  }

  /** An engine that does nothing when it is told to do one thing. */
  async engineWithout(command: string, exitCode = 0): Promise<string> {
    const folder = path.join(this.root, "engine");
    await fs.mkdir(folder);
    const script = `#!/bin/sh\n[ "$1" = ${command} ] && exit ${exitCode}\nexec "${this.engine}/pulumi" "$@"\n`;
    await fs.writeFile(path.join(folder, "pulumi"), script, { mode: 0o755 });
    return folder;
  }

  /** Files of this user, and processes that were started for it. */
  async traces(): Promise<string[]> {
    const [home, temporary] = await Promise.all([filesIn(this.home), filesIn(this.temporary)]);
    return [
      ...home,
      // The TypeScript loader keeps its cache here.
      ...temporary.filter((file) => !file.startsWith("tsx-")),
      ...(await processesWith(this.root)),
    ];
  }
}

async function newUser(): Promise<User> {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-user-"));
  const user = new User(root, await engineBin());
  await fs.mkdir(user.home);
  await fs.mkdir(user.temporary);
  return user;
}

/** The steps, the commands, and what came true. */
const story = (output: string): string[] => output.split("\n").filter((line) => /^(\d+\.|\$|✓) /.test(line));

/** All files in a folder, by their paths from there. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

function assertInOrder(output: string, parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = output.indexOf(part, from);
    assert.notEqual(
      at,
      -1,
      `“${part}” is missing after this:\n${output.slice(0, from)}\n--- in this:\n${output.slice(from)}`,
    );
    from = at + part.length;
  }
}

/** What git sees of the examples, ignored files too; elsewhere other tests may be at work. */
function examples(): string {
  const args = ["status", "--porcelain", "--ignored", "--untracked-files=all", "--", "examples"];
  return spawnSync("git", args, { cwd: repositoryRoot, encoding: "utf8" }).stdout;
}
