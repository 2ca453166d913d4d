import fs from "node:fs";
import path from "node:path";

/**
 * Says why this Node is too old, if so, by the `engines` of package.json.
 * @param {string} root
 * @returns {string | undefined}
 */
export function nodeProblem(root) {
  const { engines } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const [major, minor] = numbers(engines.node.replace(">=", ""));
  const [haveMajor, haveMinor] = numbers(process.versions.node);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) {
    return undefined;
  }
  return `This is Node ${process.versions.node}. Install Node ${major}.${minor} or newer, then run the command again.`;
}

/** @param {string} version */
function numbers(version) {
  return version.split(".").map(Number);
}
