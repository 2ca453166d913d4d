import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";

/** The plugin as one file, which needs Node.js and nothing else. */

const ROOT = path.resolve(__dirname, "../..");

/** The name that the engine looks for. */
export const PROGRAM = "pulumi-resource-connect-evaluations";

/** The engine looks for it on Windows, where a file without an ending is no program. */
const CMD = `@node "%~dp0${PROGRAM}" %*\r\n`;

/** Bundles the plugin into a folder: the program, what starts it on Windows, and the licenses of what is in it. */
export async function bundle(folder: string): Promise<void> {
  const program = path.join(folder, PROGRAM);
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["provider/src/plugin/main.ts"],
    outfile: program,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  fs.chmodSync(program, 0o755);
  fs.writeFileSync(`${program}.cmd`, CMD);
  fs.writeFileSync(path.join(folder, "THIRD-PARTY.txt"), licensesOf(Object.keys(metafile.inputs)));
}

/** What the licenses of bundled packages ask for: their texts, each once. */
function licensesOf(inputs: readonly string[]): string {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const byText = new Map<string, string[]>();
  for (const folder of [...folders].sort()) {
    const { name, text } = licenseOf(path.join(ROOT, folder));
    byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  return [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text}`).join(`\n${"-".repeat(80)}\n\n`);
}

function licenseOf(folder: string): { name: string; text: string } {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = fs.readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file === undefined ? "" : fs.readFileSync(path.join(folder, file), "utf8");
  return { name: `${name} ${version} (${license})`, text };
}
