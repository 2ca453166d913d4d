import fs from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { folderOnPath } from "./find.mjs";
import { run } from "./run.mjs";
import { makeScratch } from "./staging.mjs";
import { isAtLeast, PINNED_VERSION, versionIn, YAML_HOST as YAML_HOST_NAME } from "./versions.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));

/**
 * A published program, with the folder of the module that pins it.
 * @typedef {{ name: string, folder: string, package: string }} Program
 */

/** @type {Program[]} */
const ENGINE = [
  {
    name: "pulumi-language-nodejs",
    folder: "language-host",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
  { name: "pulumi", folder: "cli", package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
];

/** @type {Program} */
const YAML_HOST = {
  name: YAML_HOST_NAME,
  folder: "yaml-host",
  package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
};

/** The dynamic provider's launcher, a script that comes with the SDK. */
const LAUNCHER = "pulumi-resource-pulumi-nodejs";

const VERSION_FLAG = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PINNED_VERSION}`;

/**
 * Says why the engine cannot be built here, if so.
 * @returns {Promise<string | undefined>}
 */
export async function whyNotBuildable() {
  const needed = await neededGo();
  if (folderOnPath("go") === undefined) {
    return "There is no `go` on PATH.";
  }
  // Outside any module, where Go answers for itself and fetches nothing.
  const found = versionIn(await run("go", ["version"], { cwd: os.tmpdir(), env: { GOTOOLCHAIN: "local" } }));
  if (found !== undefined && (isAtLeast(found, needed) || (await fetchesToolchains(found)))) {
    return undefined;
  }
  return `The \`go\` on PATH is ${found ?? "of an unknown version"}, and ${needed} is needed.`;
}

/**
 * Builds the engine from its published Go modules.
 * @param {string} staging
 * @param {AbortSignal} signal
 */
export async function build(staging, signal) {
  for (const program of ENGINE) {
    await buildProgram(program, staging, signal);
  }
  await copyLauncher(path.join(staging, "bin", LAUNCHER));
}

/**
 * Builds the language host for YAML.
 * @param {string} staging
 * @param {AbortSignal} signal
 */
export async function buildYamlHost(staging, signal) {
  await buildProgram(YAML_HOST, staging, signal);
}

/**
 * @param {Program} program
 * @param {string} staging
 * @param {AbortSignal} signal
 */
async function buildProgram({ name, folder, package: source }, staging, signal) {
  const env = { GOTMPDIR: await makeScratch(staging), GOWORK: "off" };
  const flags = ["-mod=readonly", "-trimpath", "-ldflags", `-s -w ${VERSION_FLAG}`];
  const output = path.join(staging, "bin", name);
  await run("go", ["build", ...flags, "-o", output, source], { cwd: path.join(HERE, folder), env, signal });
}

/**
 * The lowest Go that builds all modules, as their `go` lines have it.
 * @returns {Promise<string>}
 */
export async function neededGo() {
  const files = [...ENGINE, YAML_HOST].map(({ folder }) => fs.readFile(path.join(HERE, folder, "go.mod"), "utf8"));
  const versions = (await Promise.all(files)).map((text) => versionIn(/^go .*$/m.exec(text)?.[0] ?? "") ?? "0.0");
  return versions.reduce((highest, version) => (isAtLeast(version, highest) ? version : highest));
}

/**
 * Since 1.21, Go gets itself a newer Go, unless it is told not to.
 * @param {string} version
 */
async function fetchesToolchains(version) {
  const setting = (await run("go", ["env", "GOTOOLCHAIN"], { cwd: os.tmpdir() })).trim();
  return isAtLeast(version, "1.21") && (setting === "auto" || setting.endsWith("+auto"));
}

/** @param {string} target */
async function copyLauncher(target) {
  const sdk = path.dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
  await fs.copyFile(path.join(sdk, LAUNCHER), target);
  await fs.chmod(target, 0o755);
}
