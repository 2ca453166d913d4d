import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { instance } from "@viz-js/viz";
import { recording } from "./pictures/recording.mjs";

/** Draws the pictures of the documentation: docs/pictures/*.svg from the texts beside them. */

const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../docs/pictures");

/** What each picture's file has to be, by its path. */
export async function pictures(): Promise<Map<string, string>> {
  const graphviz = await instance();
  const drawings: Record<string, (text: string) => string> = {
    ".dot": (text) => graphviz.renderString(text, { format: "svg" }),
    // What `npm run --silent demo` printed.
    ".txt": recording,
  };
  const drawn = fs.readdirSync(FOLDER).flatMap((file): [string, string][] => {
    const { name, ext } = path.parse(file);
    const draw = drawings[ext];
    if (draw === undefined) return [];
    return [[path.join(FOLDER, `${name}.svg`), draw(fs.readFileSync(path.join(FOLDER, file), "utf8"))]];
  });
  return new Map(drawn);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, svg] of await pictures()) fs.writeFileSync(file, svg);
}
