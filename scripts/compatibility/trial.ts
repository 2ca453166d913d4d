import * as path from "node:path";
import { run } from "../../test/packaging/support/commands";
import { writeFolder } from "../../test/packaging/support/folders";
import { assertWholeLife } from "../../test/packaging/support/lifecycle";
import { engineBin } from "../../test/support/engine";
import type { Environment } from "../../test/support/environment";
import type { Combination } from "./cells";
import type { Ingredients, Layout } from "./layouts";
import { CACHE, fetchNode, fetchTool } from "./tools";
import { TOOLS } from "./versions";

/** What all trials share. */
export interface Supplies extends Pick<Ingredients, "packed" | "kits"> {
  /** The registry that the user's npm is set to, for the others, too. */
  readonly registry: string;
}

/** Installs a combination into an empty folder and runs its whole life there; throws where it does not work. */
export async function tryOut(combination: Combination, folder: string, supplies: Supplies): Promise<void> {
  const { setup, layout, node } = combination;
  await writeFolder(folder, layout.files({ ...supplies, ...combination }));
  const nodeFolder = await fetchNode(node);
  const PATH = [nodeFolder, await engineBin(), process.env.PATH].join(path.delimiter);
  const env = { ...placesOf(setup.name, supplies.registry), PATH };
  const tool = await fetchTool(setup.tool);
  const command: [string, ...string[]] = tool.endsWith("exe") ? [tool] : [path.join(nodeFolder, "node"), tool];
  for (const installed of layout.installs) {
    const [program, ...args] = [...command, ...setup.install];
    await run(program ?? "", args, path.join(folder, installed), env);
  }
  await makeBundle(layout, folder, env);
  if (layout.isCompiled) {
    await run(path.join(folder, "node_modules/.bin/tsc"), COMPILE, folder, { PATH });
  } else {
    await assertWholeLife(path.join(folder, layout.project), {
      node: `v${node}`,
      env: { PATH, ...setup.env?.(folder) },
      ...(layout.script && { command: ["node", layout.script] }),
    });
  }
}

const COMPILE =
  "--noEmit --strict --target es2022 --module node16 --moduleResolution node16 accepted.mts accepted.cts".split(" ");

async function makeBundle({ bundle }: Layout, folder: string, env: Environment): Promise<void> {
  if (bundle === undefined) return;
  const esbuild = await fetchTool({ package: "esbuild", version: TOOLS.esbuild, file: "bin/esbuild" });
  const flags = ["index.ts", "--bundle", "--platform=node", "--log-level=warning"];
  const outfile = bundle.flags.some((flag) => flag.startsWith("--outfile")) ? [] : ["--outfile=dist/index.js"];
  await run(esbuild, [...flags, ...outfile, ...bundle.flags], path.join(folder, bundle.folder), env);
}

/** Where package managers keep what they keep, so that none touches the user's. */
function placesOf(name: string, registry: string): Environment {
  const place = path.join(CACHE, "package-managers", name.replaceAll(/\W+/g, "-"));
  return {
    // There, pnpm has no global store, and others want a lock file.
    CI: "false",
    npm_config_cache: path.join(place, "npm"),
    npm_config_registry: registry,
    // `npm run --silent` would keep npm from saying what is wrong.
    npm_config_loglevel: "error",
    npm_config_store_dir: path.join(place, "pnpm-store"),
    pnpm_config_store_dir: path.join(place, "pnpm-store"),
    pnpm_config_registry: registry,
    YARN_CACHE_FOLDER: path.join(place, "yarn"),
    YARN_GLOBAL_FOLDER: path.join(place, "yarn-global"),
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_REGISTRY: registry,
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
    YARN_ENABLE_TELEMETRY: "false",
    BUN_INSTALL_CACHE_DIR: path.join(place, "bun"),
    BUN_CONFIG_REGISTRY: registry,
    XDG_CACHE_HOME: path.join(place, "cache"),
    XDG_DATA_HOME: path.join(place, "data"),
    XDG_STATE_HOME: path.join(place, "state"),
  };
}
