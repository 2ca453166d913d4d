import type { ConnectClient, DescribeContactEvaluationCommandOutput } from "@aws-sdk/client-connect";
import { connectConfig, refuseOtherAccounts, stsConfig } from "../aws/clients";
import { credentialsOf } from "../aws/credentials";
import type { Settings } from "../aws/settings";
import type { ConnectArn } from "../shared/arns";
import { type Answer, ConnectError, UserError } from "../shared/errors";
import { type Declared, type EvaluationScore, type Observed, plain } from "../shared/model";
import type { Tags } from "../shared/tags";
import { Pacing } from "./pacing";

/** The one place that knows Connect's client: the calls that this provider makes, in plain values. */

/** An evaluation as the service describes it. */
export interface Evaluation extends Observed {
  evaluationArn: string;
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
  autoEvaluationEnabled?: boolean;
  /** `undefined` where the service left the tags out, which is not the same as none. */
  tags?: Tags;
  /** Questions with an answer that the service did not suggest, and whatever has a note. */
  answeredQuestions: string[];
  notedItems: string[];
}

export interface Started {
  evaluationId: string;
  evaluationArn: string;
  /** The service's clock when it answered; its own times are compared with this, never with this machine's clock. */
  answeredAt: Date;
}

export interface EvaluationSummary {
  evaluationArn: string;
  evaluationFormId: string;
  evaluationType?: string | undefined;
  status: string;
  createdTime: string;
}

export interface FormVersion {
  version: number;
  isActive: boolean;
}

type Sdk = typeof import("@aws-sdk/client-connect");

/** Loaded at the first call, not with the provider: an `up` without changes makes none. */
function loadSdk(): Sdk {
  // Its own switch: the SDK's notice about coming Node versions would show under the stack in every `pulumi up`.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return require("@aws-sdk/client-connect") as Sdk;
}

/** Amazon Connect in one Region, as one caller. */
export class Connect {
  private readonly sdk = loadSdk();
  private readonly client: ConnectClient;
  /** Resolves when the account is one that the stack allows; asked before the first call that changes anything. */
  private readonly mayWrite: () => Promise<void>;

  constructor(settings: Settings, region: string | undefined, tell: (line: string) => void) {
    const sts = stsConfig(settings, region);
    const credentials = credentialsOf(settings, sts);
    this.client = new this.sdk.ConnectClient(connectConfig(settings, region, credentials));
    this.mayWrite = lazily(() => this.answer(() => refuseOtherAccounts(settings, sts, credentials)));
    const pacing = new Pacing(isThrottle, tell);
    const paced =
      <Args, Result>(next: (args: Args) => Promise<Result>, context: { commandName?: string }) =>
      (args: Args) =>
        pacing.run(context.commandName ?? "", () => next(args));
    this.client.middlewareStack.addRelativeTo(paced, {
      name: "pacing",
      relation: "after",
      toMiddleware: "retryMiddleware",
    });
  }

  /** The Region that is called, for messages. */
  async region(): Promise<string | undefined> {
    return this.client.config.region().catch(() => undefined);
  }

