import { ifNotFound } from "../aws/awsError";
import { during, type Remedies } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { MARKER } from "../identity/marker";
import { parseConnectArn } from "../shared/arns";
import { UserError } from "../shared/errors";
import type { Query } from "./options";

/** The evaluations that exist and match a query. */

export interface Found {
  importable: Evaluation[];
  /** Those that match and are not for a stack to import, each with the reason. */
  leftOut: { evaluationArn: string; why: string }[];
}

const REASONS: readonly { applies: (evaluation: Evaluation) => boolean; why: string }[] = [
  {
    applies: ({ evaluationType }) => evaluationType === "CALIBRATION",
    why: "a calibration session manages it itself",
  },
  {
    applies: ({ tags = {} }) => Object.hasOwn(tags, MARKER),
    why: `a stack manages it, by its tag ${MARKER}; if that stack is gone, remove the tag first`,
  },
];

const reasonAgainst = (evaluation: Evaluation) => REASONS.find(({ applies }) => applies(evaluation));

export async function findMatching(connect: Connect, query: Query): Promise<Found> {
  const arns = query.contactIds.length > 0 ? await list(connect, query) : await search(connect, query);
  const described = await inParallel(arns, (arn) => describeWithTags(connect, arn));
  // The index lags, and an evaluation may have changed since: its description decides.
  const matching = described.filter((evaluation) => evaluation !== undefined).filter((found) => matches(found, query));
  const leftOut = matching.flatMap((evaluation) => {
    const reason = reasonAgainst(evaluation);
    return reason === undefined ? [] : [{ evaluationArn: evaluation.evaluationArn, why: reason.why }];
  });
  return { importable: matching.filter((one) => reasonAgainst(one) === undefined).sort(byCreation), leftOut };
}

async function list(connect: Connect, { instanceId, contactIds, evaluationFormId }: Query): Promise<string[]> {
  const lists = await inParallel(contactIds, (contactId) =>
    during(
      `list the evaluations of contact ${contactId}`,
      () => connect.listContactEvaluations(instanceId, contactId),
      REMEDIES,
    ),
  );
  const wanted = lists
    .flat()
    .filter((one) => evaluationFormId === undefined || one.evaluationFormId === evaluationFormId);
  return wanted.map(({ evaluationArn }) => evaluationArn);
}

/** Once each: a page may repeat what moved while the pages before it were read. */
async function search(connect: Connect, query: Query): Promise<string[]> {
  const { instanceId } = query;
  const found = await during(
    `search the evaluations of instance ${instanceId}`,
    () => connect.searchContactEvaluations(instanceId, query),
    REMEDIES,
  );
  return [...new Set(found)];
}

/** The evaluation with its tags, or `undefined` when it is gone by now. */
async function describeWithTags(connect: Connect, text: string): Promise<Evaluation | undefined> {
  const arn = parseConnectArn(text);
  if (arn === undefined) throw new UserError(`Amazon Connect answered with an unforeseen ARN: ${text}`);
  const evaluation = await during(
    `describe evaluation ${text}`,
    () => ifNotFound(connect.describeContactEvaluation(arn), undefined),
    REMEDIES,
  );
  if (evaluation === undefined || evaluation.tags !== undefined) return evaluation;
  const listTags = () => connect.listTagsForResource(text);
  return { ...evaluation, tags: await during(`list the tags of evaluation ${text}`, listTags, REMEDIES) };
}

function matches({ evaluationFormId, status, tags = {} }: Evaluation, query: Query): boolean {
  return (
    (query.evaluationFormId === undefined || query.evaluationFormId === evaluationFormId) &&
    (query.statuses.length === 0 || query.statuses.includes(status)) &&
    Object.entries(query.tags).every(([key, value]) => Object.hasOwn(tags, key) && tags[key] === value)
  );
}

function byCreation(a: Evaluation, b: Evaluation): number {
  const [left = "", right = ""] = [a, b].map(({ createdTime, evaluationId }) => `${createdTime} ${evaluationId}`);
  return left < right ? -1 : 1;
}

/** More calls at once than even a raised quota answers in the time that one takes. */
const AT_ONCE = 20;

/** After the first failure no further call is made. */
async function inParallel<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, item] = next;
      results[index] = await act(item);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    queue.length = 0;
  }
  return results;
}

/** Where the provider would point to a stack's configuration. */
const REMEDIES: Remedies = [
  [/^MissingRegion$/, "give --region, or the instance's ARN, or set AWS_REGION"],
  [/^CredentialsProviderError$/, "give --profile, or set the AWS environment variables"],
  [
    /^(UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|InvalidClientTokenId|IncompleteSignature|MissingAuth)/,
    "check them with `aws sts get-caller-identity`",
  ],
  [
    /^(E[A-Z_]+|.*CERT.*|TimeoutError|NetworkingError|SyntaxError)$/,
    "check the network, the Region, and AWS_ENDPOINT_URL_CONNECT where it is set, then run the command again",
  ],
];
