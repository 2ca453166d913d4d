import { AwsError, ifNotFound, isNotFound, orUnknown } from "../aws/awsError";
import { failed, failure } from "../aws/causes";
import type { Evaluation, EvaluationSummary, Started } from "../connect/evaluation";
import type { ConnectArn } from "../shared/arns";
import { type Cause, Failure, UnfinishedStart } from "../shared/errors";
import type { Inputs } from "../shared/model";
import type { Tags } from "../shared/tags";
import { type AbsenceCalls, type Clock, isUnreadable, isYoung, lookAgain, type Sight } from "./absence";
import { clientToken } from "./clientToken";
import { parseEvaluationArn } from "./evaluationArn";
import { type Existing, type ExistingCalls, findAfterRefusal, findExisting, isRecoverable } from "./existing";
import type { Holdings } from "./holdings";
import { isMarkedAsAnothers, markerOf, withMarker } from "./marker";
import { obstaclesTo, type PrerequisiteCalls } from "./prerequisites";

/**
 * Starts exactly one evaluation for a resource, however often its creation is interrupted and repeated.
 *
 * - The resource's own evaluation is one that bears its marker. Nothing is started because something was not seen.
 * - A life of the resource is the time from a start to the deletion. Each life has a ClientToken of its own.
 * - A token is spent when its evaluation is gone or is not for this resource to have.
 *
 * | What a start comes to                                            | Then                                      |
 * | ---------------------------------------------------------------- | ----------------------------------------- |
 * | an evaluation that can be read and is the resource's             | use it                                    |
 * | one of another contact or resource, old, or touched by people    | next token                                |
 * | one that this run deleted, or that the contact's record calls so | next token                                |
 * | one that cannot be read for ten seconds                          | keep it in the state as unfinished        |
 * | the same, and it may be of an earlier life                       | delete it (if it is there), next token    |
 * | refused, and the resource's own evaluation is there              | use it                                    |
 * | refused, and something is missing or another one stands in the way | fail with that cause                    |
 * | refused as IdempotencyException                                  | fail: run it again                        |
 * | refused as not found or as a conflict, without such a cause      | next token                                |
 * | any other error                                                  | fail                                      |
 */

/** What a start needs of Connect. */
export interface StartCalls extends PrerequisiteCalls, ExistingCalls, AbsenceCalls {
  startContactEvaluation(inputs: Inputs, clientToken: string, tags: Tags): Promise<Started>;
  deleteContactEvaluation(arn: ConnectArn): Promise<void>;
}

export interface StartRequest {
  calls: StartCalls;
  clock: Clock;
  inputs: Inputs;
  /** The resource's key. */
  key: string;
  /** Tells apart stacks whose resources have the same keys. */
  namespace: string;
  /** Whether the evaluation gets the marker; without it the token alone protects, for an hour. */
  marker: boolean;
  holdings: Holdings;
  /** Prints a line under the stack. */
  say: (line: string) => void;
  /** The same, each line once in a process. */
  sayOnce: (line: string) => void;
}

export interface Start {
  evaluation: Evaluation;
  /** It was there before: its tags may differ from what is declared. */
  recovered: boolean;
}

const MOST_TOKENS = 5;
/** The service's `Date` header has whole seconds, and its hosts' clocks differ a little. */
const CLOCK_SLACK_MS = 5_000;

/** IAM: connect:StartContactEvaluation, and with the marker connect:TagResource; beside these what the looks need. */
export async function startContactEvaluation(request: StartRequest): Promise<Start> {
  const { namespace, key } = request;
  const attempt: Attempt = { ...request, ownMarker: markerOf(namespace, key), text: await describe(request) };
  // Observe: what an earlier run left.
  const existing = await orObstacle(attempt, findExisting(attempt));
  if (existing.own !== undefined) return takeOver(attempt, existing.own);
  refuseUnreadable(attempt, existing);
  // Act: one token after the other, until one leads to an evaluation.
  let came: Start | Next = {};
  for (let spent = 0; !isStart(came) && spent < MOST_TOKENS; spent += 1) {
    came = await startWith(attempt, tokenFor(attempt, existing, spent), existing, came);
  }
  if (isStart(came)) return came;
  throw came.refusal ?? new Failure(attempt.text, NO_TOKEN_LEFT);
}

/** The token is spent: the next one has its turn. */
interface Next {
  /** Connect refused a token, and nothing that was looked at says why. */
  refusal?: unknown;
  /** An evaluation was there that no read showed: reads of the next one would lag too. */
  readsLag?: boolean;
}

const isStart = (came: Start | Next): came is Start => "evaluation" in came;

interface Attempt extends StartRequest {
  ownMarker: string;
  /** What is attempted, for messages. */
  text: string;
}

