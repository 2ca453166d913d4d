import type { Files } from "../../test/packaging/support/folders";
import {
  automationProgram,
  calibrationKit,
  commonJsProgram,
  moduleProgram,
  programOfTheKit,
  typeScriptModuleProgram,
  typeScriptProgram,
} from "../../test/packaging/support/programs";
import { ACCEPTED } from "../../test/packaging/support/types";
import type { Setup } from "./setups";

/** Projects as users lay them out, each with what is installed where. */

/** What goes into a layout. */
export interface Ingredients {
  readonly setup: Setup;
  readonly sdk: string;
  /** The compiler that the project brings along. */
  readonly typescript?: string;
  /** The packed package, as a dependency. */
  readonly packed: string;
  /** Packed component libraries that depend on the package, or ask for it as a peer. */
  readonly kits: Readonly<Record<"owning" | "asking", string>>;
}

export interface Layout {
  readonly files: (ingredients: Ingredients) => Files;
  /** The folders in which the package manager installs, one after the other. */
  readonly installs: readonly string[];
  /** The folder of Pulumi.yaml. */
  readonly project: string;
  /** What esbuild is told, between the installations and the run. */
  readonly bundle?: { readonly folder: string; readonly flags: readonly string[] };
  /** A script that is run in place of `pulumi`, relative to the project's folder. */
  readonly script?: string;
  /** It is compiled, and not run. */
  readonly isCompiled?: true;
}

const NAME = "pulumi-connect-evaluations";
const SDK = "@pulumi/pulumi";

const direct = ({ sdk, packed, typescript }: Ingredients) => ({
  dependencies: { [SDK]: sdk, [NAME]: packed },
  ...(typescript && { devDependencies: { typescript } }),
});

/** A program with more members in its package.json, and with the settings of the package manager. */
function project(program: Files, manifest: object, { setup }: Ingredients): Files {
  return {
    ...program,
    ...setup.files,
    "package.json": { ...Object(program["package.json"]), ...manifest },
    ...pnpmSettings(setup, {}),
  };
}

function pnpmSettings({ pnpm }: Setup, more: object): Files {
  const settings = { ...pnpm, ...more };
  return Object.keys(settings).length === 0 ? {} : { "pnpm-workspace.yaml": settings };
}

