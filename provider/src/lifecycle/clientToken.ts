import { hash } from "../shared/hash";
import type { Inputs } from "../shared/model";

/** What the ClientToken of a start is made of. */
export interface TokenParts {
  namespace: string;
  /** The resource's key. */
  key: string;
  inputs: Inputs;
  /** Another one in every life of the resource, and the same for a run that repeats an interrupted one. */
  salt: string;
  /** How many tokens turned out to be spent before. */
  spent: number;
  /** The service's time. */
  now: Date;
}

const HOUR_MS = 60 * 60 * 1000;

/**
 * The ClientToken for one life of a resource, from the start of its evaluation to the deletion. A run that repeats an
 * interrupted one sends the same token and gets the same evaluation, even while no read shows that evaluation yet.
 * Later the marker finds it, so the token lives for an hour at most. Tags are not part of it: a changed tag must not
 * start a second evaluation.
 */
export function clientToken({ namespace, key, inputs, salt, spent, now }: TokenParts): string {
  const { instanceId, contactId, evaluationFormId, autoEvaluationConfiguration } = inputs;
  const automatic = autoEvaluationConfiguration?.enabled ?? null;
  const hour = Math.floor(now.getTime() / HOUR_MS);
  return hash(namespace, key, instanceId, contactId, evaluationFormId, automatic, salt, spent, hour);
}