async function describe({ calls, inputs }: StartRequest): Promise<string> {
  const { instanceId, contactId, evaluationFormId } = inputs;
  const region = (await calls.region()) ?? "no Region";
  return `start an evaluation of contact ${contactId} with evaluation form ${evaluationFormId} in instance ${instanceId} (${region})`;
}

interface Token {
  value: string;
  /** The author's own `clientToken`, which another resource may have too. */
  isGiven: boolean;
  /** An earlier life may have had it, so an evaluation that cannot be read may be gone. */
  mayBeSpent: boolean;
}

function tokenFor(attempt: Attempt, { latest }: Existing, spent: number): Token {
  const { inputs, marker, clock } = attempt;
  const recorded = latest === "unknown" ? undefined : latest;
  const isDeleted = recorded?.status === "DELETED";
  // Without the marker, the salt would be the evaluation that the interrupted run started. With it, a young evaluation
  // is another's, and may have been started beside that one: both runs have to send the same token all the same.
  const isSalt = marker && recorded !== undefined && (isDeleted || !isYoung(clock, recorded.startedTime ?? 0));
  const derived = clientToken({ ...attempt, salt: isSalt ? recorded.evaluationArn : "", spent, now: clock.now() });
  // The given token is the first life's. With the marker, what an interrupted run started is found without it.
  const isFirstLife = spent === 0 && (recorded === undefined || !(marker || isDeleted));
  const given = isFirstLife ? inputs.clientToken : undefined;
  const mayBeSpent = spent > 0 || !marker || latest === "unknown" || (recorded !== undefined && !isDeleted);
  return { value: given ?? derived, isGiven: given !== undefined, mayBeSpent };
}

async function startWith(attempt: Attempt, token: Token, { alive }: Existing, before: Next): Promise<Start | Next> {
  const { calls, clock, inputs, marker, ownMarker, holdings, key } = attempt;
  const tags = withMarker(inputs.tags, marker ? ownMarker : undefined);
  const earliest = clock.now().getTime() - CLOCK_SLACK_MS;
  let started: Started;
  try {
    started = await calls.startContactEvaluation(inputs, token.value, tags);
  } catch (error) {
    return afterRefusal(attempt, token, before, error);
  }
  const { evaluationArn } = started;
  if (holdings.isDeleted(evaluationArn) || holdings.isHeld(evaluationArn)) return before;
  holdings.claim(evaluationArn, key);
  const wasSeen = alive.some((seen) => seen.evaluationArn === evaluationArn);
  try {
    const sight = await lookAt(attempt, evaluationArn);
    const came =
      sight === "not visible yet"
        ? await afterInvisible(attempt, token, before, evaluationArn)
        : sight !== "gone" &&
          (await useIfOwn(attempt, token, sight, wasSeen || Date.parse(sight.createdTime) < earliest));
    if (came !== false && isStart(came)) return came;
    holdings.letGo(evaluationArn);
    return came || before;
  } catch (error) {
    throw new UnfinishedStart(evaluationArn, failed(describing(evaluationArn), error));
  }
}

const describing = (evaluationArn: string): string => `describe evaluation ${evaluationArn}, which was just started`;

async function lookAt({ calls, clock, inputs: { contactId } }: Attempt, evaluationArn: string): Promise<Sight> {
  try {
    return await calls.describeContactEvaluation(parseEvaluationArn(evaluationArn));
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return lookAgain(calls, clock, { evaluationArn, contactId });
  }
}

/** A derived token says itself what it starts, but another resource may have the evaluation by now, or a person. */
async function useIfOwn(
  { calls, clock, inputs, ownMarker, say }: Attempt,
  { isGiven }: Token,
  evaluation: Evaluation,
  recovered: boolean,
): Promise<Start | false> {
  const { contactId, evaluationFormId, evaluationArn } = evaluation;
  if (contactId !== inputs.contactId || evaluationFormId !== inputs.evaluationFormId) return false;
  if (recovered && !isRecoverable(clock, evaluation)) return false;
  if (recovered || isGiven) {
    const tags = evaluation.tags ?? (await calls.listTagsForResource(evaluationArn));
    if (isMarkedAsAnothers(tags, ownMarker)) return false;
  }
  if (recovered) say(tookOver(evaluation));
  return { evaluation, recovered };
}

/** The evaluation that a start answered with cannot be read for ten seconds. */
async function afterInvisible(attempt: Attempt, token: Token, before: Next, evaluationArn: string): Promise<Next> {
  // A given token may have led to somebody else's evaluation, which is not for this resource to delete.
  const mayDelete = token.mayBeSpent && !token.isGiven && !before.readsLag;
  if (!mayDelete || (await isNamed(attempt, evaluationArn)))
    throw new Failure(describing(evaluationArn), NOT_SHOWN_YET);
  const deletion = attempt.calls.deleteContactEvaluation(parseEvaluationArn(evaluationArn));
  const readsLag = await ifNotFound(
    deletion.then(() => true),
    false,
  );
  return { ...before, readsLag };
}

