import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { ReleaseError, run } from "./package/command";
import { pack } from "./package/pack";
import { bundle, PROGRAM } from "./plugin/bundle";
import { archive, executable } from "./plugin/executable";

/** Makes the provider plugin in every form that this machine can. */

const USAGE = "npm run plugin -- [--bundle FOLDER]";

const ROOT = path.resolve(__dirname, "..");
const DIST = path.join(ROOT, "plugin/dist");

function plugin(): void {
  fs.rmSync(DIST, { recursive: true, force: true });
  const folder = path.join(DIST, PROGRAM);
  fs.mkdirSync(folder, { recursive: true });
  const { tarball } = pack(ROOT, "plugin", DIST);
  // The folder is what the package is when it is installed.
  run(DIST, "tar", "-xzf", tarball, "--strip-components", "1", "-C", folder);
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "connect-evaluations-plugin-"));
  try {
    const archived = archive(executable(path.join(folder, PROGRAM), scratch), version, DIST);
    for (const made of [folder, tarball, archived]) console.log(path.relative(ROOT, made));
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { bundle: { type: "string" } } });
  if (values.bundle === undefined) plugin();
  else await bundle(path.resolve(values.bundle));
}

main().catch((error: unknown) => {
  // A wrong option is told by parseArgs.
  if (!(error instanceof ReleaseError || error instanceof TypeError)) throw error;
  console.error(`${error.message}\nUsage: ${USAGE}`);
  process.exitCode = 1;
});
