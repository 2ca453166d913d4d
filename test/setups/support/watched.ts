import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";

/** Collects what a child prints on both of its streams, and ends when nothing is left that could print more. */
export function watched(child: ChildProcess) {
  let output = "";
  const looks = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const look of looks) look();
    });
  }
  const ended = new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
  const shows = (text: string) =>
    Promise.race([
      new Promise<void>((resolve) => looks.add(() => output.includes(text) && resolve())),
      ended.then(() => assert.fail(`It ended without showing ${text}:\n${output}`)),
    ]);
  return { child, ended, shows };
}
