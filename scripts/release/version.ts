import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../package/command";
import { PUBLISHED } from "../package/pack";

const NAME = "pulumi-connect-evaluations";

interface Manifest {
  version?: string;
  dependencies?: Record<string, string>;
}

/** Sets the next version wherever it stands, and answers with it. */
export function bump(root: string, level: string): string {
  const flags = ["--no-git-tag-version", "--no-workspaces-update", "--allow-same-version"];
  const [first, ...others] = PUBLISHED;
  run(root, "npm", "version", level, "--workspace", first, ...flags);
  const { version } = readJson<{ version: string }>(path.join(root, first, "package.json"));
  for (const workspace of others) run(root, "npm", "version", version, "--workspace", workspace, ...flags);
  // The examples are workspaces, too: npm would take this version from the registry if they asked for another one.
  for (const example of fs.readdirSync(path.join(root, "examples"), { withFileTypes: true })) {
    if (!example.isDirectory()) continue;
    const manifest = path.join(root, "examples", example.name, "package.json");
    edit<Manifest>(manifest, (content) => require_(content, version));
  }
  edit<{ packages: Record<string, Manifest> }>(path.join(root, "package-lock.json"), ({ packages }) => {
    for (const [place, entry] of Object.entries(packages)) {
      if (PUBLISHED.some((workspace) => workspace === place)) entry.version = version;
      if (place.startsWith("examples/")) require_(entry, version);
    }
  });
  return version;
}

function require_({ dependencies }: Manifest, version: string): void {
  if (dependencies?.[NAME] !== undefined) dependencies[NAME] = `^${version}`;
}

function edit<T>(file: string, change: (content: T) => void): void {
  const content = readJson<T>(file);
  change(content);
  fs.writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}

function readJson<T>(file: string): T {
  return JSON.parse(fs.readFileSync(file, "utf8")) as T;
}
