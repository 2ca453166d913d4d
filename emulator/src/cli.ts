#!/usr/bin/env node
import { banner } from "./banner";
import { flags, help, parse, type Settings, UsageError } from "./flags";
import { onParentGone } from "./parent";
import type { LoggedRequest } from "./requests";
import { startConnectEmulator } from "./server";
import { sampleSetup } from "./setup/sampleSetup";
import type { Setup } from "./setup/setup";
import { version } from "./version";

/** What is there after the start and after each reset. */
function setupOf({ region, account, setup = sampleSetup({ region, account }), forms, accessKeys }: Settings): Setup {
  const { instances = [] } = setup;
  return {
    ...setup,
    instances: instances.map(({ evaluationForms = [], ...instance }) => ({
      ...instance,
      evaluationForms: [...evaluationForms, ...forms],
    })),
    accessKeys: [...(setup.accessKeys ?? []), ...accessKeys],
  };
}

function line({ at, method, path, operation, status, error }: LoggedRequest): string {
  return [at.toISOString(), status, operation ?? "-", method, printable(path), error].filter(Boolean).join(" ");
}

// Characters that could end the line, or hide something in it, stay encoded.
function printable(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, encodeURIComponent);
  } catch {
    return path;
  }
}

// The reader of the output may go, as in `npm run emulator | head`; the server stays.
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

async function main(args: string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  const settings = parse(args);
  if (settings === "help") return console.log(help());
  if (settings === "version") return console.log(version);
  const emulator = await startConnectEmulator({ ...settings, setup: setupOf(settings), keepRequests: false });
  emulator.log.onAnswer((request) => console.log(line(request)));
  const end = () => void emulator.close();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  onParentGone(end);
  console.log(banner(emulator));
}

type SystemError = Error & { code?: string; address?: string; port?: number; hostname?: string };

/** Why the server cannot listen, and what to do, by the code of Node.js. */
const listenErrors: Record<string, (error: SystemError) => string> = {
  EADDRINUSE: ({ address, port }) =>
    `Port ${port} of ${address} is taken: choose another one with --port, or 0 for a free one`,
  EACCES: ({ port }) => `Port ${port} is not for ordinary users: choose another one with --port, or 0 for a free one`,
  EADDRNOTAVAIL: ({ address }) => foreignHost(address),
  ENOTFOUND: ({ hostname }) => foreignHost(hostname),
  EAI_AGAIN: ({ hostname }) => foreignHost(hostname),
};

function foreignHost(host: string | undefined): string {
  return `${host} is no address of this machine: choose one with --host, such as 127.0.0.1 or 0.0.0.0`;
}

function fail(error: SystemError): void {
  const { code = "", message } = error;
  const isUnknown = code.startsWith("ERR_PARSE_ARGS");
  const isUsage = isUnknown || error instanceof UsageError;
  const options = Object.keys(flags).map((name) => `--${name}`);
  const hint = isUnknown ? `Options: ${options.join(" ")}, explained by --help` : "--help explains all options";
  console.error(isUsage ? `${message}\n${hint}` : (listenErrors[code]?.(error) ?? message));
  process.exitCode = isUsage ? 2 : 1;
}

main(process.argv.slice(2)).catch(fail);
