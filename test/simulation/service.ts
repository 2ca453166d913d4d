import { AwsError } from "../../provider/src/aws/awsError";
import type { Connect } from "../../provider/src/connect/connect";
import type { Evaluation, RecordedEvaluation } from "../../provider/src/connect/evaluation";
import type { ConnectArn } from "../../provider/src/shared/arns";
import type { ContactEvaluationSummary, Inputs } from "../../provider/src/shared/model";
import type { Tags } from "../../provider/src/shared/tags";
import type { StartCalls } from "../../provider/src/verbs/start";

/** Amazon Connect in memory and in simulated time, with whatever is not documented about it as a choice. */

export const INSTANCE = "i";
const ACCOUNT = "123456789012";
const ARN = `arn:aws:connect:us-east-1:${ACCOUNT}:instance/${INSTANCE}/contact-evaluation/`;
const CALL_MS = 100;

/** The reads that may lag behind a start or a deletion. */
export type Read = "DescribeContactEvaluation" | "ListContactEvaluations" | "DescribeContact" | "ListTagsForResource";
export type Operation =
  | Read
  | "TagResource"
  | "UntagResource"
  | "StartContactEvaluation"
  | "DeleteContactEvaluation"
  | "ListEvaluationFormVersions"
  | "DescribeInstance";

export interface Behaviour {
  /** By how many milliseconds each read lags. */
  lag: Record<Read, number>;
  /** How many milliseconds reads still show the tags as they were before a change. */
  tagLagMs: number;
  /** A start whose token belongs to a deleted evaluation. */
  spentToken: "old id" | "new evaluation" | "conflict" | "not found";
  /** A start whose token was used with other parameters, which for the service may include a deleted evaluation's. */
  otherParameters: "ignored" | "IdempotencyException" | "ResourceConflictException";
  otherParametersOfDeleted: boolean;
  tokenLifetimeMs: number;
  secondEvaluation: "allowed" | "conflict";
  /** Which evaluation the contact's record has. */
  recorded: "latest" | "latest alive";
  /** Whether DescribeContactEvaluation lags behind a deletion too. */
  describesDeleted: boolean;
  tooEarly: "ResourceNotFoundException" | "InvalidRequestException";
  describesTags: boolean;
  /** Connect answers and submits a new evaluation by itself. */
  submits: boolean;
}

export interface Stored {
  arn: string;
  contactId: string;
  evaluationFormId: string;
  createdAt: number;
  deletedAt: number;
  tags: Tags;
  /** The tags that reads may still show. */
  earlierTags: { until: number; tags: Tags }[];
  isAutomatic: boolean | undefined;
  answeredByPerson: boolean;
}

const STATUS: Readonly<Record<string, number>> = {
  ResourceNotFoundException: 404,
  ResourceConflictException: 409,
  IdempotencyException: 409,
  InvalidRequestException: 400,
  AccessDeniedException: 403,
  InternalServiceException: 500,
};

export const awsError = (name: string): AwsError => new AwsError({ name, message: name, status: STATUS[name] });

export class SimulatedConnect {
  readonly evaluations: Stored[] = [];
  private readonly tokens = new Map<string, { evaluation: Stored; at: number; parameters: string }>();
  private milliseconds = Date.UTC(2026, 0, 1);

  constructor(readonly behaviour: Behaviour) {}

  readonly clock = {
    now: () => new Date(this.milliseconds),
    wait: async (milliseconds: number) => this.pass(milliseconds),
  };

  pass(milliseconds: number): void {
    this.milliseconds += milliseconds;
  }

  get alive(): Stored[] {
    return this.evaluations.filter(({ deletedAt }) => deletedAt === Number.POSITIVE_INFINITY);
  }

