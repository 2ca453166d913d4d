import * as pulumi from "@pulumi/pulumi";
import type { Evaluate } from "./evaluate";

/**
 * The engine's floor: a resource of the same type, with the same inputs and an id as long as an ARN, whose provider, in the
 * same kind of process, does nothing. With `padding` it keeps that many bytes more in its state.
 */

const padding = new pulumi.Config().getNumber("padding") ?? 0;
const kept = padding > 0 ? `,kept:'x'.repeat(${padding})` : "";
const NOTHING = `exports.handler=()=>({create:async(i)=>({id:i.instanceId.repeat(4),outs:{...i${kept}}})});`;

class Nothing extends pulumi.CustomResource {
  constructor(name: string, props: pulumi.Inputs) {
    super("pulumi-nodejs:dynamic/connect:ContactEvaluation", name, { ...props, __provider: NOTHING });
  }
}

export const evaluate: Evaluate = (name, args) => new Nothing(name, { ...args });
