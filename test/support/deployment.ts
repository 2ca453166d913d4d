import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { StackIdentity } from "./preparedStack";

/** A resource in the state of a stack. */
export interface ResourceState {
  urn: string;
  type: string;
  id?: string;
  custom: boolean;
  parent?: string;
  provider?: string;
  protect?: boolean;
  external?: boolean;
  /** A replaced resource whose deletion is still to be done. */
  delete?: boolean;
  /** A resource that was deleted and whose replacement is still to be created. */
  pendingReplacement?: boolean;
  initErrors?: string[];
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  propertyDependencies?: Record<string, string[] | null>;
  [other: string]: unknown;
}

/** An operation that was cut off before its end was known. */
interface PendingOperation {
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
  resource: ResourceState;
}

/** The state of a stack, in the form of `pulumi stack export`. */
export interface Deployment {
  resources: ResourceState[];
  pending_operations?: PendingOperation[];
  [other: string]: unknown;
}

/** The contact evaluations among the resources, those that wait for their deletion included. */
export const contactEvaluations = ({ resources }: Deployment): ResourceState[] =>
  resources.filter(({ type }) => type.endsWith(":ContactEvaluation"));

interface Checkpoint {
  version: number;
  checkpoint: { latest?: Partial<Deployment> };
}

/** Reads the state from the file that the engine writes, which takes no engine and no time. */
export async function readDeployment(backend: string, identity: StackIdentity): Promise<Deployment> {
  const file = path.join(backend, ".pulumi", "stacks", identity.project, `${identity.stack}.json`);
  const { checkpoint } = JSON.parse(await fs.readFile(file, "utf8")) as Checkpoint;
  return { resources: [], ...checkpoint.latest };
}
