import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { npmInstall } from "./commands";
import { writeFolder } from "./folders";
import type { PackedInClone } from "./pack";

/** The name of the emulator's package, and of its command. */
export const EMULATOR = "connect-evaluations-emulator";

/** The emulator as somebody has it who installed it. */
export interface InstalledEmulator {
  readonly packed: PackedInClone;
  readonly folder: string;
}

/** Installs the packed emulator with npm in an empty folder. */
export async function installEmulator(root: string, packed: PackedInClone): Promise<InstalledEmulator> {
  const dependencies = { [EMULATOR]: `file:${packed.tarball}` };
  const folder = await writeFolder(path.join(root, "installed"), {
    "package.json": { private: true, dependencies },
  });
  await npmInstall(folder);
  return { packed, folder };
}

/**
 * The emulator for the tests of a suite, packed and installed once.
 * @param packs it, into a folder that is removed in the end.
 */
export function installedForAll(packs: (root: string) => Promise<PackedInClone>): () => InstalledEmulator {
  let root: string;
  let installed: InstalledEmulator;
  before(async () => {
    root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-emulator-"));
    installed = await installEmulator(root, await packs(root));
  });
  after(() => fs.rm(root, { recursive: true, force: true, maxRetries: 3 }));
  return () => installed;
}

/** The installed command while it runs. */
export interface RunningEmulator {
  readonly process: ChildProcess;
  /** What it printed before the first request. */
  readonly banner: string;
  readonly url: string;
}

/** Starts the installed command as `npx` does. */
export async function startInstalled({ folder }: InstalledEmulator, ...args: string[]): Promise<RunningEmulator> {
  const bin = path.join(folder, "node_modules/.bin", EMULATOR);
  const process = spawn(bin, ["--port", "0", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let banner = "";
  while (!banner.endsWith("\n\n")) banner += String((await once(process.stdout, "data"))[0]);
  return { process, banner, url: /at (http:\S+),/.exec(banner)?.[1] ?? "" };
}

/** Ends the command as a terminal or a CI job does. */
export async function end({ process }: RunningEmulator): Promise<number | null> {
  process.kill("SIGTERM");
  const [code] = await once(process, "exit");
  return code;
}
