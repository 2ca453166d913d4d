import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { instance } from "@viz-js/viz";

/** Draws the pictures of the documentation: docs/pictures/*.svg from the text in docs/pictures/*.dot. */

const FOLDER = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../docs/pictures");

/** What each picture's file has to be, by its path. */
export async function pictures(): Promise<Map<string, string>> {
  const graphviz = await instance();
  const texts = fs.readdirSync(FOLDER).filter((file) => file.endsWith(".dot"));
  const drawn = texts.map((file): [string, string] => {
    const text = fs.readFileSync(path.join(FOLDER, file), "utf8");
    return [path.join(FOLDER, file.replace(/dot$/, "svg")), graphviz.renderString(text, { format: "svg" })];
  });
  return new Map(drawn);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, svg] of await pictures()) fs.writeFileSync(file, svg);
}