  /** A start by anybody, at once. */
  start(inputs: Inputs, token: string, tags: Tags): Stored {
    const parameters = JSON.stringify([
      inputs.contactId,
      inputs.evaluationFormId,
      inputs.autoEvaluationConfiguration,
      tags,
    ]);
    const used = this.tokens.get(token);
    if (used !== undefined && used.at + this.behaviour.tokenLifetimeMs > this.milliseconds) {
      const isAlive = this.alive.includes(used.evaluation);
      if (used.parameters !== parameters && (isAlive || this.behaviour.otherParametersOfDeleted)) {
        if (this.behaviour.otherParameters !== "ignored") throw awsError(this.behaviour.otherParameters);
      }
      if (isAlive || this.behaviour.spentToken === "old id") return used.evaluation;
      if (this.behaviour.spentToken === "conflict") throw awsError("ResourceConflictException");
      if (this.behaviour.spentToken === "not found") throw awsError("ResourceNotFoundException");
    }
    const isSecond = this.alive.some(
      (other) => other.contactId === inputs.contactId && other.evaluationFormId === inputs.evaluationFormId,
    );
    if (isSecond && this.behaviour.secondEvaluation === "conflict") throw awsError("ResourceConflictException");
    const evaluation: Stored = {
      arn: `${ARN}e${this.evaluations.length + 1}`,
      contactId: inputs.contactId,
      evaluationFormId: inputs.evaluationFormId,
      createdAt: this.milliseconds,
      deletedAt: Number.POSITIVE_INFINITY,
      tags,
      earlierTags: [],
      isAutomatic: inputs.autoEvaluationConfiguration?.enabled,
      answeredByPerson: false,
    };
    this.evaluations.push(evaluation);
    this.tokens.set(token, { evaluation, at: this.milliseconds, parameters });
    return evaluation;
  }

  /** The calls as one process makes them; `before` and `after` may throw. */
  calls(
    before: (operation: Operation) => void,
    after: (operation: Operation) => void,
  ): StartCalls & Pick<Connect, "tagResource" | "untagResource"> {
    const call = async <T>(operation: Operation, act: () => T): Promise<T> => {
      this.pass(CALL_MS);
      before(operation);
      const result = act();
      after(operation);
      return result;
    };
    return {
      clock: this.clock,
      region: async () => "us-east-1",
      callerAccount: async () => ACCOUNT,
      describeInstance: () => call("DescribeInstance", () => undefined),
      listEvaluationFormVersions: () => call("ListEvaluationFormVersions", () => [{ version: 1, isActive: true }]),
      describeContactRecord: (_, contactId) => call("DescribeContact", () => this.record(contactId)),
      listContactEvaluations: (_, contactId) => call("ListContactEvaluations", () => this.list(contactId)),
      listTagsForResource: (arn) =>
        call("ListTagsForResource", () => this.shownTags(this.visible(arn, "ListTagsForResource"))),
      describeContactEvaluation: (arn) => call("DescribeContactEvaluation", () => this.describe(arn)),
      startContactEvaluation: (inputs, token, tags) =>
        call("StartContactEvaluation", () => this.start(inputs, token, tags).arn),
      tagResource: (arn, tags) => call("TagResource", () => this.tag(arn, tags)),
      untagResource: (arn, keys) => call("UntagResource", () => this.untag(arn, keys)),
      deleteContactEvaluation: ({ id }) => call("DeleteContactEvaluation", () => this.delete(ARN + id)),
    };
  }

  delete(arn: string): void {
    const evaluation = this.living(arn);
    evaluation.deletedAt = this.milliseconds;
  }

  tag(arn: string, tags: Tags): void {
    const evaluation = this.living(arn);
    this.retag(evaluation, { ...evaluation.tags, ...tags });
  }

  untag(arn: string, keys: readonly string[]): void {
    const evaluation = this.living(arn);
    this.retag(evaluation, Object.fromEntries(Object.entries(evaluation.tags).filter(([key]) => !keys.includes(key))));
  }

  private retag(evaluation: Stored, tags: Tags): void {
    evaluation.earlierTags.push({ until: this.milliseconds, tags: evaluation.tags });
    evaluation.tags = tags;
  }

