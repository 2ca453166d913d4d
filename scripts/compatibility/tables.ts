import type { Line, Table } from "./cells";
import * as layouts from "./layouts";
import * as setups from "./setups";
import { MINIMUM_SDK, NEWEST_SDK, NODES, OWN_SDK, TYPESCRIPTS } from "./versions";

/** All that is tried. */

const bySetup = (setup: setups.Setup): Line => ({
  name: setup.name,
  setup,
  ...(setup.setting && { setting: setup.setting }),
});

const PNP = bySetup(setups.yarnPnp);

const PNP_TYPESCRIPT = "5.9.3";

// Pulumi's SDK compiles with a TypeScript that does not know Plug'n'Play, unless the project has one, which Yarn patches.
const PNP_LOADED: Line = {
  ...bySetup(setups.yarnPnpLoaded),
  name: `${setups.yarnPnpLoaded.name}, with TypeScript ${PNP_TYPESCRIPT}`,
  typescript: PNP_TYPESCRIPT,
};

const OWNED = { name: "dependency of a component", layout: layouts.ownedByComponent };

const YARN_PNPM = bySetup(setups.yarnPnpm);

const NOT_FOUND = "Cannot find module 'pulumi-connect-evaluations/provider'";

const MANAGERS: Table = {
  title: "Package managers",
  corner: "package manager",
  rows: [
    bySetup(setups.npm),
    bySetup(setups.pnpm10),
    bySetup(setups.pnpm),
    bySetup(setups.pnpmGlobal),
    bySetup(setups.yarn1),
    bySetup(setups.yarnNodeModules),
    YARN_PNPM,
    PNP,
    PNP_LOADED,
    bySetup(setups.bun),
    bySetup(setups.bunIsolated),
  ],
  columns: [
    { name: "TypeScript", layout: layouts.typeScript },
    { name: "TypeScript, ES module", layout: layouts.typeScriptModule },
    { name: "JavaScript, ES module", layout: layouts.esModule },
    OWNED,
    { name: "peer dependency of a component", layout: layouts.askedByComponent },
  ],
  known: [
    { rows: [PNP], says: "It looks like the Pulumi SDK has not been installed" },
    { rows: [YARN_PNPM], columns: [OWNED], says: NOT_FOUND },
    { rows: [PNP_LOADED], columns: [OWNED], says: "@pulumi/pulumi tried to access pulumi-connect-evaluations" },
  ],
};

const NPM_NESTED = bySetup(setups.npmNested);
const PNPM_WITHOUT_HOISTING = bySetup(setups.pnpmWithoutHoisting);
const YARN_HOISTING_LIMITS = bySetup(setups.yarnHoistingLimits);

const SIBLING = { name: "only a component in another member depends on it", layout: layouts.workspaceSibling };

const WORKSPACES: Table = {
  title: "Workspaces",
  corner: "package manager",
  rows: [
    bySetup(setups.npm),
    NPM_NESTED,
    bySetup(setups.pnpm10),
    bySetup(setups.pnpm),
    PNPM_WITHOUT_HOISTING,
    bySetup(setups.yarn1),
    bySetup(setups.yarn1Nohoist),
    bySetup(setups.yarnNodeModules),
    YARN_HOISTING_LIMITS,
    bySetup(setups.bun),
    bySetup(setups.bunIsolated),
  ],
  columns: [
    { name: "`Pulumi.yaml` in `packages/infra`", layout: layouts.workspaceMember },
    { name: "`Pulumi.yaml` in the root, with `main: packages/infra`", layout: layouts.workspaceRoot },
    SIBLING,
  ],
  known: [
    {
      rows: [NPM_NESTED, PNPM_WITHOUT_HOISTING, YARN_HOISTING_LIMITS],
      columns: [SIBLING],
      says: NOT_FOUND,
    },
  ],
};

const VERSIONS: Table = {
  title: "Node.js and Pulumi's SDK",
  corner: "Node.js",
  rows: NODES.map((node) => ({ name: node, node })),
  columns: [MINIMUM_SDK, OWN_SDK, NEWEST_SDK].map((sdk) => ({
    name: `\`@pulumi/pulumi\` ${sdk}`,
    sdk,
    layout: layouts.typeScript,
  })),
};

const BY_TYPESCRIPT = TYPESCRIPTS.map((typescript) => ({ name: typescript, typescript }));

const COMPILED = { name: "`pulumi up` compiles the program", layout: layouts.typeScript };

const COMPILERS: Table = {
  title: "TypeScript",
  corner: "TypeScript in the project",
  rows: BY_TYPESCRIPT,
  columns: [COMPILED, { name: "strict type check of the declarations", layout: layouts.declarations }],
  known: [{ rows: BY_TYPESCRIPT.slice(-1), columns: [COMPILED], says: "peerOptional typescript" }],
};

const AUTOMATION_MAIN = "`projectSettings` with `main`, the folder that has `node_modules`: see below.";

const WITH_SDK = { name: "esbuild, everything inlined, and installed too", layout: layouts.bundledWhole };

const WITHOUT_PACKAGE = {
  name: "esbuild, the package inlined, and not installed",
  layout: layouts.bundledWithoutPackage,
};

const ELSEWHERE = { name: "Automation API, run elsewhere", layout: layouts.automationElsewhere };

const LAYOUTS: Table = {
  title: "Other programs",
  corner: "program",
  rows: [
    { name: "JavaScript, CommonJS", layout: layouts.commonJs },
    { name: "esbuild, all packages external", layout: layouts.bundledApart },
    { name: "esbuild, the package inlined, and installed too", layout: layouts.bundledInside },
    WITH_SDK,
    WITHOUT_PACKAGE,
    { name: "Automation API, run in the program's folder", layout: layouts.automation },
    ELSEWHERE,
    {
      name: "Automation API, run elsewhere, with `main`",
      layout: layouts.automationWithMain,
      setting: AUTOMATION_MAIN,
    },
  ],
  columns: [{ name: "result" }],
  known: [
    { rows: [WITH_SDK], says: "/vendor/typescript@" },
    { rows: [WITHOUT_PACKAGE], says: "Install pulumi-connect-evaluations in " },
    { rows: [ELSEWHERE], says: "Cannot find module '@pulumi/pulumi/cmd/dynamic-provider'" },
  ],
};

export const TABLES: readonly Table[] = [MANAGERS, WORKSPACES, VERSIONS, COMPILERS, LAYOUTS];