  async startContactEvaluation(inputs: Declared, clientToken: string): Promise<Started> {
    await this.mayWrite();
    const command = new this.sdk.StartContactEvaluationCommand({
      InstanceId: inputs.instanceId,
      ContactId: inputs.contactId,
      EvaluationFormId: inputs.evaluationFormId,
      ClientToken: clientToken,
      ...(inputs.autoEvaluationConfiguration && {
        AutoEvaluationConfiguration: { Enabled: inputs.autoEvaluationConfiguration.enabled },
      }),
      // TagMap has at least one entry in the API model: none is sent as nothing.
      ...(inputs.tags && Object.keys(inputs.tags).length > 0 && { Tags: inputs.tags }),
    });
    let answeredAt = new Date();
    command.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        answeredAt = dateOf(result.response) ?? new Date();
        return result;
      },
      { step: "deserialize", name: "answeredAt" },
    );
    const sent = [clientToken, ...Object.values(inputs.tags ?? {})];
    const { EvaluationId, EvaluationArn } = await this.answer(() => this.client.send(command), sent);
    return { evaluationId: demand(EvaluationId), evaluationArn: demand(EvaluationArn), answeredAt };
  }

  async describeContactEvaluation(arn: ConnectArn): Promise<Evaluation> {
    const command = new this.sdk.DescribeContactEvaluationCommand(evaluationRef(arn));
    return toEvaluation(arn, await this.answer(() => this.client.send(command)));
  }

  async deleteContactEvaluation(arn: ConnectArn): Promise<void> {
    await this.mayWrite();
    await this.answer(() => this.client.send(new this.sdk.DeleteContactEvaluationCommand(evaluationRef(arn))));
  }

  async listContactEvaluations(instanceId: string, contactId: string): Promise<EvaluationSummary[]> {
    const command = new this.sdk.ListContactEvaluationsCommand({ InstanceId: instanceId, ContactId: contactId });
    const { EvaluationSummaryList } = await this.answer(() => this.client.send(command));
    return (EvaluationSummaryList ?? []).map((summary) => ({
      evaluationArn: demand(summary.EvaluationArn),
      evaluationFormId: demand(summary.EvaluationFormId),
      evaluationType: summary.EvaluationType,
      status: demand(summary.Status),
      createdTime: demand(summary.CreatedTime).toISOString(),
    }));
  }

  /** The ARNs of the evaluations that the service's index has, which lags behind by some seconds. */
  async searchContactEvaluations(
    instanceId: string,
    wanted: { evaluationFormId: string | undefined; statuses: readonly string[]; tags: Tags },
  ): Promise<string[]> {
    const exact = (FieldName: string, Value: string) => ({
      StringCondition: { FieldName, Value, ComparisonType: "EXACT" as const },
    });
    const conditions = [
      ...(wanted.evaluationFormId === undefined ? [] : [exact("EvaluationFormId", wanted.evaluationFormId)]),
      ...(wanted.statuses.length === 0 ? [] : [{ OrConditions: wanted.statuses.map((one) => exact("Status", one)) }]),
    ];
    const tags = Object.entries(wanted.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    const arns: string[] = [];
    let next: string | undefined;
    do {
      const command = new this.sdk.SearchContactEvaluationsCommand({
        InstanceId: instanceId,
        MaxResults: 100,
        ...(conditions.length > 0 && { SearchCriteria: { AndConditions: conditions } }),
        ...(tags.length > 0 && { SearchFilter: { AttributeFilter: { AndCondition: { TagConditions: tags } } } }),
        ...(next !== undefined && { NextToken: next }),
      });
      const page = await this.answer(() => this.client.send(command), Object.values(wanted.tags));
      arns.push(...(page.EvaluationSearchSummaryList ?? []).map(({ EvaluationArn }) => demand(EvaluationArn)));
      next = page.NextToken || undefined;
    } while (next !== undefined);
    return arns;
  }

  async tagResource(resourceArn: string, tags: Tags): Promise<void> {
    await this.mayWrite();
    const command = new this.sdk.TagResourceCommand({ resourceArn, tags });
    await this.answer(() => this.client.send(command), Object.values(tags));
  }

  async untagResource(resourceArn: string, tagKeys: string[]): Promise<void> {
    await this.mayWrite();
    await this.answer(() => this.client.send(new this.sdk.UntagResourceCommand({ resourceArn, tagKeys })));
  }

  async listTagsForResource(resourceArn: string): Promise<Tags> {
    const command = new this.sdk.ListTagsForResourceCommand({ resourceArn });
    return (await this.answer(() => this.client.send(command))).tags ?? {};
  }

  /** The state that the contact's record gives for its evaluation with this ARN, deleted ones included. */
  async describeContact(instanceId: string, contactId: string, evaluationArn?: string): Promise<string | undefined> {
    const command = new this.sdk.DescribeContactCommand({ InstanceId: instanceId, ContactId: contactId });
    const { Contact } = await this.answer(() => this.client.send(command));
    const evaluations = Object.values(Contact?.ContactEvaluations ?? {});
    return evaluations.find(({ EvaluationArn }) => EvaluationArn === evaluationArn)?.Status;
  }

  async listEvaluationFormVersions(instanceId: string, evaluationFormId: string): Promise<FormVersion[]> {
    const versions: FormVersion[] = [];
    const pages = this.sdk.paginateListEvaluationFormVersions(
      { client: this.client },
      { InstanceId: instanceId, EvaluationFormId: evaluationFormId },
    );
    await this.answer(async () => {
      for await (const { EvaluationFormVersionSummaryList = [] } of pages) {
        for (const { EvaluationFormVersion, Status } of EvaluationFormVersionSummaryList) {
          versions.push({ version: demand(EvaluationFormVersion), isActive: Status === "ACTIVE" });
        }
      }
    });
    return versions;
  }

  async describeInstance(instanceId: string): Promise<void> {
    await this.answer(() => this.client.send(new this.sdk.DescribeInstanceCommand({ InstanceId: instanceId })));
  }

  /** @param sent values that may be secret, and that the service may repeat in an error. */
  private async answer<T>(call: () => Promise<T>, sent: readonly string[] = []): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw asConnectError(error, sent);
    }
  }
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const evaluationRef = ({ instanceId, id }: ConnectArn) => ({ InstanceId: instanceId, EvaluationId: id });

