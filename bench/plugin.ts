import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { bundle, PROGRAM } from "../scripts/plugin/bundle";

/** Where `npm run plugin` makes it, and where the program's Pulumi.yaml has the engine look for it. */
const FOLDER = path.join(__dirname, "../plugin/dist", PROGRAM);

let bundled: Promise<string> | undefined;

/** The provider plugin's program, bundled from what the sources are now, once in this process. */
export function bundledPlugin(): Promise<string> {
  bundled ??= mkdir(FOLDER, { recursive: true })
    .then(() => bundle(FOLDER))
    .then(() => path.join(FOLDER, PROGRAM));
  return bundled;
}
