import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { cloneRepository } from "../packaging/support/clone";
import { expectExit, finished, start } from "../support/command";

const PERSON = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@b", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@b" };

describe("the release command", function () {
  this.timeout(600_000);

  let root: string;

  before(async () => {
    root = await cloneRepository(await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-release-test-")));
    await git("init", "--quiet");
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "Begin");
  });

  after(() => fs.rm(root, { recursive: true }));

  const git = (...args: string[]) => succeeds("git", args);
  const release = (...args: string[]) => run("npm", ["run", "--silent", "release", "--", ...args]);

  async function succeeds(command: string, args: string[]): Promise<string> {
    return expectExit(await run(command, args), `${command} ${args.join(" ")}`).stdout.trim();
  }

  function run(command: string, args: string[]) {
    return finished(start(command, args, root, PERSON));
  }

  it("shows a release and changes nothing, then makes it, and refuses one of which the changelog says nothing", async () => {
    await changelog("# Changelog\n\n## Unreleased\n\n- News.\n\n## 0.1.0 (2020-01-01)\n");
    const before = await git("rev-parse", "HEAD");

    const shown = expectExit(await release("--dry-run", "minor"), "the dry run").stdout;
    for (const part of [
      /^\+## 0\.2\.0 \(\d{4}-\d\d-\d\d\)$/m,
      /^pulumi-connect-evaluations-0\.2\.0\.tgz, /m,
      /^connect-evaluations-emulator-0\.2\.0\.tgz, /m,
      /^pulumi-resource-connect-evaluations-0\.2\.0\.tgz, /m,
      /^dist\/index\.js$/m,
    ]) {
      assert.match(shown, part);
    }
    assert.equal(await git("status", "--porcelain"), "");
    assert.equal(await git("rev-parse", "HEAD"), before);
    assert.equal(await git("tag"), "");

    expectExit(await release("minor"), "the release");
    assert.equal(await git("rev-parse", "v0.2.0^{commit}"), await git("rev-parse", "HEAD"));
    assert.equal(await git("rev-parse", "HEAD~1"), before);
    assert.equal(await git("status", "--porcelain"), "");
    assert.match(
      await committed("CHANGELOG.md"),
      /^# Changelog\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\n- News\.\n\n## 0\.1\.0/,
    );
    for (const name of ["provider", "emulator", "plugin"]) {
      assert.equal(JSON.parse(await committed(`${name}/package.json`)).version, "0.2.0");
    }
    // Every place that npm would otherwise fill from the registry.
    const { packages } = JSON.parse(await committed("package-lock.json"));
    const published = [packages.provider, packages.emulator, packages.plugin];
    assert.deepEqual(
      published.map(({ version }) => version),
      ["0.2.0", "0.2.0", "0.2.0"],
    );
    assert.equal(packages["examples/quickstart"].dependencies["pulumi-connect-evaluations"], "^0.2.0");
    const example = JSON.parse(await committed("examples/quickstart/package.json"));
    assert.equal(example.dependencies["pulumi-connect-evaluations"], "^0.2.0");

    const refused = await release("patch");
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /^CHANGELOG\.md has no heading `## Unreleased`/);
    assert.equal(await git("status", "--porcelain"), "");
  });

  it("refuses a tree with changes that are not committed", async () => {
    await fs.appendFile(path.join(root, "LICENSE"), "\n");
    const { code, stderr } = await release("--dry-run", "patch");
    assert.equal(code, 1);
    assert.match(stderr, /^A release is made of what is committed\. Commit these first:\n M LICENSE$/m);
    assert.equal(await git("status", "--porcelain"), "M LICENSE");
  });

  async function changelog(text: string): Promise<void> {
    await fs.writeFile(path.join(root, "CHANGELOG.md"), text);
    await git("commit", "--quiet", "--all", "--message", "Note the news");
  }

  const committed = (file: string) => git("show", `HEAD:${file}`);
});
