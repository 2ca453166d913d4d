import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildYamlHost, whyNotBuildable } from "./build.mjs";
import { folderOnPath, isProgram } from "./find.mjs";
import { whileInterruptible } from "./interruption.mjs";
import { addThroughStaging } from "./staging.mjs";
import { versionFolder, YAML_HOST } from "./versions.mjs";

/**
 * Finds the folder that holds the language host for YAML, and builds it when there is none. An installed Pulumi has it.
 * @returns {Promise<string>}
 */
export async function ensureYamlHost() {
  return find() ?? (await whileInterruptible(install));
}

/** @returns {string | undefined} */
function find() {
  const engine = folderOnPath("pulumi");
  const beside = engine && path.dirname(fs.realpathSync(path.join(engine, "pulumi")));
  const folders = [beside, path.join(versionFolder(), "bin")].filter((folder) => folder !== undefined);
  return folders.find((folder) => isProgram(path.join(folder, YAML_HOST))) ?? folderOnPath(YAML_HOST);
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<string>}
 */
async function install(signal) {
  const obstacle = await whyNotBuildable();
  if (obstacle !== undefined) {
    throw new Error(
      `There is no ${YAML_HOST}, which runs programs in YAML, and it could not be built. ${obstacle} Every installed Pulumi has it, too: https://www.pulumi.com/docs/install/`,
    );
  }
  console.error(`Building ${YAML_HOST} from its Go module, once. This takes two to three minutes on two cores.`);
  await addThroughStaging(YAML_HOST, (staging) => buildYamlHost(staging, signal));
  return path.join(versionFolder(), "bin");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureYamlHost());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
