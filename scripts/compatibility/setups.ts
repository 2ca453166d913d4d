import * as path from "node:path";
import type { Files } from "../../test/packaging/support/folders";
import type { Environment } from "../../test/support/environment";
import type { Tool } from "./tools";
import { TOOLS } from "./versions";

/** Package managers, each in the settings in which it is tried. */

export interface Setup {
  /** As the page calls it. */
  readonly name: string;
  readonly tool: Tool;
  readonly install: readonly string[];
  /** Files beside the package.json in which `install` is run. */
  readonly files?: Files;
  /** Members of that package.json. */
  readonly manifest?: object;
  /** Another part of pnpm-workspace.yaml. */
  readonly pnpm?: object;
  /** How a package of the same workspace is asked for. */
  readonly sibling: string;
  /** What `pulumi` has to be run with, by the folder of the installation. */
  readonly env?: (folder: string) => Environment;
  /** What a user has to do, in words. */
  readonly setting?: string;
}

const tool = (key: keyof typeof TOOLS, file: string, name: string = key): Tool => ({
  package: name,
  version: TOOLS[key],
  file,
});

const NPM = { tool: tool("npm", "bin/npm-cli.js"), install: ["install"], sibling: "1.0.0" };
const PNPM_10 = { tool: tool("pnpm10", "bin/pnpm.cjs", "pnpm"), install: ["install"], sibling: "workspace:*" };
const PNPM = {
  tool: tool("pnpm", "bin/pnpm.mjs"),
  install: ["install"],
  sibling: "workspace:*",
  pnpm: { allowBuilds: { protobufjs: true } },
  setting:
    "`allowBuilds: { protobufjs: true }` in `pnpm-workspace.yaml`, or `pnpm approve-builds`. pnpm 12 refuses to install " +
    "Pulumi's SDK until it knows what to do with the build script of protobufjs.",
};
const YARN_1 = { tool: tool("yarn", "bin/yarn.js"), install: ["install", "--non-interactive"], sibling: "1.0.0" };
const YARN = { tool: tool("@yarnpkg/cli-dist", "bin/yarn.js"), install: ["install"], sibling: "workspace:*" };
const BUN = { tool: tool("bun", "bin/bun.exe"), install: ["install"], sibling: "workspace:*" };

/** Without a lock file, Yarn takes the folder for a part of what is above it. */
const yarnrc = (settings: object): Files => ({ "yarn.lock": "", ".yarnrc.yml": settings });

export const npm: Setup = { ...NPM, name: `npm ${NPM.tool.version}` };
export const npmNested: Setup = {
  ...NPM,
  name: "npm, `install-strategy=nested`",
  install: ["install", "--install-strategy=nested"],
};
export const pnpm10: Setup = { ...PNPM_10, name: `pnpm ${PNPM_10.tool.version}` };
export const pnpm: Setup = { ...PNPM, name: `pnpm ${PNPM.tool.version}` };
export const pnpmWithoutHoisting: Setup = {
  ...PNPM,
  name: "pnpm, `hoist: false`",
  pnpm: { ...PNPM.pnpm, hoist: false },
};
export const pnpmGlobal: Setup = {
  ...PNPM,
  name: "pnpm, `enableGlobalVirtualStore: true`",
  pnpm: { ...PNPM.pnpm, enableGlobalVirtualStore: true },
};
export const yarn1: Setup = { ...YARN_1, name: `Yarn ${YARN_1.tool.version}` };
export const yarn1Nohoist: Setup = {
  ...YARN_1,
  name: "Yarn 1, `nohoist`",
  manifest: { workspaces: { packages: ["packages/*"], nohoist: ["**"] } },
};
export const yarnNodeModules: Setup = {
  ...YARN,
  name: `Yarn ${YARN.tool.version}, \`nodeLinker: node-modules\``,
  files: yarnrc({ nodeLinker: "node-modules" }),
};
export const yarnHoistingLimits: Setup = {
  ...YARN,
  name: "Yarn 4, `nmHoistingLimits: workspaces`",
  files: yarnrc({ nodeLinker: "node-modules", nmHoistingLimits: "workspaces" }),
};
export const yarnPnpm: Setup = {
  ...YARN,
  name: `Yarn ${YARN.tool.version}, \`nodeLinker: pnpm\``,
  files: yarnrc({ nodeLinker: "pnpm" }),
};
export const yarnPnp: Setup = {
  ...YARN,
  name: `Yarn ${YARN.tool.version}, Plug'n'Play`,
  files: yarnrc({ nodeLinker: "pnp" }),
};
export const yarnPnpLoaded: Setup = {
  ...yarnPnp,
  name: `Yarn ${YARN.tool.version}, Plug'n'Play, loaded`,
  setting:
    '`NODE_OPTIONS="--require /path/to/.pnp.cjs --experimental-loader /path/to/.pnp.loader.mjs"` in the environment of ' +
    "every `pulumi` command, with the absolute paths of the two files that Yarn makes; for a TypeScript program, also " +
    "`typescript` among the project's own dependencies.",
  env: (folder) => ({
    NODE_OPTIONS: `--require ${path.join(folder, ".pnp.cjs")} --experimental-loader ${path.join(folder, ".pnp.loader.mjs")}`,
  }),
};
export const bun: Setup = { ...BUN, name: `bun ${BUN.tool.version}` };
export const bunIsolated: Setup = {
  ...BUN,
  name: "bun, `--linker isolated`",
  install: ["install", "--linker", "isolated"],
};
