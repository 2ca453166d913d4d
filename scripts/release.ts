import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { problemsOf } from "./package/check";
import { ReleaseError, run } from "./package/command";
import { PUBLISHED, pack, type Workspace } from "./package/pack";
import { dated } from "./release/changelog";
import { bump } from "./release/version";

/** Makes a release of a clean working tree: a commit and a tag. A workflow publishes the tag when it is pushed. */

const USAGE = "npm run release -- [--dry-run] patch|minor|major|VERSION";

const ROOT = path.resolve(__dirname, "..");

const MANIFESTS = PUBLISHED.map((workspace) => path.join(workspace, "package.json"));

function release(level: string, isDry: boolean): void {
  requireCleanTree();
  let isDone = false;
  try {
    const version = bump(ROOT, level);
    const changelog = path.join(ROOT, "CHANGELOG.md");
    fs.writeFileSync(changelog, dated(fs.readFileSync(changelog, "utf8"), version, new Date()));
    console.log(run(ROOT, "git", "diff", "--unified=0", "--", "CHANGELOG.md", ...MANIFESTS));
    for (const workspace of PUBLISHED) console.log(packed(workspace));
    if (isDry) {
      console.log(`\nThis is what version ${version} would be. Nothing was changed.`);
    } else {
      run(ROOT, "git", "commit", "--all", "--message", `Release ${version}`);
      run(ROOT, "git", "tag", "--annotate", `v${version}`, "--message", `Version ${version}`);
      isDone = true;
      console.log(`\nVersion ${version} is committed and tagged. Publish it: git push --follow-tags`);
    }
  } finally {
    if (!isDone) run(ROOT, "git", "restore", ".");
  }
}

function requireCleanTree(): void {
  const changes = run(ROOT, "git", "status", "--porcelain", "--untracked-files=no");
  if (changes !== "") throw new ReleaseError(`A release is made of what is committed. Commit these first:\n${changes}`);
}

/** Packs a package, checks it, and tells what is in it. */
function packed(workspace: Workspace): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "connect-evaluations-release-"));
  try {
    const made = pack(ROOT, workspace, folder);
    const problems = problemsOf(ROOT, made);
    if (problems.length > 0) throw new ReleaseError(problems.join("\n"));
    const { tarball, size, files } = made;
    return `${path.basename(tarball)}, ${Math.round(size / 1000)} kB, ${files.length} files:\n${files.join("\n")}\n`;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

try {
  const { values, positionals } = parseArgs({ options: { "dry-run": { type: "boolean" } }, allowPositionals: true });
  const [level, ...rest] = positionals;
  if (level === undefined || rest.length > 0) throw new ReleaseError(`Usage: ${USAGE}`);
  release(level, values["dry-run"] === true);
} catch (error) {
  // A wrong option is told by parseArgs.
  if (!(error instanceof ReleaseError || error instanceof TypeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
