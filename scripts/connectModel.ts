import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { operationNames } from "../emulator/src/connect/model";
import { extractOf, readBotocore } from "./connectModel/botocore";
import { differences } from "./connectModel/difference";
import { enumsOf, type Model, membersOf } from "./connectModel/facts";
import { sdkEnums, sdkMembers } from "./connectModel/sdk";

const USAGE = `npm run model [-- [--write] FILE]

Shows how the emulator's model of Connect differs from the installed AWS SDK: the members of every input, whether they
are required, where they travel, and the values of enumerations. The SDK has no limits.

  FILE      compares it with a model of botocore instead, limits and errors included:
            botocore/data/connect/2017-08-08/service-2.json.gz in what \`pip download --no-deps botocore\` gives
  --write   writes that into the emulator's model
`;

const ROOT = path.resolve(__dirname, "..");
const MODEL = path.join(ROOT, "emulator/src/connect/model.json");

function main(): void {
  const { values, positionals } = parseArgs({
    options: { write: { type: "boolean" }, help: { type: "boolean" } },
    allowPositionals: true,
  });
  const [file, ...rest] = positionals;
  const isWrong = rest.length > 0 || (values.write && file === undefined);
  if (values.help || isWrong) console.log(USAGE);
  else if (file === undefined) show(differencesFromSdk(knownModel()));
  else compare(file, values.write === true);
}

function compare(file: string, isWritten: boolean): void {
  const known = knownModel();
  const current = extractOf(readBotocore(file), operationNames, known.source);
  show(differences(known, current));
  if (!isWritten) return;
  fs.writeFileSync(MODEL, JSON.stringify(current));
  execFileSync("npx", ["biome", "format", "--write", MODEL], { cwd: ROOT, stdio: "inherit" });
}

function knownModel(): Model {
  return JSON.parse(fs.readFileSync(MODEL, "utf8"));
}

function differencesFromSdk(known: Model): string[] {
  const enums = enumsOf(known);
  return [...differences(membersOf(known), sdkMembers(operationNames)), ...differences(enums, sdkEnums(enums))];
}

function show(lines: string[]): void {
  console.log(lines.length === 0 ? "no difference" : lines.join("\n"));
}

main();
