import { readFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { engineCommand } from "../test/support/engine";

/** Where and with what was measured. */
export interface About {
  date: string;
  machine: string;
  versions: Record<string, string>;
}

export async function about(): Promise<About> {
  const { version } = await engineCommand();
  const packages = ["pulumi-connect-evaluations", "@pulumi/pulumi", "@aws-sdk/client-connect", "typescript"];
  return {
    date: today(),
    machine: machine(),
    versions: {
      "Pulumi engine": version?.toString() ?? "unknown",
      "Node.js": process.versions.node,
      ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    },
  };
}

export const today = (): string => new Date().toISOString().slice(0, 10);

export function machine(): string {
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${os.availableParallelism()} × ${os.cpus()[0]?.model.trim()}, ${memory} GiB, ${os.type()} ${os.release()}`;
}

function versionOf(name: string): string {
  const file = path.join(__dirname, "../node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
