import * as pulumi from "@pulumi/pulumi";
import type { Evaluate } from "./evaluate";

/**
 * The engine's floor: a resource of the same type, with the same inputs and an id as long as an ARN, whose provider, in the
 * same kind of process, does nothing but keep its inputs. With `padding` its state has that many bytes more.
 */

const NOTHING =
  "exports.handler=()=>({create:async(i)=>({id:i.instanceId.repeat(4),outs:i}),update:async(d,o,i)=>({outs:i})})";

// Half of them: the source stands in the inputs and in the outputs.
const padding = " ".repeat((new pulumi.Config().getNumber("padding") ?? 0) / 2);

class Nothing extends pulumi.CustomResource {
  constructor(name: string, props: pulumi.Inputs) {
    super("pulumi-nodejs:dynamic/connect:ContactEvaluation", name, { ...props, __provider: NOTHING + padding });
  }
}

export const evaluate: Evaluate = (name, args) => new Nothing(name, { ...args });
