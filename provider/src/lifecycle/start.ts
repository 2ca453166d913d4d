import { AwsError, ifNotFound, isNotFound } from "../aws/awsError";
import { failed, failure } from "../aws/causes";
import type { Evaluation, EvaluationSummary, Started } from "../connect/evaluation";
import type { ConnectArn } from "../shared/arns";
import { type Cause, Failure } from "../shared/errors";
import type { Inputs } from "../shared/model";
import type { Tags } from "../shared/tags";
import { type AbsenceCalls, type Clock, isNamed, isUnreadable, lookAgain, type Sight } from "./absence";
import { type Token, tokenFor } from "./clientToken";
import { parseEvaluationArn } from "./evaluationArn";
import { type Existing, type ExistingCalls, findAfterRefusal, findExisting, isRecoverable } from "./existing";
import type { Holdings } from "./holdings";
import { isMarkedAsAnothers, markerOf, withMarker } from "./marker";
import { obstaclesTo, type PrerequisiteCalls } from "./prerequisites";
import { stateOf } from "./state";
import { tagsOf } from "./tagging";
import { Unfinished } from "./unfinished";

/**
 * Starts exactly one evaluation for a resource, however often its creation is interrupted and repeated.
 *
 * - The resource's own evaluation is one that bears its marker. Nothing is started because something was not seen.
 * - A life of the resource lasts from a start to the deletion. Each life has a ClientToken of its own.
 * - A token is spent when its evaluation is gone, or is not for this resource to have.
 *
 * | What a start comes to                                               | Then                                   |
 * | ------------------------------------------------------------------- | -------------------------------------- |
 * | an evaluation for this resource                                     | use it                                 |
 * | one of another contact or resource, older than a day, or worked in  | next token                             |
 * | one that is gone                                                    | next token                             |
 * | one that stays invisible for ten seconds                            | keep it in the state as unfinished     |
 * | the same, named nowhere, and an earlier life may have had the token | delete it, next token                  |
 * | refused, and the contact, the form or the instance is missing       | fail with that cause                   |
 * | refused, and the resource's own evaluation is there                 | use it                                 |
 * | refused as IdempotencyException, and no earlier life had the token  | fail: run it again                     |
 * | refused as not found or as a conflict                               | next token; in the end, fail with that |
 * | any other error                                                     | fail with that                         |
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

/**
 * IAM: connect:StartContactEvaluation, and what the looks need. AWS does not say whether a start with tags needs
 * connect:TagResource, too: grant it.
 */
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
    came = await startWith(attempt, tokenFor(attempt, existing.latest, spent), existing, came);
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

/** What a start came to. */
type Answer =
  | { is: "evaluation"; evaluation: Evaluation; recovered: boolean }
  | { is: "gone" }
  | { is: "invisible"; evaluationArn: string }
  | { is: "refused"; error: unknown };

async function startWith(attempt: Attempt, token: Token, existing: Existing, before: Next): Promise<Start | Next> {
  const answer = await send(attempt, token, existing);
  switch (answer.is) {
    case "evaluation":
      return useIfOwn(attempt, token, answer.evaluation, answer.recovered, before);
    case "gone":
      return before;
    case "invisible":
      return afterInvisible(attempt, token, answer.evaluationArn, before);
    case "refused":
      return afterRefusal(attempt, token, answer.error, before);
  }
}

async function send(attempt: Attempt, token: Token, { alive }: Existing): Promise<Answer> {
  const { calls, clock, inputs, ownMarker, holdings, key } = attempt;
  const tags = withMarker(inputs.tags, ownMarker);
  const earliest = clock.now().getTime() - CLOCK_SLACK_MS;
  let started: Started;
  try {
    started = await calls.startContactEvaluation(inputs, token.value, tags);
  } catch (error) {
    return { is: "refused", error };
  }
  const { evaluationArn } = started;
  // What this process holds or deleted is of an earlier life, or of another resource.
  if (holdings.isDeleted(evaluationArn) || holdings.isHeld(evaluationArn)) return { is: "gone" };
  holdings.claimStarted(evaluationArn, key);
  const sight = await orUnfinished(attempt, evaluationArn, lookAt(attempt, evaluationArn));
  if (sight === "gone") {
    holdings.letGo(evaluationArn);
    return { is: "gone" };
  }
  if (typeof sight === "string") return { is: "invisible", evaluationArn };
  const wasSeen = alive.some((seen) => seen.evaluationArn === evaluationArn);
  return { is: "evaluation", evaluation: sight, recovered: wasSeen || Date.parse(sight.createdTime) < earliest };
}

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
  attempt: Attempt,
  token: Token,
  evaluation: Evaluation,
  recovered: boolean,
  before: Next,
): Promise<Start | Next> {
  const { evaluationArn } = evaluation;
  if (await orUnfinished(attempt, evaluationArn, isForThis(attempt, token, evaluation, recovered))) {
    if (recovered) attempt.say(tookOver(evaluation));
    return { evaluation, recovered };
  }
  attempt.holdings.letGo(evaluationArn);
  return before;
}

async function isForThis(
  { calls, clock, inputs, ownMarker }: Attempt,
  { isGiven }: Token,
  evaluation: Evaluation,
  recovered: boolean,
): Promise<boolean> {
  const { contactId, evaluationFormId } = evaluation;
  if (contactId !== inputs.contactId || evaluationFormId !== inputs.evaluationFormId) return false;
  if (recovered && !isRecoverable(clock, inputs, evaluation)) return false;
  if (!recovered && !isGiven) return true;
  return !isMarkedAsAnothers(await tagsOf(calls, evaluation), ownMarker);
}

async function afterInvisible(attempt: Attempt, token: Token, evaluationArn: string, before: Next): Promise<Next> {
  // A given token may have led to somebody else's evaluation, which is not for this resource to delete.
  const mayBeGone = token.mayBeSpent && !token.isGiven && !before.readsLag;
  if (!mayBeGone || (await isNamed(attempt.calls, { evaluationArn, contactId: attempt.inputs.contactId }))) {
    throw unfinished(attempt, evaluationArn, new Failure(describing(evaluationArn), NOT_SHOWN_YET));
  }
  const deletion = attempt.calls.deleteContactEvaluation(parseEvaluationArn(evaluationArn)).then(() => true);
  const readsLag = await orUnfinished(attempt, evaluationArn, ifNotFound(deletion, false));
  attempt.holdings.letGo(evaluationArn);
  return { ...before, readsLag };
}

/** From the start on the evaluation is there, whatever fails. */
async function orUnfinished<T>(attempt: Attempt, evaluationArn: string, act: Promise<T>): Promise<T> {
  try {
    return await act;
  } catch (error) {
    throw unfinished(attempt, evaluationArn, failed(describing(evaluationArn), error));
  }
}

function unfinished({ inputs, ownMarker, clock }: Attempt, evaluationArn: string, cause: unknown): Unfinished {
  // Its age decides later whether it can be gone.
  const observed = { evaluationArn, createdTime: clock.now().toISOString() };
  return new Unfinished(stateOf(inputs, observed, { marker: ownMarker }), cause);
}

const describing = (evaluationArn: string): string => `describe evaluation ${evaluationArn}, which was just started`;

async function afterRefusal(attempt: Attempt, token: Token, error: unknown, before: Next): Promise<Start | Next> {
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
