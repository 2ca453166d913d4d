// Runs a program in a session and a temporary folder of its own, and leaves nothing of either, however it ends:
//
//     node scripts/traceless.mjs <what Node.js takes>
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { whileInterruptible } from "./engine/interruption.mjs";
import { endSession } from "./traceless/session.mjs";

/** @param {AbortSignal} interrupted */
async function run(interrupted) {
  const folder = temporaryFolder();
  const preloaded = new URL("./traceless/preloaded.mjs", import.meta.url);
  preloaded.searchParams.set("folder", folder);
  const program = spawn(process.execPath, ["--import", preloaded.href, ...process.argv.slice(2)], {
    detached: true,
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  interrupted.addEventListener("abort", () => {
    console.error("\nInterrupted.");
    program.kill("SIGTERM");
  });
  try {
    const [code] = await once(program, "exit");
    interrupted.throwIfAborted();
    return code ?? 1;
  } finally {
    if (program.pid !== undefined) endSession(program.pid);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function temporaryFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "connect-evaluations-"));
  // What tsx compiled before is worth keeping.
  const compiled = `tsx-${process.getuid?.() ?? os.userInfo().username}`;
  const kept = path.join(os.tmpdir(), compiled);
  fs.mkdirSync(kept, { recursive: true });
  fs.symlinkSync(kept, path.join(folder, compiled), "junction");
  return folder;
}

process.exitCode = await whileInterruptible(run);
