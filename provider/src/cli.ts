#!/usr/bin/env node
import { importFile } from "./importFile/command";
import { DEFAULT_PREFIX } from "./importFile/importFile";
import { UsageError, UserError } from "./shared/errors";
import { VERSION } from "./shared/version";

/** The package's command line. */

const HELP = `Brings existing contact evaluations under the management of a Pulumi stack: writes the
file for \`pulumi import --file\`, and the TypeScript code that declares the evaluations.

Usage: pulumi-connect-evaluations import-file --instance INSTANCE [options]
       pulumi-connect-evaluations --version

Which evaluations (at least one option; an evaluation must match all of them):
  --contact ID|ARN     evaluations of this contact; can be repeated
  --form ID|ARN        evaluations that use this evaluation form
  --status STATUS      DRAFT, SUBMITTED, REVIEW_REQUESTED or UNDER_REVIEW; can be repeated
                       (an evaluation with any of them matches)
  --tag KEY=VALUE      evaluations with this tag; can be repeated (all tags must match)

Where they are:
  --instance ID|ARN    the Amazon Connect instance (required)
  --region REGION      the instance's AWS Region; default: the Region in an ARN, or else in
                       the AWS environment
  --profile PROFILE    the AWS profile; default: the credentials in the AWS environment

What to write:
  --out FILE           the import file, - for standard output (default: import.json)
  --program FILE       the TypeScript code, - for standard output (default: adopted.ts)
  --answers            declare the answers and notes that the evaluations have, and their
                       submission; without it, the program leaves them alone
  --name-prefix PREFIX the prefix of the resource names (default: ${DEFAULT_PREFIX})
  --force              overwrite existing files

Without --contact, the command searches Connect's index, which can lag by a few seconds.
Evaluations that a calibration session or another stack manages are left out. Nothing changes in Amazon Connect.
`;

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
