import * as pulumi from "@pulumi/pulumi";
import type { Evaluate } from "./evaluate";

/** This package's provider plugin, as SDKs declare its resource that are generated from the schema. */
class PluginEvaluation extends pulumi.CustomResource {
  constructor(name: string, props: pulumi.Inputs) {
    super("connect-evaluations:index:ContactEvaluation", name, props);
  }
}

export const evaluate: Evaluate = (name, args) => new PluginEvaluation(name, { ...args });
