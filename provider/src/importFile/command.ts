import { readSettings } from "../aws/settings";
import { Connect } from "../connect/connect";
import { parseConnectArn } from "../shared/arns";
import { UserError } from "../shared/errors";
import { findMatching } from "./find";
import { withGrades } from "./grades";
import { type NamedEvaluation, nameEach } from "./importFile";
import { type Options, readOptions, STANDARD_OUTPUT } from "./options";
import { refuseToOverwrite, writeFiles } from "./write";

/** The command `import-file`: finds existing evaluations, and writes what a stack needs to manage them. */
export async function importFile(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  refuseToOverwrite(options);
  const settings = readSettings((key) => ({ "aws:region": options.region, "aws:profile": options.profile })[key]);
  const connect = new Connect(settings, settings.region, say);
  const { importable, leftOut } = await findMatching(connect, options.query);
  for (const { evaluationArn, why } of leftOut) say(`Left out ${evaluationArn}: ${why}.`);
  if (importable.length === 0) throw new UserError("found no evaluation to import; nothing was written");
  const plain = nameEach(importable, options.prefix);
  const named = options.answers ? await withGrades(connect, plain, say) : plain;
  writeFiles(options, named);
  say(nextSteps(options, named));
}

function nextSteps({ out, program }: Options, named: readonly NamedEvaluation[]): string {
  const count = `${named.length} evaluation${named.length === 1 ? "" : "s"}`;
  const region = parseConnectArn(named[0]?.evaluation.evaluationArn ?? "")?.region;
  const file = out === STANDARD_OUTPUT ? "FILE" : out;
  return [
    `Found ${count} in ${region}. Next, in the folder of a Pulumi project whose aws:region is this Region:`,
    `  add the code ${program === STANDARD_OUTPUT ? "above" : `in ${program}`} to the program`,
    `  pulumi import --file ${/^[\w./-]+$/.test(file) ? file : `'${file}'`} --generate-code=false --protect=false`,
    "  pulumi up   (shows no changes)",
  ].join("\n");
}

/** To the person: standard output is for the files. */
function say(text: string): void {
  console.error(text);
}
