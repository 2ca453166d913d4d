#!/usr/bin/env node
import { importFile } from "./importFile/command";
import { HELP, UsageError } from "./importFile/options";
import { UserError } from "./shared/errors";
import { VERSION } from "./shared/version";

/** The package's command line. */

async function main([command, ...args]: string[]): Promise<void> {
  if (command === "--version") {
    process.stdout.write(`${VERSION}\n`);
  } else if (command === "--help" || args.includes("--help")) {
    process.stdout.write(HELP);
  } else if (command === "import-file") {
    await importFile(args);
  } else {
    throw new UsageError(`the command must be import-file; got ${command ?? "none"}`);
  }
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) console.error(`${message} (--help explains all options)`);
  else if (error instanceof UserError) console.error(message);
  else console.error(`internal error of pulumi-connect-evaluations, please report it: ${message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

main(process.argv.slice(2)).catch(fail);
