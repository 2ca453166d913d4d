import * as path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { keyService } from "./keyService";

/** What an operation of the engine needs. */
export interface EngineTools {
  /** The folder of the real engine. */
  readonly bin: string;
  /** The address of what keeps the stacks' keys. */
  readonly keyService: string;
}

let bin: Promise<string> | undefined;
let command: Promise<PulumiCommand> | undefined;

/** The folder of the real engine, looked up once in a process. */
export function engineBin(): Promise<string> {
  bin ??= findEngineBin();
  return bin;
}

export async function engineTools(): Promise<EngineTools> {
  return { bin: await engineBin(), keyService: await keyService() };
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
