import { setTimeout as wait } from "node:timers/promises";
import { AwsError, isNotFound, orUnknown } from "../aws/awsError";
import { failed, failure } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation, EvaluationSummary, Started } from "../connect/evaluation";
import { parseConnectArn } from "../shared/arns";
import { type Cause, Failure, UnfinishedStart } from "../shared/errors";
import type { Inputs } from "../shared/model";
import { withoutReserved } from "../shared/tags";
import { tokenChain } from "./clientToken";
import { somebodysWork } from "./gradingWork";
import type { Holdings } from "./holdings";
import { lookAtPrerequisites } from "./prerequisites";
import type { Session } from "./session";

/**
 * Starts exactly one evaluation for a resource, however often its creation is cut off and repeated.
 * What Connect answers to a ClientToken whose evaluation is gone, or that comes with other parameters, is not
 * documented; so the tokens form a chain, and every answer leads along it to one evaluation.
 */

export interface Start {
  evaluation: Evaluation;
  /** It was there before this call: an earlier run started it and was cut off. */
  recovered: boolean;
}

/** How many spent tokens are walked along; each is an evaluation of the same resource and inputs that is gone. */
const LONGEST_CHAIN = 50;
/** How many living evaluations on the way may be unusable, before it is time to doubt rather than to start more. */
const MOST_UNUSABLE = 4;
/** How many refused tokens are taken for burnt; each cost an earlier evaluation of the same resource and inputs. */
const MOST_REFUSALS = 10;
/** An older untouched draft is nobody's cut-off run. */
const RECOVERABLE_FOR_MS = 24 * 60 * 60 * 1000;
/** The service's `Date` header has whole seconds, and its hosts' clocks are not quite one. */
const CLOCK_SLACK_MS = 5_000;

export async function startContactEvaluation(
  connect: Connect,
  inputs: Inputs,
  key: string,
  { settings: { namespace }, holdings }: Session,
): Promise<Start> {
  const attempt = `start ${await describeStart(connect, inputs)}`;
  const chain = tokenChain(namespace, key, inputs);
  let token = chain.first;
  let refusals = 0;
  let unusable = 0;
  for (let link = 0; link < LONGEST_CHAIN && unusable < MOST_UNUSABLE; link += 1) {
    const calledAt = performance.now();
    let started: Started;
    try {
      started = await connect.startContactEvaluation(inputs, token);
    } catch (error) {
      // What the first refusal led to holds for those that follow; the last one is explained again.
      const isKnown = refusals > 0 && refusals < MOST_REFUSALS && isRefusal(error);
      const own = isKnown
        ? "burnt"
        : await ownOrBurnt({ connect, inputs, key, holdings, attempt, token, refusals }, error);
      if (own === "burnt") {
        refusals += 1;
        token = chain.after(refusals);
        continue;
      }
      started = own;
    }
    const earliest = started.answeredAt.getTime() - (performance.now() - calledAt) - CLOCK_SLACK_MS;
    const evaluation = await describeOnceVisible(connect, inputs, started, holdings);
    if (evaluation !== undefined && isForThis(evaluation, inputs, token)) {
      const recovered = Date.parse(evaluation.createdTime) < earliest;
      const usable = !recovered || isRecoverable(evaluation, started.answeredAt);
      if (usable && holdings.claim(evaluation.evaluationArn, key)) return { evaluation, recovered };
    }
    if (evaluation !== undefined) unusable += 1;
    token = chain.after(started.evaluationId);
  }
  throw new Failure(attempt, {
    why: "Amazon Connect answers again and again with evaluations that are gone, old or somebody else's",
    remedy: "give the resource a clientToken that was never used",
  });
}

async function describeStart(connect: Connect, { instanceId, contactId, evaluationFormId }: Inputs): Promise<string> {
  const region = (await connect.region()) ?? "no Region";
  return `an evaluation of contact ${contactId} with evaluation form ${evaluationFormId} in instance ${instanceId} (${region})`;
}

/** A derived token says contact and form itself; only a given one may belong to an evaluation of others. */
function isForThis({ contactId, evaluationFormId }: Evaluation, inputs: Inputs, token: string): boolean {
  if (token !== inputs.clientToken) return true;
  return contactId === inputs.contactId && evaluationFormId === inputs.evaluationFormId;
}

function isRecoverable(evaluation: Evaluation, now: Date): boolean {
  const age = now.getTime() - Date.parse(evaluation.createdTime);
  return somebodysWork(evaluation) === undefined && age < RECOVERABLE_FOR_MS;
}

/** Connect is eventually consistent, usually within a few seconds: how long to wait before each further look. */
const VISIBLE_AFTER_MS = [250, 500, 1000, 2000, 3000, 3000];

