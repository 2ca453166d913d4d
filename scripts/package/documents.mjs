// Puts the documents that are its arguments into the package that `npm pack` is about to make.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const { version, repository } = JSON.parse(fs.readFileSync("package.json", "utf8"));
const site = repository.url.replace(/^git\+|\.git$/g, "");

/**
 * Registries show the README where its relative links lead nowhere, so they lead to this version in the repository.
 * @param {string} target
 */
function absolute(target) {
  if (/^(#|[a-z]+:)/.test(target)) {
    return target;
  }
  const isFolder = fs.statSync(path.join(ROOT, target.replace(/#.*/, ""))).isDirectory();
  const view = isFolder ? "tree" : /\.(svg|png|gif)$/.test(target) ? "raw" : "blob";
  return `${site}/${view}/v${version}/${target}`;
}

const CODE_OR_LINK = /```.*?```|(?<=\]\()[^)\s]+/gs;

for (const document of process.argv.slice(2)) {
  const text = fs.readFileSync(path.join(ROOT, document), "utf8");
  fs.writeFileSync(
    document,
    text.replace(CODE_OR_LINK, (found) => (found.startsWith("```") ? found : absolute(found))),
  );
}
