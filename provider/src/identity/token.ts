import type { RecordedEvaluation } from "../connect/evaluation";
import { type Clock, isYoung } from "../connect/eventually";
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

export interface Token {
  value: string;
  /** The author's own `clientToken`, which another resource may have too. */
  isGiven: boolean;
  /** An earlier life may have had it, so an evaluation that cannot be read may be gone. */
  mayBeSpent: boolean;
}

/** What a token is for, whichever turn of the resource it is. */
type Life = Pick<TokenParts, "namespace" | "key" | "inputs"> & { clock: Clock };

/**
 * The token for the next start, by the contact's latest evaluation with the form, which is none of the resource's that it
 * could take over.
 *
 * | latest                       | salt  | the given one first | may be spent |
 * | ---------------------------- | ----- | ------------------- | ------------ |
 * | none                         | none  | yes                 | no           |
 * | "unknown": may not be seen   | none  | yes                 | yes          |
 * | deleted                      | it    | no                  | no           |
 * | alive, and not young         | it    | no                  | yes          |
 * | alive and young: another's   | none  | no                  | yes          |
 *
 * The young one may have been started beside what an interrupted run started: both runs have to send the same token.
 * @param spent how many tokens turned out to be spent before.
 */
export function tokenFor(life: Life, latest: RecordedEvaluation | undefined | "unknown", spent: number): Token {
  const { namespace, key, inputs, clock } = life;
  const recorded = latest === "unknown" ? undefined : latest;
  const isDeleted = recorded?.status === "DELETED";
  const isSalt = recorded !== undefined && (isDeleted || !isYoung(clock, recorded.startedTime ?? 0));
  const salt = isSalt ? recorded.evaluationArn : "";
  const given = spent === 0 && recorded === undefined ? inputs.clientToken : undefined;
  return {
    value: given ?? clientToken({ namespace, key, inputs, salt, spent, now: clock.now() }),
    isGiven: given !== undefined,
    mayBeSpent: latest !== undefined && !isDeleted,
  };
}
