import type { RecordedEvaluation } from "../connect/evaluation";
import { hash } from "../shared/hash";
import type { Inputs } from "../shared/model";
import { type Clock, isYoung } from "./absence";

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

export interface Token {
  value: string;
  /** The author's own `clientToken`, which another resource may have too. */
  isGiven: boolean;
  /** An earlier life may have had it, so an evaluation that cannot be read may be gone. */
  mayBeSpent: boolean;
}

interface Life extends Omit<TokenParts, "salt" | "spent" | "now"> {
  clock: Clock;
}

/**
 * The token for the next start.
 * @param latest the contact's latest evaluation with the form, which is none of the resource's that it could take over.
 * @param spent how many tokens turned out to be spent before.
 */
export function tokenFor(life: Life, latest: RecordedEvaluation | undefined | "unknown", spent: number): Token {
  const { inputs, clock } = life;
  const recorded = latest === "unknown" ? undefined : latest;
  const isDeleted = recorded?.status === "DELETED";
  // A young one is another's, and may have been started beside what an interrupted run started: both runs have to send
  // the same token all the same.
  const isSalt = recorded !== undefined && (isDeleted || !isYoung(clock, recorded.startedTime ?? 0));
  const derived = clientToken({ ...life, salt: isSalt ? recorded.evaluationArn : "", spent, now: clock.now() });
  // The given token is the first life's.
  const given = spent === 0 && recorded === undefined ? inputs.clientToken : undefined;
  const mayBeSpent = latest === "unknown" || (recorded !== undefined && !isDeleted);
  return { value: given ?? derived, isGiven: given !== undefined, mayBeSpent };
}
