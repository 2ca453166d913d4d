import { existsSync, writeFileSync } from "node:fs";
import { UsageError, UserError } from "../shared/errors";
import { importFileOf, type NamedEvaluation, programOf } from "./importFile";
import { type Options, STANDARD_OUTPUT } from "./options";

/** The files that the command writes. */

export function refuseToOverwrite({ out, program, force }: Options): void {
  const [existing] = [out, program].filter((file) => file !== STANDARD_OUTPUT && !force && existsSync(file));
  if (existing !== undefined) throw new UsageError(`${existing} exists already: give --force to overwrite it`);
}

export function writeFiles({ out, program, force }: Options, evaluations: readonly NamedEvaluation[]): void {
  write(out, `${JSON.stringify(importFileOf(evaluations), undefined, 2)}\n`, force);
  write(program, programOf(evaluations), force);
}

function write(file: string, content: string, force: boolean): void {
  if (file === STANDARD_OUTPUT) {
    process.stdout.write(content);
    return;
  }
  try {
    writeFileSync(file, content, { flag: force ? "w" : "wx" });
  } catch (error) {
    throw new UserError(`could not write ${file}: ${(error as Error).message}`);
  }
}
