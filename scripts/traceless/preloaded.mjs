// Preloaded into the program that scripts/traceless.mjs runs: where that is killed without notice, the program tidies up.
import fs from "node:fs";
import { endSession } from "./session.mjs";

const folder = new URL(import.meta.url).searchParams.get("folder");

process.on("disconnect", () => {
  endSession(process.pid);
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(1);
});
process.channel?.unref();
