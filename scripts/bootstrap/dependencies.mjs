import fs from "node:fs";
import path from "node:path";

/**
 * Tells whether node_modules holds what the lock file asks for, by the list that npm keeps of what it installed.
 * @param {string} root
 */
export function isInstalled(root) {
  const wanted = packagesOf(path.join(root, "package-lock.json"));
  const installed = packagesOf(path.join(root, "node_modules", ".package-lock.json"));
  return Object.entries(wanted).every(([place, entry]) => place === "" || isSatisfied(entry, installed[place]));
}

/**
 * @param {Record<string, unknown>} wanted
 * @param {Record<string, unknown> | undefined} installed
 */
function isSatisfied(wanted, installed) {
  if (installed === undefined) {
    // npm leaves out what is made for another platform.
    return wanted.optional === true;
  }
  return ["version", "integrity", "link"].every((key) => wanted[key] === installed[key]);
}

/** @param {string} lockFile */
function packagesOf(lockFile) {
  return fs.existsSync(lockFile) ? JSON.parse(fs.readFileSync(lockFile, "utf8")).packages : {};
}
