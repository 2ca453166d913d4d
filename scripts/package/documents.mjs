// Puts README and LICENSE beside the package that `npm pack` is about to make.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const PACKAGE = path.join(ROOT, "provider");

const { version, repository } = JSON.parse(fs.readFileSync(path.join(PACKAGE, "package.json"), "utf8"));
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

const readme = fs.readFileSync(path.join(ROOT, "README.md"), "utf8");
fs.writeFileSync(
  path.join(PACKAGE, "README.md"),
  readme.replace(CODE_OR_LINK, (found) => (found.startsWith("```") ? found : absolute(found))),
);
fs.copyFileSync(path.join(ROOT, "LICENSE"), path.join(PACKAGE, "LICENSE"));
