import { spawnSync } from "node:child_process";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** Tools that look at a tarball as those do who install it. */
const TOOLS = [
  ["publint", "--strict"],
  // Only the engine loads `provider`, by Node.js's own rules, so that the oldest ones of TypeScript do not matter.
  ["attw", "--no-emoji", "--exclude-entrypoints", "provider", "--"],
];

/** Answers with what is wrong with a packed package, a text for each tool that complains. */
export function problemsOf(tarball: string): string[] {
  return TOOLS.flatMap(([tool = "", ...flags]) => {
    const bin = path.join(ROOT, "node_modules/.bin", tool);
    const { status, stdout, stderr, error } = spawnSync(bin, [...flags, tarball], { cwd: ROOT, encoding: "utf8" });
    return status === 0 ? [] : [`${tool}: ${error?.message ?? stdout + stderr}`];
  });
}
