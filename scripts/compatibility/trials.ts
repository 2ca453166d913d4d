import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { run } from "../../test/packaging/support/commands";
import { packInClone } from "../../test/packaging/support/pack";
import { engineBin } from "../../test/support/engine";
import type { Cell } from "./cells";
import { packKits } from "./kits";
import { reasonOf } from "./reason";
import type { Result } from "./results";
import { type Supplies, tryOut } from "./trial";

/** As many as keep two cores busy: half of a trial is waiting. */
const AT_ONCE = 2;

/** Tries cells and tells of each; the process fails at its end if one is not as the tables expect it. */
export async function tryAll(cells: readonly Cell[], keep: (cell: Cell, result: Result) => void): Promise<void> {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-compatibility-"));
  try {
    const supplies = await gather(root);
    const engine = await engineVersion(root);
    const waiting = [...cells.entries()];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [at, cell] = next;
        const says = await tryTwice(cell, path.join(root, `${at}`), supplies);
        const day = new Date().toISOString().slice(0, 10);
        keep(cell, { day, engine, platform: `${process.platform}-${process.arch}`, ...(says && { says }) });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await fs.rm(root, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function gather(root: string): Promise<Supplies> {
  const { tarball } = await packInClone("provider", root);
  const registry = (await run("npm", ["config", "get", "registry"], root)).stdout.trim();
  return { packed: `file:${tarball}`, kits: await packKits(root), registry };
}

async function engineVersion(root: string): Promise<string> {
  const env = { PULUMI_HOME: path.join(root, "home"), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout } = await run(path.join(await engineBin(), "pulumi"), ["version"], root, env);
  return stdout.trim().replace("v", "");
}

/** Answers with what is said where it does not work. A surprise gets a second attempt, as a test on the engine does. */
async function tryTwice(cell: Cell, folder: string, supplies: Supplies): Promise<string | undefined> {
  const first = await attempt(cell, `${folder}-first`, supplies);
  if (surpriseOf(cell, first) === undefined) {
    console.log(`${cell.id}: ${first ?? "works"}`);
    return first;
  }
  const second = await attempt(cell, `${folder}-second`, supplies);
  const surprise = surpriseOf(cell, second);
  console.log(`${cell.id}: ${second ?? "works"}; second attempt${surprise ? `; ${surprise}` : ""}`);
  if (surprise !== undefined) process.exitCode = 1;
  return second;
}

async function attempt(
  { id, combination, known }: Cell,
  folder: string,
  supplies: Supplies,
): Promise<string | undefined> {
  try {
    await tryOut(combination, folder, supplies);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    if (known === undefined || !message.includes(known)) console.log(`${id}:\n${message}`);
    return reasonOf(message, folder, known);
  } finally {
    // Tens of thousands of files, for which Node.js takes many times as long.
    await run("rm", ["-rf", folder], path.dirname(folder));
  }
}

/** What is not as the tables expect it. */
function surpriseOf({ known }: Cell, says: string | undefined): string | undefined {
  if (known === undefined) return says === undefined ? undefined : "IT IS EXPECTED TO WORK";
  if (says === undefined) return "IT IS EXPECTED NOT TO WORK";
  return says.includes(known) ? undefined : `IT IS EXPECTED TO SAY: ${known}`;
}