/** The evaluation, or `undefined` when it is gone: the token was spent in an earlier life of the resource. */
async function describeOnceVisible(
  connect: Connect,
  inputs: Inputs,
  started: Started,
  holdings: Holdings,
): Promise<Evaluation | undefined> {
  const arn = parseConnectArn(started.evaluationArn);
  if (arn === undefined) throw new Error(`Amazon Connect answered with an unforeseen ARN: ${started.evaluationArn}`);
  if (holdings.isDeleted(started.evaluationArn)) return undefined;
  const attempt = `describe evaluation ${started.evaluationArn}, which was just started`;
  for (const [look, pause] of [0, ...VISIBLE_AFTER_MS].entries()) {
    await wait(pause);
    try {
      return await connect.describeContactEvaluation(arn);
    } catch (error) {
      if (!isNotFound(error)) {
        throw new UnfinishedStart(started.evaluationArn, failed(attempt, error));
      }
      if (look === 0 && (await isTombstone(connect, inputs, started))) return undefined;
    }
  }
  if (await isListed(connect, inputs, started)) {
    const cause = { why: "Amazon Connect lists it and cannot describe it yet", remedy: "run `pulumi up` again later" };
    throw new UnfinishedStart(started.evaluationArn, new Failure(attempt, cause));
  }
  return undefined;
}

/** The contact's record tells a deleted evaluation from one that is not visible yet, to those who may read it. */
async function isTombstone(connect: Connect, { instanceId, contactId }: Inputs, started: Started): Promise<boolean> {
  const recorded = (await orUnknown(connect.describeContactRecord(instanceId, contactId))) ?? [];
  return recorded.some(({ evaluationArn, status }) => evaluationArn === started.evaluationArn && status === "DELETED");
}

async function isListed(connect: Connect, { instanceId, contactId }: Inputs, started: Started): Promise<boolean> {
  const listed = (await orUnknown(connect.listContactEvaluations(instanceId, contactId))) ?? [];
  return listed.some(({ evaluationArn }) => evaluationArn === started.evaluationArn);
}

/** The answers that a spent token may get. */
const isRefusal = (error: unknown): boolean => error instanceof AwsError && (error.isNotFound || error.isConflict);

interface Refusal {
  connect: Connect;
  inputs: Inputs;
  key: string;
  holdings: Holdings;
  attempt: string;
  token: string;
  /** How many tokens were refused before this one. */
  refusals: number;
}

/**
 * What a refused token leads to. It is burnt when contact and form are there and no evaluation stands in the way that
 * might be this resource's own. One that does is its own when the token starts it with the tags that it has: tags go
 * out with the start, so a run that was cut off may have sent others than this one.
 * @throws the cause of the refusal, found with further calls, otherwise.
 */
async function ownOrBurnt(refusal: Refusal, error: unknown): Promise<Started | "burnt"> {
  const { connect, inputs, key, holdings, attempt, refusals } = refusal;
  if (!(error instanceof AwsError) || !(isRefusal(error) || error.isInvalid)) throw failed(attempt, error);
  const { obstacles, allThere } = await lookAtPrerequisites(connect, inputs);
  if (obstacles[0] !== undefined) throw failure(attempt, obstacles[0], error);
  if (error.isInvalid) throw failed(attempt, error);
  if (holdings.hasSpentToken(key) && refusals < MOST_REFUSALS) return "burnt";
  const listed = await orUnknown(connect.listContactEvaluations(inputs.instanceId, inputs.contactId));
  const existing = (listed ?? []).filter(({ evaluationFormId }) => evaluationFormId === inputs.evaluationFormId);
  const inTheWay = existing.filter(({ evaluationArn }) => !holdings.isHeldByAnother(evaluationArn, key));
  for (const { evaluationArn } of inTheWay) {
    const own = await startWithItsTags(refusal, evaluationArn);
    if (own !== undefined) return own;
  }
  const isBurnt = allThere && listed !== undefined && inTheWay.length === 0;
  if (isBurnt && refusals < MOST_REFUSALS) return "burnt";
  throw existing.length === 0 ? failed(attempt, error) : failure(attempt, existingOnes(refusal, existing), error);
}

async function startWithItsTags({ connect, inputs, token }: Refusal, arn: string): Promise<Started | undefined> {
  const candidate = parseConnectArn(arn);
  if (candidate === undefined) return undefined;
  const { tags = {} } = (await orUnknown(connect.describeContactEvaluation(candidate))) ?? {};
  return orUnknown(connect.startContactEvaluation({ ...inputs, tags: withoutReserved(tags) }, token));
}

function existingOnes({ holdings, key }: Refusal, existing: readonly EvaluationSummary[]): Cause {
  const list = existing.map(({ evaluationArn, status, createdTime }) => {
    const holder = holdings.isHeldByAnother(evaluationArn, key) ? ", of another resource of this stack" : "";
    return `\n       - ${evaluationArn} (${status}, created ${createdTime}${holder})`;
  });
  return {
    why: `Amazon Connect refuses another evaluation of this contact with this form; there is already:${list.join("")}`,
    remedy: 'adopt it with the resource option { import: "ARN" }, or delete it in Amazon Connect',
  };
}
