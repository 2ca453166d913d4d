import { readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const manifest = JSON.parse(readFileSync(new URL("../../provider/package.json", import.meta.url), "utf8"));

/** The lowest engine, and SDK, that the provider runs on: from this one on, what `read` returns as inputs is kept. */
export const MINIMUM_VERSION = versionIn(manifest.peerDependencies["@pulumi/pulumi"]) ?? "";

/** The engine that is installed where there is none; the modules in `cli/`, `language-host/`, and `yaml-host/` belong to it. */
export const PINNED_VERSION = "3.274.1";

/** The programs that make an engine for Node.js. */
export const PROGRAMS = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** What runs programs in YAML. It belongs to an installed Pulumi, and is made only where it is needed and missing. */
export const YAML_HOST = "pulumi-language-yaml";

/** The folder in which Pulumi's own tools keep this version, too. */
export function versionFolder() {
  return path.join(os.homedir(), ".pulumi", "versions", PINNED_VERSION);
}

/**
 * Finds the first version number in a text such as `v3.274.1` or `go version go1.26.8 linux/amd64`.
 * @param {string} text
 * @returns {string | undefined}
 */
export function versionIn(text) {
  return /\d+\.\d+(\.\d+)?/.exec(text)?.[0];
}

/**
 * Compares versions number by number.
 * @param {string} version
 * @param {string} minimum
 */
export function isAtLeast(version, minimum) {
  const [have, want] = [numbers(version), numbers(minimum)];
  const decisive = want.findIndex((number, index) => number !== (have[index] ?? 0));
  return decisive === -1 || (have[decisive] ?? 0) > want[decisive];
}

/** @param {string} version */
function numbers(version) {
  return version.split(".").map(Number);
}
