import { hash } from "../shared/hash";
import type { Inputs } from "../shared/model";

/** The ClientTokens of one resource for what it evaluates. */
export interface TokenChain {
  first: string;
  /** The token after one that turned out to be spent on the evaluation with this id, or refused for the nth time. */
  after(spentOn: string | number): string;
}

/**
 * The chain is a function of the resource's identity and of what it evaluates, so a run that was cut off and is
 * repeated walks it to the same evaluation. Tags are not part of it: a changed tag must not start a second one.
 */
export function tokenChain(namespace: string, key: string, inputs: Inputs): TokenChain {
  const identity = [
    namespace,
    key,
    inputs.instanceId,
    inputs.contactId,
    inputs.evaluationFormId,
    inputs.autoEvaluationConfiguration?.enabled ?? null,
  ];
  return {
    first: inputs.clientToken ?? hash(...identity),
    after: (spentOn) => hash(...identity, spentOn),
  };
}