  private shownTags({ tags, earlierTags }: Stored): Tags {
    const { tagLagMs } = this.behaviour;
    return earlierTags.find(({ until }) => until + tagLagMs > this.milliseconds)?.tags ?? tags;
  }

  private living(arn: string): Stored {
    const evaluation = this.alive.find((stored) => stored.arn === arn);
    if (evaluation === undefined) throw awsError("ResourceNotFoundException");
    return evaluation;
  }

  private isVisible({ createdAt }: Stored, read: Read): boolean {
    return createdAt + this.behaviour.lag[read] <= this.milliseconds;
  }

  private isGone({ deletedAt }: Stored, read: Read): boolean {
    return deletedAt + this.behaviour.lag[read] <= this.milliseconds;
  }

  private visible(arn: string, read: Read): Stored {
    const evaluation = this.evaluations.find((stored) => stored.arn === arn);
    const isGone =
      evaluation === undefined ||
      (this.behaviour.describesDeleted ? this.isGone(evaluation, read) : !this.alive.includes(evaluation));
    if (isGone) throw awsError("ResourceNotFoundException");
    if (!this.isVisible(evaluation, read)) throw awsError(this.behaviour.tooEarly);
    return evaluation;
  }

  private describe({ id }: ConnectArn): Evaluation {
    const evaluation = this.visible(ARN + id, "DescribeContactEvaluation");
    const createdTime = new Date(evaluation.createdAt).toISOString();
    const isSubmitted = this.behaviour.submits && evaluation.isAutomatic === true;
    const answer = { value: { StringValue: "Yes" }, suggestions: [] };
    return {
      evaluationArn: evaluation.arn,
      evaluationId: id,
      instanceId: INSTANCE,
      contactId: evaluation.contactId,
      evaluationFormId: evaluation.evaluationFormId,
      status: isSubmitted ? "SUBMITTED" : "DRAFT",
      createdTime,
      lastModifiedTime: createdTime,
      ...(this.behaviour.describesTags && { tags: this.shownTags(evaluation) }),
      ...(evaluation.isAutomatic !== undefined && { autoEvaluationEnabled: evaluation.isAutomatic }),
      answers: evaluation.answeredByPerson ? { q: answer } : {},
      notes: {},
    };
  }

  private list(contactId: string): ContactEvaluationSummary[] {
    return this.of(contactId)
      .filter((evaluation) => this.isVisible(evaluation, "ListContactEvaluations"))
      .filter((evaluation) => !this.isGone(evaluation, "ListContactEvaluations"))
      .map(({ arn, evaluationFormId, createdAt }) => ({
        evaluationArn: arn,
        evaluationId: arn.slice(ARN.length),
        evaluationFormId,
        evaluationFormTitle: "Form",
        status: "DRAFT",
        createdTime: new Date(createdAt).toISOString(),
        lastModifiedTime: new Date(createdAt).toISOString(),
      }));
  }

  private record(contactId: string): RecordedEvaluation[] {
    const visible = this.of(contactId).filter((evaluation) => this.isVisible(evaluation, "DescribeContact"));
    const forms = [...new Set(visible.map(({ evaluationFormId }) => evaluationFormId))];
    return forms.flatMap((evaluationFormId) => {
      const ofForm = visible.filter((evaluation) => evaluation.evaluationFormId === evaluationFormId);
      const alive = ofForm.filter((evaluation) => !this.isGone(evaluation, "DescribeContact"));
      const latest = (this.behaviour.recorded === "latest alive" && alive.at(-1)) || ofForm.at(-1);
      if (latest === undefined) return [];
      const status = this.isGone(latest, "DescribeContact") ? "DELETED" : "IN_PROGRESS";
      const startedTime = new Date(latest.createdAt).toISOString();
      return [{ evaluationArn: latest.arn, evaluationFormId, status, startedTime }];
    });
  }

  private of(contactId: string): Stored[] {
    return this.evaluations.filter((evaluation) => evaluation.contactId === contactId);
  }
}
