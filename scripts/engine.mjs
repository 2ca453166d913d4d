import { fileURLToPath } from "node:url";
import { build, neededGo, whyNotBuildable } from "./engine/build.mjs";
import { download } from "./engine/download.mjs";
import { findInstalled, findOnPath } from "./engine/find.mjs";
import { whileInterruptible } from "./engine/interruption.mjs";
import { installThroughStaging } from "./engine/staging.mjs";
import { MINIMUM_VERSION, PINNED_VERSION } from "./engine/versions.mjs";

/**
 * Finds the folder that holds `pulumi`, without installing anything.
 * @returns {Promise<string | undefined>}
 */
export async function findEngine() {
  return (await findOnPath()).bin ?? findInstalled();
}

/**
 * Finds the folder that holds `pulumi`, and installs an engine when there is none.
 * @returns {Promise<string>}
 */
export async function ensureEngine() {
  const { bin, problem } = await findOnPath();
  return bin ?? findInstalled() ?? (await whileInterruptible((signal) => install(problem, signal)));
}

/**
 * @param {string | undefined} problemOnPath
 * @param {AbortSignal} signal
 */
async function install(problemOnPath, signal) {
  const problems = [problemOnPath];
  for (const way of [downloaded, built]) {
    problems.push(await way(signal));
    const bin = findInstalled();
    if (bin !== undefined) {
      return bin;
    }
  }
  throw new Error(await advice(problems));
}

/** @param {AbortSignal} signal */
async function downloaded(signal) {
  say(`Downloading the Pulumi engine ${PINNED_VERSION}, once.`);
  try {
    await installThroughStaging((staging) => download(staging, signal));
  } catch (error) {
    signal.throwIfAborted();
    return `It could not be downloaded. ${shortened(error)}`;
  }
}

/** @param {AbortSignal} signal */
async function built(signal) {
  const obstacle = await whyNotBuildable();
  if (obstacle !== undefined) {
    return `It could not be built. ${obstacle}`;
  }
  say(`It cannot be downloaded here. Building the Pulumi engine ${PINNED_VERSION} from its Go modules, once.`);
  say("This takes four to seven minutes on two cores.");
  const start = Date.now();
  try {
    await installThroughStaging((staging) => build(staging, signal));
  } catch (error) {
    signal.throwIfAborted();
    return `It could not be built. Go said:\n${error.message}`;
  }
  say(`Built the Pulumi engine in ${duration(Date.now() - start)}.`);
}

/** @param {(string | undefined)[]} problems */
async function advice(problems) {
  return [
    "There is no Pulumi engine, and none could be installed.",
    ...problems
      .filter((problem) => problem !== undefined)
      .map((problem) => `  - ${problem.replaceAll("\n", "\n      ")}`),
    "Do one of these, then run the command again:",
    `  - Install Pulumi ${MINIMUM_VERSION} or newer: https://www.pulumi.com/docs/install/`,
    `  - Install Go ${await neededGo()} or newer, and let it reach a Go module proxy. The engine is built with it then.`,
  ].join("\n");
}

/** @param {Error} error */
function shortened(error) {
  const lines = error.message.split("\n");
  return (lines.find((line) => /^\w*Error: /.test(line)) ?? lines[0]).replace(/^\w*Error: /, "");
}

/** @param {number} milliseconds */
function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

// Standard output is for the answer alone.
/** @param {string} text */
function say(text) {
  console.error(text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureEngine());
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
