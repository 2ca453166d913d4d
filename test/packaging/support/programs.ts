import type { Files } from "./folders";

/** Complete Pulumi projects, each with one evaluation called `calibration`, as their users would write them. */

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
  `,
};

export const typeScriptProgram: Files = {
  "Pulumi.yaml": PROJECT,
  "package.json": { name: "installed", private: true, main: "index.ts" },
  "index.ts": `
    import * as pulumi from "@pulumi/pulumi";
    import { ContactEvaluation } from "pulumi-connect-evaluations";
    const config = new pulumi.Config("${NAMESPACE}");
    export const arn: pulumi.Output<string> = new ContactEvaluation("calibration", ${ARGS}).evaluationArn;
  `,
};

/** A program whose evaluation is declared by a package that it depends on. */
export const programOfTheKit: Files = {
  "Pulumi.yaml": PROJECT,
  "index.js": `
    const pulumi = require("@pulumi/pulumi");
    const { calibrate } = require("calibration-kit");
    const config = new pulumi.Config("${NAMESPACE}");
    exports.arn = calibrate("calibration", ${ARGS}).evaluationArn;
  `,
};

export const calibrationKit: Files = {
  "index.js": `
    const { ContactEvaluation } = require("pulumi-connect-evaluations");
    exports.calibrate = (name, args) => new ContactEvaluation(name, args);
  `,
};
