import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation, type ContactEvaluationArgs, Provider, type ProviderArgs } from "pulumi-connect-evaluations";
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
  /** Settings other than the stack's. */
  provider(name: string, settings: ProviderArgs): pulumi.ProviderResource;
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
  provider: (name, settings) => new Provider(name, settings),
};

const TOKEN = "connect-evaluations:index:ContactEvaluation";

const OUTPUTS = Object.fromEntries([...INPUTS, ...OBSERVED, "evaluationArn"].map((name) => [name, undefined]));

class PluginResource extends pulumi.CustomResource {}
class PluginProvider extends pulumi.ProviderResource {}

/** As SDKs do that are generated from the schema. */
const declarePlugins = (name: string, args?: ContactEvaluationArgs, opts?: pulumi.CustomResourceOptions): Evaluation =>
  new PluginResource(TOKEN, name, { ...OUTPUTS, ...args }, opts) as unknown as Evaluation;

/** The provider plugin. */
export const PLUGIN: Front = {
  name: "the plugin",
  type: TOKEN,
  namespace: "connect-evaluations",
  declare: declarePlugins,
  get: (name, arn, opts) => declarePlugins(name, undefined, { ...opts, id: arn }),
  provider: (name, settings) => new PluginProvider("connect-evaluations", name, asText(settings)),
};

/** Generated SDKs send structured settings, numbers and flags as JSON. */
const asText = (settings: ProviderArgs): pulumi.Inputs =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, pulumi.output(value).apply(toText)]));

const toText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

export const FRONTS: readonly Front[] = [DYNAMIC, PLUGIN];

/** The one of the stories that are not told for each. */
export const USUAL_FRONT: Front = process.env.TEST_FRONT === "plugin" ? PLUGIN : DYNAMIC;

/** The words of the class, with the settings as the usual front names them; `aws:TagKeys` is a condition key of IAM. */
export const inWords = (said: string): string => said.replace(/(?<![\w:])aws:(?=[a-z])/g, `${USUAL_FRONT.namespace}:`);

/** The same for a pattern. */
export const patternInWords = (pattern: RegExp): RegExp => new RegExp(inWords(pattern.source), pattern.flags);
