import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { ReleaseError, run } from "./package/command";
import { pack } from "./package/pack";
import { bundle, PROGRAM } from "./plugin/bundle";
import { archive, executable } from "./plugin/executable";

/** Makes the provider plugin in every form that this machine can. */

const USAGE = "npm run plugin -- [--bundle FOLDER | --executable FOLDER]";

const ROOT = path.resolve(__dirname, "..");
const DIST = path.join(ROOT, "plugin/dist");

/** The folder, the package, and the archive of the executable. */
function everything(): void {
  fs.rmSync(DIST, { recursive: true, force: true });
  const folder = path.join(DIST, PROGRAM);
  fs.mkdirSync(folder, { recursive: true });
  const { tarball } = pack(ROOT, "plugin", DIST);
  // The folder is what the package is when it is installed.
  run(DIST, "tar", "-xzf", tarball, "--strip-components", "1", "-C", folder);
  tell(folder, tarball, archived(path.join(folder, PROGRAM), DIST));
}

/** The archive alone, which needs neither npm nor a package. */
async function executableAlone(target: string): Promise<void> {
  fs.mkdirSync(target, { recursive: true });
  const scratch = scratchFolder();
  try {
    await bundle(scratch);
    tell(archived(path.join(scratch, PROGRAM), target));
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

/** Makes the executable of a bundle, and packs it into a folder. */
function archived(bundled: string, target: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, "plugin/package.json"), "utf8"));
  const scratch = scratchFolder();
  try {
    return archive(executable(bundled, scratch), version, target);
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
}

const scratchFolder = (): string => fs.mkdtempSync(path.join(os.tmpdir(), "connect-evaluations-plugin-"));

function tell(...made: string[]): void {
  for (const file of made) console.log(path.relative(ROOT, file));
}

async function main(): Promise<void> {
  const options = { bundle: { type: "string" }, executable: { type: "string" } } as const;
  const { values } = parseArgs({ options });
  if (values.bundle !== undefined) await bundle(path.resolve(values.bundle));
  else if (values.executable !== undefined) await executableAlone(path.resolve(values.executable));
  else everything();
}

main().catch((error: unknown) => {
  // A wrong option is told by parseArgs.
  if (!(error instanceof ReleaseError || error instanceof TypeError)) throw error;
  console.error(`${error.message}\nUsage: ${USAGE}`);
  process.exitCode = 1;
});
