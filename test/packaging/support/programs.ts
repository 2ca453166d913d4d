import type { Files } from "./folders";

/**
 * Complete Pulumi projects, each with one evaluation called `calibration`, as their users would write them. Each also has
 * an output, `node`, by which it is known which Node.js ran it.
 */

/** The namespace of the configuration from which every program takes what it evaluates. */
export const NAMESPACE = "evaluation";

const ARGS = `{
  instanceId: config.require("instanceId"),
  contactId: config.require("contactId"),
  evaluationFormId: config.require("evaluationFormId"),
}`;

const PROJECT = "name: installed\nruntime: nodejs\n";

export const commonJsProgram: Files = {
  "Pulumi.yaml": PROJECT,
  "package.json": { name: "installed", private: true, main: "index.js" },
  "index.js": `
    const pulumi = require("@pulumi/pulumi");
    const { ContactEvaluation } = require("pulumi-connect-evaluations");
    const config = new pulumi.Config("${NAMESPACE}");
    exports.arn = new ContactEvaluation("calibration", ${ARGS}).evaluationArn;
    exports.node = process.version;
  `,
};

export const moduleProgram: Files = {
  "Pulumi.yaml": PROJECT,
  "package.json": { name: "installed", private: true, type: "module", main: "index.js" },
  "index.js": `
    import * as pulumi from "@pulumi/pulumi";
    import { ContactEvaluation } from "pulumi-connect-evaluations";
    const config = new pulumi.Config("${NAMESPACE}");
    export const arn = new ContactEvaluation("calibration", ${ARGS}).evaluationArn;
    export const node = process.version;
  `,
};

const TYPESCRIPT = `
  import * as pulumi from "@pulumi/pulumi";
  import { ContactEvaluation } from "pulumi-connect-evaluations";
  const config = new pulumi.Config("${NAMESPACE}");
  declare const process: { version: string };
  export const arn: pulumi.Output<string> = new ContactEvaluation("calibration", ${ARGS}).evaluationArn;
  export const node: string = process.version;
`;

export const typeScriptProgram: Files = {
  "Pulumi.yaml": PROJECT,
  "package.json": { name: "installed", private: true, main: "index.ts" },
  "index.ts": TYPESCRIPT,
};

export const typeScriptModuleProgram: Files = {
  "Pulumi.yaml": PROJECT,
  "package.json": { name: "installed", private: true, type: "module", main: "index.ts" },
  "index.ts": TYPESCRIPT,
};

/** A program whose evaluation is declared by a package that it depends on. */
export const programOfTheKit: Files = {
  "Pulumi.yaml": PROJECT,
  "index.js": `
    const pulumi = require("@pulumi/pulumi");
    const { calibrate } = require("calibration-kit");
    const config = new pulumi.Config("${NAMESPACE}");
    exports.arn = calibrate("calibration", ${ARGS}).evaluationArn;
    exports.node = process.version;
  `,
};

export const calibrationKit: Files = {
  "index.js": `
    const { ContactEvaluation } = require("pulumi-connect-evaluations");
    exports.calibrate = (name, args) => new ContactEvaluation(name, args);
  `,
};

/**
 * A program of the Automation API, run with the arguments of `pulumi`. `main` is the folder, seen from where it is run,
 * that has the modules; empty leaves the option out.
 */
export const automationProgram = (main: string): Files => ({
  "Pulumi.yaml": PROJECT,
  "package.json": { name: "installed", private: true },
  "automation.js": `
    const { copyFileSync, mkdirSync } = require("node:fs");
    const path = require("node:path");
    const pulumi = require("@pulumi/pulumi");
    const { LocalWorkspace } = require("@pulumi/pulumi/automation");
    const { ContactEvaluation } = require("pulumi-connect-evaluations");

    const program = async () => {
      const config = new pulumi.Config("${NAMESPACE}");
      const evaluation = new ContactEvaluation("calibration", ${ARGS});
      return { arn: evaluation.evaluationArn, node: process.version };
    };

    const run = async (args) => {
      const workDir = path.resolve("automation");
      mkdirSync(workDir, { recursive: true });
      copyFileSync("Pulumi.dev.yaml", path.join(workDir, "Pulumi.dev.yaml"));
      const main = ${JSON.stringify(main)} && path.resolve(${JSON.stringify(main)});
      const settings = main && { projectSettings: { name: "installed", runtime: "nodejs", main } };
      const inline = { stackName: "dev", projectName: "installed", program };
      const stack = await LocalWorkspace.createOrSelectStack(inline, { workDir, ...settings });
      if (args.includes("destroy")) await stack.destroy();
      else await stack.up({ expectNoChanges: args.includes("--expect-no-changes") });
    };

    run(process.argv).catch((error) => {
      console.error(error);
      process.exitCode = 1;
    });
  `,
});
