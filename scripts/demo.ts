import * as os from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import type { ConnectEmulator } from "../emulator/src";
import { localConnect } from "./demo/cast";
import { QUICKSTART, quickstart } from "./demo/quickstart";
import { Stage } from "./demo/stage";
import { say } from "./demo/terminal";
import { YAML, yaml } from "./demo/yaml";

/**
 * Plays the life of a contact evaluation: a program in TypeScript with the class, or one in YAML with the plugin.
 * scripts/traceless.mjs runs it, and removes what it leaves, however it ends.
 */

const USAGE = "npm run demo -- [--yaml]";

interface Story {
  /** The folder of its program. */
  project: string;
  play(connect: ConnectEmulator, stage: Stage): Promise<void>;
  /** Folders of programs that it needs beside the engine. */
  programs: string[];
  /** How many evaluations somebody deletes behind Pulumi's back. */
  deletedByOthers: number;
}

async function demo(story: Story): Promise<void> {
  const begin = Date.now();
  const connect = await localConnect();
  try {
    const stage = await Stage.open(path.resolve(__dirname, "..", story.project), story.programs, {
      AWS_ACCESS_KEY_ID: "AKIAEMULATED",
      AWS_SECRET_ACCESS_KEY: "emulated",
      AWS_ENDPOINT_URL_CONNECT: connect.url,
    });
    await story.play(connect, stage);
    const deleted = connect.requests.filter(
      (r) => r.operation === "DeleteContactEvaluation" && r.status === 200,
    ).length;
    const others = story.deletedByOthers === 0 ? "" : `, somebody else ${story.deletedByOthers}`;
    say(`\n${connect.started} evaluations were started. Pulumi deleted ${deleted}${others}.`);
    say(`That took ${Math.round((Date.now() - begin) / 1000)} seconds, and nothing is left behind.`);
  } finally {
    await connect.close();
  }
}

async function chosenStory(): Promise<Story> {
  const { values } = parseArgs({ options: { yaml: { type: "boolean" } } });
  if (!values.yaml) return { project: QUICKSTART, play: quickstart, programs: [], deletedByOthers: 1 };
  const { ensureYamlHost } = await import("./engine/yamlHost.mjs");
  return { project: YAML, play: yaml, programs: [await ensureYamlHost()], deletedByOthers: 0 };
}

async function main(): Promise<void> {
  // Nobody reads on, as after `npm run demo | head`: that is a hang-up.
  process.stdout.on("error", () => process.exit(128 + os.constants.signals.SIGHUP));
  try {
    await demo(await chosenStory());
  } catch (error) {
    // A wrong option is told by parseArgs.
    const usage = error instanceof TypeError ? `\nUsage: ${USAGE}` : "";
    console.error(`\nThe demo failed. ${error instanceof Error ? error.message : error}${usage}`);
    process.exitCode = 1;
  }
}

void main();
