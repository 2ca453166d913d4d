import * as fs from "node:fs/promises";

/** The commands of processes that have a folder in their environment, which only Linux shows. */
export async function processesWith(folder: string): Promise<string[]> {
  const pids = (await fs.readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const read = (pid: string, file: string) => fs.readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
  const own = pids.map(async (pid) => ((await read(pid, "environ")).includes(folder) ? read(pid, "cmdline") : ""));
  return (await Promise.all(own)).filter((command) => command !== "");
}
