import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** The command as it is built. */
export const cli = join(__dirname, "../../emulator/dist/cli.js");
const running = new Set<ChildProcess>();

/** Starts the command. */
export function run(args: string[], nodeArgs: string[] = []): ChildProcess {
  const all = [...nodeArgs, cli, ...args];
  return started(spawn(process.execPath, all, { stdio: ["ignore", "pipe", "pipe"] }));
}

/** Keeps a process in mind, to end it with the test. */
export function started(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** What the command prints first. */
export async function banner({ stdout }: ChildProcess) {
  assert.ok(stdout);
  let printed = "";
  while (!printed.includes("sts assume-role")) printed += String((await once(stdout, "data"))[0]);
  const url = /--endpoint-url (\S+)/.exec(printed)?.[1] ?? "";
  const InstanceId = /instance +(\S+)/.exec(printed)?.[1] ?? "";
  const ContactId = /contact +(\S+)/.exec(printed)?.[1] ?? "";
  const EvaluationFormId = /evaluation form +(\S+)/.exec(printed)?.[1] ?? "";
  return { printed, url, start: { InstanceId, ContactId, EvaluationFormId } };
}

/** Runs the command to its end. */
export async function finished(args: string[]) {
  const child = run(args);
  const texts = { out: "", err: "" };
  child.stdout?.on("data", (data) => {
    texts.out += data;
  });
  child.stderr?.on("data", (data) => {
    texts.err += data;
  });
  const [code] = await once(child, "close");
  return { code, ...texts };
}

/** Ends after each test what it started. */
export function endsCommands(): void {
  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
  });
}
