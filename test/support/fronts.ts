import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation, type ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { INPUTS, OBSERVED } from "../../provider/src/shared/model";

/** The two ways in which the engine reaches the life cycle. What is promised of both is told once, for each of them. */
export interface Front {
  /** As test titles have it. */
  readonly name: string;
  readonly type: string;
  /** Of the stack's configuration. */
  readonly namespace: string;
  declare(name: string, args: ContactEvaluationArgs, opts?: pulumi.CustomResourceOptions): Evaluation;
  /** Reads an evaluation, as a program does that does not manage it. */
  get(name: string, arn: string, opts?: pulumi.CustomResourceOptions): Evaluation;
}

/** What a program may read of either. */
export type Evaluation = pulumi.CustomResource & Omit<ContactEvaluation, keyof pulumi.CustomResource>;

/** The class of TypeScript programs. */
export const DYNAMIC: Front = {
  name: "the dynamic provider",
  type: "pulumi-nodejs:dynamic/connect:ContactEvaluation",
  namespace: "aws",
  declare: (name, args, opts) => new ContactEvaluation(name, args, opts),
  get: (name, arn, opts) => ContactEvaluation.get(name, arn, opts),
};

const TOKEN = "connect-evaluations:index:ContactEvaluation";

const OUTPUTS = Object.fromEntries([...INPUTS, ...OBSERVED, "evaluationArn"].map((name) => [name, undefined]));

/** As SDKs do that are generated from the schema. */
const declarePlugins = (name: string, args?: ContactEvaluationArgs, opts?: pulumi.CustomResourceOptions): Evaluation =>
  new pulumi.CustomResource(TOKEN, name, { ...OUTPUTS, ...args }, opts) as unknown as Evaluation;

/** The provider plugin. */
export const PLUGIN: Front = {
  name: "the plugin",
  type: TOKEN,
  namespace: "connect-evaluations",
  declare: declarePlugins,
  get: (name, arn, opts) => declarePlugins(name, undefined, { ...opts, id: arn }),
};

export const FRONTS: readonly Front[] = [DYNAMIC, PLUGIN];