/** A member that the API model requires; its absence is an answer that is not Connect's. */
function demand<T>(member: T | undefined): T {
  if (member !== undefined) return member;
  throw new ConnectError({ name: "SyntaxError", message: "the answer lacks a member that the API promises" });
}

function toEvaluation(
  { instanceId }: ConnectArn,
  { Evaluation, EvaluationForm }: DescribeContactEvaluationCommandOutput,
): Evaluation {
  const { Metadata, ...evaluation } = demand(Evaluation);
  const answers = Object.entries(evaluation.Answers ?? {});
  return plain<Evaluation>({
    evaluationArn: demand(evaluation.EvaluationArn),
    evaluationId: demand(evaluation.EvaluationId),
    instanceId,
    contactId: demand(Metadata?.ContactId),
    evaluationFormId: demand(EvaluationForm?.EvaluationFormId),
    evaluationFormVersion: EvaluationForm?.EvaluationFormVersion,
    status: demand(evaluation.Status),
    evaluationType: evaluation.EvaluationType,
    evaluatorArn: Metadata?.EvaluatorArn,
    contactAgentId: Metadata?.ContactAgentId,
    score: toScore(Metadata?.Score),
    autoEvaluationEnabled: Metadata?.AutoEvaluation?.AutoEvaluationEnabled,
    autoEvaluationStatus: Metadata?.AutoEvaluation?.AutoEvaluationStatus,
    createdTime: demand(evaluation.CreatedTime).toISOString(),
    lastModifiedTime: demand(evaluation.LastModifiedTime).toISOString(),
    tags: evaluation.Tags,
    answeredQuestions: answers.filter(([, answer]) => !isSuggested(answer)).map(([question]) => question),
    notedItems: Object.keys(evaluation.Notes ?? {}),
  });
}

type AnswerOutput = NonNullable<NonNullable<DescribeContactEvaluationCommandOutput["Evaluation"]>["Answers"]>[string];

/** No value, or one that the service itself suggested: nobody's work. */
function isSuggested({ Value, SystemSuggestedValue, SuggestedAnswers = [] }: AnswerOutput): boolean {
  if (Value === undefined) return true;
  const suggestions = [SystemSuggestedValue, ...SuggestedAnswers.map((suggestion) => suggestion.Value)];
  return suggestions.some((suggestion) => JSON.stringify(suggestion) === JSON.stringify(Value));
}

type ScoreOutput = NonNullable<NonNullable<DescribeContactEvaluationCommandOutput["Evaluation"]>["Metadata"]>["Score"];

function toScore(score: ScoreOutput): EvaluationScore | undefined {
  if (score === undefined) return undefined;
  const entries = Object.entries(score).map(([member, value]) => [
    member.charAt(0).toLowerCase() + member.slice(1),
    value,
  ]);
  return Object.fromEntries(entries) as EvaluationScore;
}

function dateOf(response: unknown): Date | undefined {
  const { headers } = response as { headers?: Record<string, string> };
  const time = Date.parse(headers?.date ?? "");
  return Number.isNaN(time) ? undefined : new Date(time);
}

interface SdkError {
  name?: string;
  message?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

const THROTTLES = ["ThrottlingException", "TooManyRequestsException", "LimitExceededException"];

function isThrottle(error: unknown): boolean {
  const { name = "", $metadata } = error as SdkError;
  return $metadata?.httpStatusCode === 429 || THROTTLES.includes(name);
}

function asConnectError(error: unknown, sent: readonly string[]): unknown {
  if (error instanceof ConnectError || error instanceof UserError || !(error instanceof Error)) return error;
  const { name = "Unknown", message = "", code, $metadata } = error as SdkError;
  const isOurs =
    $metadata === undefined && code === undefined && ["TypeError", "RangeError", "ReferenceError"].includes(name);
  if (isOurs) return error;
  const answer: Answer = {
    name: nameOf(name, message, code),
    message: redact(message, sent),
    status: $metadata?.httpStatusCode,
    requestId: $metadata?.requestId,
  };
  return new ConnectError(answer);
}

/** Shorter ones are no secrets, and would blot out half the text. */
const SHORTEST_SECRET = 4;

function redact(message: string, values: readonly string[]): string {
  const secrets = values.filter(({ length }) => length >= SHORTEST_SECRET);
  return secrets.reduce((text, secret) => text.replaceAll(secret, "[redacted]"), message);
}

/** Socket and look-up failures carry their name in `code`; a missing Region has none of its own. */
function nameOf(name: string, message: string, code: string | undefined): string {
  if (name === "ThrottlingGaveUp") return "ThrottlingException";
  if (message.startsWith("Region is missing")) return "MissingRegion";
  return name === "Error" && code !== undefined ? code : name;
}
