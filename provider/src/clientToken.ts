import { createHash } from "node:crypto";
import type { Inputs } from "./model";

const sha256 = (...parts: unknown[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

/** The hidden `__key`: 128 bits that stay the same for a resource however often its creation is repeated. */
export const resourceKey = (organization: string, urn: string): string => sha256(organization, urn).slice(0, 32);

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
export function tokenChain(namespace: string, inputs: Inputs): TokenChain {
  const identity = [
    namespace,
    inputs.__key ?? "",
    inputs.instanceId,
    inputs.contactId,
    inputs.evaluationFormId,
    inputs.autoEvaluationConfiguration?.enabled ?? null,
  ];
  return {
    first: inputs.clientToken ?? sha256(...identity),
    after: (spentOn) => sha256(...identity, spentOn),
  };
}
