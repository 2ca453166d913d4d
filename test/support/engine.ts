import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";

let bin: Promise<string> | undefined;
let command: Promise<PulumiCommand> | undefined;

/** The folder of the real engine, looked up once in a process. */
export function engineBin(): Promise<string> {
  bin ??= findEngineBin();
  return bin;
}

/** The engine as the Automation API wants it, asked for its version once in a process. */
export function engineCommand(): Promise<PulumiCommand> {
  command ??= engineBin().then((folder) => PulumiCommand.get({ root: path.dirname(folder) }));
  return command;
}

async function findEngineBin(): Promise<string> {
  const { findEngine } = await import("../../scripts/engine.mjs");
  const found = await findEngine();
  if (found === undefined) {
    throw new Error("There is no Pulumi engine. Run `node scripts/engine.mjs` once.");
  }
  return found;
}
