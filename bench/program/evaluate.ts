import type { Resource } from "@pulumi/pulumi";

/** What each of the ways declares. */
export interface EvaluationArgs {
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
  tags: Record<string, string>;
}

/** Declares one evaluation in the program. */
export type Evaluate = (name: string, args: EvaluationArgs) => Resource;
