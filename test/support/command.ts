import { type ChildProcess, spawn } from "node:child_process";
import type { Environment } from "./environment";

/** What a finished command left behind. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code; null when a signal ended the process. */
  readonly code: number | null;
}

/** Starts a command with its output piped. */
export function start(command: string, args: readonly string[], cwd: string, env: Environment): ChildProcess {
  return spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
}

/** Waits for a started command and collects what it printed. */
export function finished(child: ChildProcess): Promise<CommandResult> {
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ stdout, stderr, code }));
  });
}

/** Throws when a command did not end as expected, with all that it printed. */
export function expectExit(result: CommandResult, what: string, expectFailure = false): CommandResult {
  if ((result.code !== 0) !== expectFailure) {
    const problem = expectFailure ? "was expected to fail and succeeded" : `failed with code ${result.code}`;
    throw new Error(`${what} ${problem}.\n${result.stdout}\n${result.stderr}`);
  }
  return result;
}
