import { AwsError, ifNotFound, isNotFound } from "../aws/awsError";
import { failed, failure } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation, EvaluationSummary } from "../connect/evaluation";
import {
  type Existing,
  type ExistingCalls,
  findAfterRefusal,
  findExisting,
  isRecoverable,
  type Seeker,
} from "../identity/existing";
import { isForStart, newLife, REMEDIES_FOR_TAGS, withMarker } from "../identity/marker";
import { type TaggedEvaluation, withTags } from "../identity/ownership";
import { type Token, tokenFor } from "../identity/token";
import { type FindCalls, findStarted, isRecordedOrListed } from "../presence/find";
import { obstaclesTo, type PrerequisiteCalls } from "../presence/prerequisites";
import { parseEvaluationArn } from "../shared/arns";
import { type Cause, Failure } from "../shared/errors";
import { keeping, startedState } from "./state";

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
 * | one of another contact, resource or version, old, or worked in      | next token                             |
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
export type StartCalls = PrerequisiteCalls &
  ExistingCalls &
  FindCalls &
  Pick<Connect, "startContactEvaluation" | "deleteContactEvaluation">;

export interface StartRequest extends Seeker {
  session: Seeker["session"] & {
    settings: { namespace: string };
    /** Prints a line under the stack. */
    say(line: string): void;
  };
  connect: StartCalls;
  /** The resource's key. */
  key: string;
}

export interface Started {
  evaluation: Evaluation;
  /** It was there before: its tags may differ from what is declared. */
  recovered: boolean;
  /** The marker that it is to have. One that was there before has an earlier one. */
  marker: string;
}

const MOST_TOKENS = 5;
/** The service's `Date` header has whole seconds, and its hosts' clocks differ a little. */
const CLOCK_SLACK_MS = 5_000;

/**
 * IAM: connect:StartContactEvaluation, and what the looks need. AWS does not say whether a start with tags needs
 * connect:TagResource, too: grant it.
 */
export async function start(request: StartRequest): Promise<Started> {
  const text = await textOf(request);
  // Observe: what an earlier run left.
  const existing = await orObstacle({ ...request, text }, findExisting(request));
  const attempt: Attempt = { ...request, text, existing, sofar: {} };
  if (existing.own !== undefined) return takeOver(attempt, existing.own);
  refuseUnreadable(attempt, existing);
  // Act: one token after the other, until one leads to an evaluation.
  const { namespace } = request.session.settings;
  const life = { namespace, key: request.key, inputs: request.inputs, clock: request.connect.clock };
  for (let spent = 0; spent < MOST_TOKENS; spent += 1) {
    const started = await startWith(attempt, tokenFor(life, existing.latest, spent));
    if (started !== "spent") return started;
  }
  throw attempt.sofar.refusal ?? new Failure(text, NO_TOKEN_LEFT);
}

interface Attempt extends StartRequest {
  /** What is attempted, for messages. */
  text: string;
  /** What was there before. */
  existing: Existing;
  /** What the tokens so far came to. */
  sofar: {
    /** Connect refused one, and nothing that was looked at says why. */
    refusal?: unknown;
    /** An evaluation was there that no read showed: reads of the next one would lag too. */
    readsLag?: boolean;
  };
}

/** What a token led to; once it is spent, the next one has its turn. */
type Outcome = Started | "spent";

async function textOf({ connect, inputs }: StartRequest): Promise<string> {
  const { instanceId, contactId, evaluationFormId } = inputs;
  const region = (await connect.region()) ?? "no Region";
  return `start an evaluation of contact ${contactId} with evaluation form ${evaluationFormId} in instance ${instanceId} (${region})`;
}

async function startWith(attempt: Attempt, token: Token): Promise<Outcome> {
  const { connect, inputs, marker, key } = attempt;
  const { holdings } = attempt.session;
  const sentAt = connect.clock.now().getTime();
  let arn: string;
  try {
    arn = await connect.startContactEvaluation(inputs, token.value, withMarker(inputs.tags, marker));
  } catch (error) {
    return afterRefusal(attempt, token, error);
  }
  // What this process holds or deleted is of an earlier life, or of another resource.
  if (holdings.isDeleted(arn) || holdings.isHeld(arn)) return "spent";
  holdings.noteStarted(arn);
  // Its age decides later whether it can be gone.
  const toKeep = () => startedState(attempt, { evaluationArn: arn, createdTime: connect.clock.now().toISOString() });
  const came = await keeping(toKeep, describing(arn), () => useIfOwn(attempt, token, arn, sentAt));
  // Not before it is known whose it is: the one that started it may hear of it later than others with the same clientToken.
  if (came !== "spent") holdings.claim(arn, key);
  return came;
}

const describing = (arn: string): string => `describe evaluation ${arn}, which was just started`;

