import fs from "node:fs";

/**
 * What Linux tells of a process. Elsewhere, and of one that has ended, there is nothing to tell.
 * @param {number} pid
 */
export function processInfo(pid) {
  // The name, in parentheses, may hold anything: state, parent, group, and session follow it.
  const [, name = "", rest = ""] = /^\d+ \((.*)\) (.*)/s.exec(read(`/proc/${pid}/stat`)) ?? [];
  const [, parent, , session] = rest.split(" ");
  return { name, parent: Number(parent), session: Number(session) };
}

/** The ids of all processes. */
export function allProcesses() {
  const names = fs.existsSync("/proc/self") ? fs.readdirSync("/proc") : [];
  return names.filter((name) => /^\d+$/.test(name)).map(Number);
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