/** Whether the contact's record or list has the evaluation, so that it is not gone. */
async function isNamed({ calls, inputs }: Attempt, evaluationArn: string): Promise<boolean> {
  const { instanceId, contactId } = inputs;
  const named = [
    ...((await orUnknown(calls.describeContactRecord(instanceId, contactId))) ?? []),
    ...((await orUnknown(calls.listContactEvaluations(instanceId, contactId))) ?? []),
  ];
  return named.some((entry) => entry.evaluationArn === evaluationArn);
}

async function afterRefusal(attempt: Attempt, token: Token, before: Next, error: unknown): Promise<Start | Next> {
  const { calls, inputs, key, holdings, text } = attempt;
  if (!(error instanceof AwsError)) throw error;
  const isOtherParameters = error.answer.name === "IdempotencyException";
  const isOfToken = error.isNotFound || error.isConflict || isOtherParameters;
  if (!isOfToken && !error.isInvalid) throw failed(text, error);
  // What the first refusal led to holds for those that follow.
  if (isOfToken && before.refusal !== undefined) return before;
  const [obstacle] = await obstaclesTo(calls, inputs);
  if (obstacle !== undefined) throw failure(text, obstacle, error);
  if (!isOfToken) throw failed(text, error);
  const next = { ...before, refusal: failed(text, error) };
  // The words for an evaluation that is gone, and this process may know that an earlier life is.
  if (error.isNotFound || holdings.hasDeletedFor(key)) return next;
  const existing = await findAfterRefusal(attempt);
  if (existing.own !== undefined) return takeOver(attempt, existing.own);
  refuseUnreadable(attempt, existing);
  if (isOtherParameters && !token.mayBeSpent && !token.isGiven) throw failure(text, OTHER_PARAMETERS, error);
  const inTheWay = existing.alive.filter(({ evaluationArn }) => !holdings.isDeleted(evaluationArn));
  return inTheWay.length === 0 ? next : { ...next, refusal: failure(text, existingOnes(attempt, inTheWay), error) };
}

/** A failed look, told as the missing contact or instance where that is the cause. */
async function orObstacle<T>({ calls, inputs, text }: Attempt, look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (error) {
    const [obstacle] = isNotFound(error) ? await obstaclesTo(calls, inputs) : [];
    throw obstacle === undefined ? failed(text, error) : failure(text, obstacle, error);
  }
}

function takeOver({ holdings, key, say }: Attempt, evaluation: Evaluation): Start {
  holdings.claim(evaluation.evaluationArn, key);
  say(tookOver(evaluation));
  return { evaluation, recovered: true };
}

// True after an interrupted run as well as of one that was retained or deleted from the state.
const tookOver = ({ evaluationArn }: Evaluation): string =>
  `took over ${evaluationArn}, which an earlier run started for this resource`;

function refuseUnreadable({ text }: Attempt, { unreadable }: Existing): void {
  if (unreadable === undefined) return;
  throw new Failure(text, {
    why: `${unreadable}, of this contact and form, was started a moment ago and cannot be read yet; it may be this resource's own`,
    remedy: "run the command again",
  });
}

const NO_TOKEN_LEFT: Cause = {
  why: "Amazon Connect answers each ClientToken with an evaluation that is gone or not this resource's",
  remedy: "run the command again in an hour, or give the resource a clientToken that was never used",
};

const NOT_SHOWN_YET: Cause = {
  why: "Amazon Connect has started it and does not show it yet",
  remedy: "run the command again, which finishes the start; if it stays so, give the resource another clientToken",
};

const OTHER_PARAMETERS: Cause = {
  why: "the ClientToken was used before with other parameters, such as tags, and that evaluation cannot be read yet",
  remedy: "run the command again; if it stays so, give the resource a clientToken that was never used",
};

function existingOnes({ holdings, key }: Attempt, existing: readonly EvaluationSummary[]): Cause {
  const list = existing.map(({ evaluationArn, status, createdTime }) => {
    const holder = holdings.isHeldByAnother(evaluationArn, key) ? ", of another resource of this stack" : "";
    return `\n       - ${evaluationArn} (${status}, created ${createdTime}${holder})`;
  });
  return {
    why: `Amazon Connect refuses another evaluation of this contact with this form; there is already:${list.join("")}`,
    remedy: 'adopt it with the resource option { import: "ARN" }, or delete it in Amazon Connect',
  };
}
