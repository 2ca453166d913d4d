// Makes a fresh clone ready to run. It needs nothing but Node and npm: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isBuilt } from "./bootstrap/buildStamp.mjs";
import { isInstalled } from "./bootstrap/dependencies.mjs";
import { nodeProblem } from "./bootstrap/node.mjs";
import { ensureEngine } from "./engine.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

async function bootstrap() {
  const problem = nodeProblem(ROOT);
  if (problem !== undefined) {
    throw new Error(problem);
  }
  if (!isInstalled(ROOT)) {
    console.error("Installing the dependencies with `npm ci`.");
    npm(["ci"], "The dependencies could not be installed.");
  }
  if (!isBuilt(ROOT)) {
    npm(["run", "--silent", "build"], "The packages could not be built.");
  }
  await ensureEngine();
}

/**
 * Runs npm, and shows what it printed when it fails.
 * @param {string[]} args
 * @param {string} complaint
 */
function npm(args, complaint) {
  const { status, stdout, stderr, error } = spawnSync("npm", args, { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) {
    throw new Error([stdout, stderr, error?.message, complaint].filter(Boolean).join("\n"));
  }
}

try {
  await bootstrap();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
