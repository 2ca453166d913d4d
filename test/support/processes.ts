import { spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { Environment } from "./environment";

/** The Node.js processes of an engine run: the provider's, and those of the program. */
export class Processes {
  private constructor(private readonly folder: string) {}

  static async record(): Promise<Processes> {
    return new Processes(await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-pids-")));
  }

  /** What the run needs in its environment. */
  get env(): Environment {
    return {
      NODE_OPTIONS: `--require ${path.join(__dirname, "recordPids.cjs")}`,
      TEST_PID_FILE: this.file,
    };
  }

  /** The ids of the provider's processes, those that have ended included. */
  async providers(): Promise<number[]> {
    const started = await this.started();
    const isProvider = ({ script }: { script: string }) => /dynamic-provider|pulumi-resource-connect/.test(script);
    return started.filter(isProvider).map(({ pid }) => pid);
  }

  /** Ends the provider without giving it a chance to do anything. */
  async killProvider(): Promise<void> {
    for (const pid of await this.providers()) kill(pid);
  }

  /** Ends what an engine that was killed left running, its language host (the programs' parent) included. */
  async killAll(): Promise<void> {
    for (const { pid, parent, script } of await this.started()) {
      kill(pid);
      if (script.includes("cmd/run")) kill(parent);
    }
  }

  /** Forgets the processes so far. */
  async forget(): Promise<void> {
    await fs.rm(this.file, { force: true });
  }

  async dispose(): Promise<void> {
    await fs.rm(this.folder, { recursive: true, force: true });
  }

  private get file(): string {
    return path.join(this.folder, "pids");
  }

  private async started(): Promise<{ pid: number; parent: number; script: string }[]> {
    const text = await fs.readFile(this.file, "utf8").catch(() => "");
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        const [pid, parent, script = ""] = line.split(" ");
        return { pid: Number(pid), parent: Number(parent), script };
      });
  }
}

function kill(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // One that has ended by itself is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Ends the engine that this process started, without giving it a chance to do anything. */
export const killEngine = (): void => signalEngine("SIGKILL");

/** Ctrl-C, as the engine that this process started gets it. */
export const interruptEngine = (): void => signalEngine("SIGINT");

function signalEngine(signal: NodeJS.Signals): void {
  const processes = spawnSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" }).stdout.split("\n");
  for (const line of processes) {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(parent) === process.pid && path.basename(command) === "pulumi") kill(Number(pid), signal);
  }
}