/** Files moved into a folder. */
function inside(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

const alone = (program: Files): Layout => ({
  files: (ingredients) => project(program, direct(ingredients), ingredients),
  installs: ["."],
  project: ".",
});

export const commonJs = alone(commonJsProgram);
export const esModule = alone(moduleProgram);
export const typeScript = alone(typeScriptProgram);
export const typeScriptModule = alone(typeScriptModuleProgram);

const withKit = (manifest: object, ingredients: Ingredients): Files =>
  project(programOfTheKit, { name: "program", private: true, main: "index.js", ...manifest }, ingredients);

/** A component library that has the package, which the program does not ask for. */
export const ownedByComponent: Layout = {
  files: (ingredients) => {
    const { sdk, packed, kits, setup } = ingredients;
    const dependencies = { [SDK]: sdk, "calibration-kit": kits.owning };
    // A library would get the package from a registry, which does not have this one. npm and bun read `overrides` in
    // package.json, Yarn reads `resolutions`, pnpm its own file.
    const overrides = { [NAME]: packed };
    return {
      ...withKit({ dependencies, overrides, resolutions: overrides }, ingredients),
      ...pnpmSettings(setup, { overrides }),
    };
  },
  installs: ["."],
  project: ".",
};

/** A component library that asks its user for the package. */
export const askedByComponent: Layout = {
  files: (ingredients) => {
    const { sdk, packed, kits } = ingredients;
    return withKit({ dependencies: { [SDK]: sdk, [NAME]: packed, "calibration-kit": kits.asking } }, ingredients);
  },
  installs: ["."],
  project: ".",
};

const INFRA = "packages/infra";

function workspace(members: Files, { setup }: Ingredients): Files {
  return {
    ...members,
    ...setup.files,
    ...pnpmSettings(setup, { packages: ["packages/*"] }),
    "package.json": { name: "workspace", private: true, workspaces: ["packages/*"], ...setup.manifest },
    // Another member, so that there is something to share.
    "packages/other/package.json": { name: "other", version: "1.0.0", dependencies: { "https-proxy-agent": "7.0.6" } },
  };
}

const member = (program: Files, manifest: object): Files => ({
  ...program,
  "package.json": { ...Object(program["package.json"]), name: "infra", version: "1.0.0", ...manifest },
});

export const workspaceMember: Layout = {
  files: (ingredients) => workspace(inside(INFRA, member(commonJsProgram, direct(ingredients))), ingredients),
  installs: ["."],
  project: INFRA,
};

/** Pulumi.yaml in the root of a workspace names the member that has the program. */
export const workspaceRoot: Layout = {
  files: (ingredients) => {
    const { "Pulumi.yaml": settings, ...program } = member(commonJsProgram, direct(ingredients));
    return { ...workspace(inside(INFRA, program), ingredients), "Pulumi.yaml": `${settings}main: ${INFRA}\n` };
  },
  installs: ["."],
  project: ".",
};

/** Another member of the workspace has the package, and the program asks for that member alone. */
export const workspaceSibling: Layout = {
  files: (ingredients) => {
    const { sdk, packed, setup } = ingredients;
    const dependencies = { [SDK]: sdk, "calibration-kit": setup.sibling };
    const kit = { name: "calibration-kit", version: "1.0.0", dependencies: { [SDK]: sdk, [NAME]: packed } };
    const members = {
      ...inside(INFRA, member(programOfTheKit, { main: "index.js", dependencies })),
      ...inside("packages/kit", { ...calibrationKit, "package.json": kit }),
    };
    return workspace(members, ingredients);
  },
  installs: ["."],
  project: INFRA,
};

/** A bundle beside its sources, in one installation. */
const bundled = (flags: readonly string[]): Layout => ({
  ...typeScript,
  files: (ingredients) => {
    const files = project(typeScriptProgram, direct(ingredients), ingredients);
    return { ...files, "package.json": { ...Object(files["package.json"]), main: "dist/index.js" } };
  },
  bundle: { folder: ".", flags },
});

export const bundledApart = bundled(["--packages=external"]);
export const bundledInside = bundled([`--external:${SDK}`]);
export const bundledWhole = bundled([]);

/** A bundle that has the package inside and is deployed with the SDK alone. */
export const bundledWithoutPackage: Layout = {
  files: (ingredients) => ({
    ...inside("source", project(typeScriptProgram, direct(ingredients), ingredients)),
    "deploy/Pulumi.yaml": typeScriptProgram["Pulumi.yaml"] ?? "",
    "deploy/package.json": { private: true, main: "dist/index.js", dependencies: { [SDK]: ingredients.sdk } },
  }),
  installs: ["source", "deploy"],
  project: "deploy",
  bundle: { folder: "source", flags: [`--external:${SDK}`, "--outfile=../deploy/dist/index.js"] },
};

/** The Automation API, run in the folder that has the modules. */
export const automation: Layout = { ...alone(automationProgram("")), script: "automation.js" };

const elsewhere = (main: string): Layout => ({
  files: (ingredients) => ({
    ...inside("program", project(automationProgram(main), direct(ingredients), ingredients)),
    "ci/Pulumi.yaml": automationProgram(main)["Pulumi.yaml"] ?? "",
  }),
  installs: ["program"],
  project: "ci",
  script: "../program/automation.js",
});

/** The Automation API, run in a folder that sees no modules. */
export const automationElsewhere = elsewhere("");
export const automationWithMain = elsewhere("../program");

export const declarations: Layout = {
  files: (ingredients) => {
    const { typescript } = ingredients;
    // What old compilers can read, and a compiler that Pulumi's SDK does not take.
    const overrides = { "@types/node": "20.19.43", ...(typescript && { typescript }) };
    return {
      ...project({}, { private: true, ...direct(ingredients), overrides }, ingredients),
      "accepted.mts": ACCEPTED,
      "accepted.cts": ACCEPTED,
    };
  },
  installs: ["."],
  project: ".",
  isCompiled: true,
};
