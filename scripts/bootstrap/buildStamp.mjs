import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** Whether there is a build of the sources as they are. `npm run build` runs this file when it succeeded. */

/** All that a build is made from, and what it makes. */
const SOURCES = [
  "package-lock.json",
  "tsconfig.json",
  ...["provider", "emulator"].flatMap((name) => [`${name}/tsconfig.build.json`, `${name}/src`]),
];
const RESULTS = ["provider/dist", "emulator/dist"];

/** Goes when the dependencies are installed anew. */
const STAMP = "node_modules/.cache/build";

/**
 * Tells whether the last build was made from these sources and is still as it was.
 * @param {string} root
 */
export function isBuilt(root) {
  const stamp = path.join(root, STAMP);
  return fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === fingerprint(root);
}

/** @param {string} root */
function rememberBuild(root) {
  const stamp = path.join(root, STAMP);
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, fingerprint(root));
}

/** @param {string} root */
function fingerprint(root) {
  const hash = createHash("sha256");
  for (const file of [...SOURCES, ...RESULTS].flatMap((place) => filesIn(path.join(root, place)))) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesIn(place) {
  const found = fs.statSync(place, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    return found ? [place] : [];
  }
  return fs
    .readdirSync(place)
    .sort()
    .flatMap((name) => filesIn(path.join(place, name)));
}

const FILE = fileURLToPath(import.meta.url);
if (process.argv[1] === FILE) rememberBuild(path.resolve(path.dirname(FILE), "../.."));