async function useIfOwn(attempt: Attempt, token: Token, arn: string, sentAt: number): Promise<Outcome> {
  const sight = await findStarted(sought(attempt, arn));
  if (sight === "gone") return "spent";
  if (typeof sight === "string") return afterInvisible(attempt, token, arn);
  const wasSeen = attempt.existing.alive.some(({ evaluationArn }) => evaluationArn === arn);
  const recovered = wasSeen || Date.parse(sight.createdTime) < sentAt - CLOCK_SLACK_MS;
  if (!isOfInputs(attempt, sight)) return "spent";
  // A derived token says itself what it starts, but another resource may have the evaluation by now, or a person.
  if (!recovered && !token.isGiven) return { evaluation: sight, recovered, marker: attempt.marker };
  const tagged = await withTags(attempt.connect, sight);
  if (!isForStart(tagged.tags, attempt.marker)) return "spent";
  if (!recovered) return { evaluation: tagged, recovered, marker: attempt.marker };
  return isRecoverable(attempt, sight) ? takeOver(attempt, tagged) : "spent";
}

const sought = ({ connect, inputs: { contactId } }: Attempt, evaluationArn: string) => ({
  connect,
  state: { evaluationArn, contactId },
});

const isOfInputs = ({ inputs }: Attempt, { contactId, evaluationFormId }: Evaluation): boolean =>
  contactId === inputs.contactId && evaluationFormId === inputs.evaluationFormId;

/**
 * Who starts beside a colleague's evaluation, or without connect:DescribeContact, after an earlier life, meets this: the
 * token may have answered with that life's evaluation. Without the delete, such a start stays unfinished for ever, where
 * it is dead; and where it is alive, nothing is lost that was not just started.
 */
async function afterInvisible(attempt: Attempt, token: Token, arn: string): Promise<Outcome> {
  const { sofar, connect } = attempt;
  // A given token may have led to somebody else's evaluation, which is not for this resource to delete.
  const mayBeGone = token.mayBeSpent && !token.isGiven && !sofar.readsLag;
  if (!mayBeGone || (await isRecordedOrListed(sought(attempt, arn)))) throw new Failure(describing(arn), NOT_SHOWN_YET);
  const deletion = connect.deleteContactEvaluation(parseEvaluationArn(arn)).then(() => true);
  sofar.readsLag = await ifNotFound(deletion, false);
  return "spent";
}

async function afterRefusal(attempt: Attempt, token: Token, error: unknown): Promise<Outcome> {
  const { session, key, text, sofar } = attempt;
  if (!(error instanceof AwsError)) throw error;
  const isOtherParameters = error.answer.name === "IdempotencyException";
  const isOfToken = error.isNotFound || error.isConflict || isOtherParameters;
  // What the first refusal led to holds for those that follow.
  if (isOfToken && sofar.refusal !== undefined) return "spent";
  if (isOfToken || error.isInvalid) await refuseObstacle(attempt, error);
  if (!isOfToken) throw failed(text, error, REMEDIES_FOR_TAGS);
  sofar.refusal = failed(text, error);
  // The words for an evaluation that is gone, and this process may know that an earlier life is.
  if (error.isNotFound || session.holdings.hasDeletedFor(key)) return "spent";
  const existing = await findAfterRefusal(attempt);
  if (existing.own !== undefined) return takeOver(attempt, existing.own);
  refuseUnreadable(attempt, existing);
  if (isOtherParameters && !token.mayBeSpent && !token.isGiven) throw failure(text, OTHER_PARAMETERS, error);
  const inTheWay = existing.alive.filter(({ evaluationArn }) => !session.holdings.isDeleted(evaluationArn));
  if (inTheWay.length > 0) sofar.refusal = failure(text, existingOnes(attempt, inTheWay), error);
  return "spent";
}

/** A failed look, told as the missing contact or instance where that is the cause. */
async function orObstacle<T>(attempt: StartRequest & { text: string }, look: Promise<T>): Promise<T> {
  try {
    return await look;
  } catch (error) {
    if (isNotFound(error)) await refuseObstacle(attempt, error);
    throw failed(attempt.text, error);
  }
}

async function refuseObstacle(
  { connect, inputs, text }: StartRequest & { text: string },
  error: AwsError,
): Promise<void> {
  const [obstacle] = await obstaclesTo(connect, inputs);
  if (obstacle !== undefined) throw failure(text, obstacle, error);
}

/** From now on, nothing of this process is an earlier life's to delete. */
function takeOver({ session, connect, key, marker }: Attempt, evaluation: TaggedEvaluation): Started {
  const life = newLife(marker, connect.clock.now(), evaluation.tags);
  session.holdings.noteLife(evaluation.evaluationArn, life);
  session.holdings.claim(evaluation.evaluationArn, key);
  session.say(tookOver(evaluation));
  return { evaluation, recovered: true, marker: life };
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

function existingOnes({ session, key }: Attempt, existing: readonly EvaluationSummary[]): Cause {
  const list = existing.map(({ evaluationArn, status, createdTime }) => {
    const isAnothers = session.holdings.isHeldByAnother(evaluationArn, key);
    return `\n       - ${evaluationArn} (${status}, created ${createdTime}${isAnothers ? ", of another resource of this stack" : ""})`;
  });
  return {
    why: `Amazon Connect refuses another evaluation of this contact with this form; there is already:${list.join("")}`,
    remedy: 'adopt it with the resource option { import: "ARN" }, or delete it in Amazon Connect',
  };
}
