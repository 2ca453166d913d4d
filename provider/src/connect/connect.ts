import type { ConnectClient } from "@aws-sdk/client-connect";
import { askOnceForAccount, refuseOtherAccounts } from "../aws/accounts";
import { fromSdk } from "../aws/awsError";
import { stsConfig } from "../aws/clients";
import { credentialsOf } from "../aws/credentials";
import { type Sent, secretsIn } from "../aws/redaction";
import type { Settings } from "../aws/settings";
import type { ConnectArn } from "../shared/arns";
import { currentSignal, orInterrupted } from "../shared/interruption";
import type { ContactEvaluationSummary, Inputs } from "../shared/model";
import { defined } from "../shared/plain";
import type { Tags } from "../shared/tags";
import { connectClient, loadSdk, NotRepeated } from "./client";
import type { Changes, Evaluation, Form, FormVersion, RecordedEvaluation } from "./evaluation";
import type { Clock } from "./eventually";
import { Forms } from "./forms";
import { ServiceClock } from "./serviceClock";
import { demand, fromChanges, inUntagCalls, toEvaluation, toForm, toRecorded, toSummary } from "./translation";

/** The calls of Amazon Connect that this provider makes, in plain values. */

type Call<T> = (options: { abortSignal?: AbortSignal }) => Promise<T>;

/** Amazon Connect in one Region, as one caller. */
export class Connect {
  readonly clock: Clock;
  readonly forms = new Forms(this);
  private readonly sdk = loadSdk();
  private readonly client: ConnectClient;
  /** The account of the credentials, asked of STS once. */
  readonly callerAccount: () => Promise<string>;
  /** Resolves when that account is one that the stack allows. */
  private readonly isAllowed: () => Promise<void>;

  /** Those of the settings, which go out with every call. */
  private readonly secrets: readonly string[];

  constructor(settings: Settings, region: string | undefined, say: (line: string) => void) {
    const sts = stsConfig(settings, region);
    const credentials = credentialsOf(settings, sts);
    const clock = new ServiceClock();
    this.secrets = secretsIn(settings);
    this.clock = clock;
    this.client = connectClient(this.sdk, settings, region, credentials, clock, say);
    this.callerAccount = askOnceForAccount(sts, credentials, this.secrets);
    this.isAllowed = () => refuseOtherAccounts(settings, this.callerAccount);
  }

  /** The Region that is called, for messages. */
  async region(): Promise<string | undefined> {
    return this.client.config.region().catch(() => undefined);
  }

  /**
   * Answers with the ARN of an evaluation, which the token may have started before.
   * IAM: connect:StartContactEvaluation.
   */
  async startContactEvaluation(inputs: Inputs, clientToken: string, tags: Tags): Promise<string> {
    const command = new this.sdk.StartContactEvaluationCommand({
      InstanceId: inputs.instanceId,
      ContactId: inputs.contactId,
      EvaluationFormId: inputs.evaluationFormId,
      ClientToken: clientToken,
      ...(inputs.autoEvaluationConfiguration && {
        AutoEvaluationConfiguration: { Enabled: inputs.autoEvaluationConfiguration.enabled },
      }),
      // TagMap has at least one entry in the API model: none is sent as nothing.
      ...(Object.keys(tags).length > 0 && { Tags: tags }),
    });
    const sent = [clientToken, ...Object.values(tags)];
    return demand((await this.answer((options) => this.client.send(command, options), sent)).EvaluationArn);
  }

  /** IAM: connect:DescribeContactEvaluation. */
  async describeContactEvaluation(arn: ConnectArn): Promise<Evaluation> {
    const command = new this.sdk.DescribeContactEvaluationCommand(evaluationRef(arn));
    return toEvaluation(arn, await this.answer((options) => this.client.send(command, options)));
  }

  /**
   * Merges answers and notes into a draft. Repeated, it comes to the same.
   * @param evaluator the ARN of the Connect user to whom the change is attributed; the caller by default.
   * IAM: connect:UpdateContactEvaluation.
   */
  async updateContactEvaluation(arn: ConnectArn, changes: Changes, evaluator?: string): Promise<void> {
    const command = new this.sdk.UpdateContactEvaluationCommand({
      ...evaluationRef(arn),
      ...fromChanges(changes),
      ...(evaluator !== undefined && { UpdatedBy: { ConnectUserArn: evaluator } }),
    });
    demand((await this.answer((options) => this.client.send(command, options), valuesIn(changes))).EvaluationArn);
  }

  /**
   * Merges answers and notes, and submits. It is sent once: repeated, it would be a resubmission.
   * @param evaluator the ARN of the Connect user to whom the submission is attributed; the caller by default.
   * IAM: connect:SubmitContactEvaluation.
   */
  async submitContactEvaluation(arn: ConnectArn, changes: Changes, evaluator?: string): Promise<void> {
    const command = new this.sdk.SubmitContactEvaluationCommand({
      ...evaluationRef(arn),
      ...fromChanges(changes),
      ...(evaluator !== undefined && { SubmittedBy: { ConnectUserArn: evaluator } }),
    });
    demand((await this.answer((options) => this.client.send(command, options), valuesIn(changes))).EvaluationArn);
  }

  /** IAM: connect:DeleteContactEvaluation. */
  async deleteContactEvaluation(arn: ConnectArn): Promise<void> {
    const command = new this.sdk.DeleteContactEvaluationCommand(evaluationRef(arn));
    await this.acknowledgement((options) => this.client.send(command, options));
  }

  /** IAM: connect:ListContactEvaluations. */
  async listContactEvaluations(instanceId: string, contactId: string): Promise<ContactEvaluationSummary[]> {
    const command = new this.sdk.ListContactEvaluationsCommand({ InstanceId: instanceId, ContactId: contactId });
    const { EvaluationSummaryList } = await this.answer((options) => this.client.send(command, options));
    return demand(EvaluationSummaryList).map(toSummary);
  }

  /**
   * The ARNs of the evaluations in the service's index, which lags behind by some seconds.
   * IAM: connect:SearchContactEvaluations.
   */
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
      const page = await this.acknowledgement(
        (options) => this.client.send(command, options),
        Object.values(wanted.tags),
      );
      arns.push(...(page.EvaluationSearchSummaryList ?? []).map(({ EvaluationArn }) => demand(EvaluationArn)));
      next = page.NextToken || undefined;
    } while (next !== undefined);
    return arns;
  }

  /** IAM: connect:TagResource. */
  async tagResource(resourceArn: string, tags: Tags): Promise<void> {
    const command = new this.sdk.TagResourceCommand({ resourceArn, tags });
    await this.acknowledgement((options) => this.client.send(command, options), Object.values(tags));
  }

  /** IAM: connect:UntagResource. */
  async untagResource(resourceArn: string, keys: readonly string[]): Promise<void> {
    for (const tagKeys of inUntagCalls(keys)) {
      const command = new this.sdk.UntagResourceCommand({ resourceArn, tagKeys });
      await this.acknowledgement((options) => this.client.send(command, options));
    }
  }

  /** IAM: connect:ListTagsForResource. */
  async listTagsForResource(resourceArn: string): Promise<Tags> {
    const command = new this.sdk.ListTagsForResourceCommand({ resourceArn });
    return (await this.acknowledgement((options) => this.client.send(command, options))).tags ?? {};
  }

  /**
   * The latest evaluation with each form in the contact's record, deleted ones included.
   * IAM: connect:DescribeContact.
   */
  async describeContactRecord(instanceId: string, contactId: string): Promise<RecordedEvaluation[]> {
    const command = new this.sdk.DescribeContactCommand({ InstanceId: instanceId, ContactId: contactId });
    const { Contact } = await this.answer((options) => this.client.send(command, options));
    return Object.values(demand(Contact).ContactEvaluations ?? {}).flatMap(toRecorded);
  }

  /**
   * A version of a form; without a number the latest one, which may be a draft.
   * IAM: connect:DescribeEvaluationForm.
   */
  async describeEvaluationForm(instanceId: string, evaluationFormId: string, version?: number): Promise<Form> {
    const command = new this.sdk.DescribeEvaluationFormCommand({
      InstanceId: instanceId,
      EvaluationFormId: evaluationFormId,
      ...(version !== undefined && { EvaluationFormVersion: version }),
    });
    return toForm((await this.answer((options) => this.client.send(command, options))).EvaluationForm);
  }

  /** IAM: connect:ListEvaluationFormVersions. */
  async listEvaluationFormVersions(instanceId: string, evaluationFormId: string): Promise<FormVersion[]> {
    const versions: FormVersion[] = [];
    const input = { InstanceId: instanceId, EvaluationFormId: evaluationFormId };
    await this.answer(async (options) => {
      const pages = this.sdk.paginateListEvaluationFormVersions({ client: this.client }, input, options);
      for await (const { EvaluationFormVersionSummaryList } of pages) {
        for (const { EvaluationFormVersion, Status } of demand(EvaluationFormVersionSummaryList)) {
          versions.push({ version: demand(EvaluationFormVersion), isActive: Status === "ACTIVE" });
        }
      }
    });
    return versions;
  }

  /** IAM: connect:DescribeInstance. */
  async describeInstance(instanceId: string): Promise<void> {
    const command = new this.sdk.DescribeInstanceCommand({ InstanceId: instanceId });
    demand((await this.answer((options) => this.client.send(command, options))).Instance);
  }

  /**
   * The answer to a call for which Connect may have nothing to say but "done", or "none". A proxy's page with status 200
   * says that, too; unlike Connect's answers, it has no request id.
   */
  private async acknowledgement<T extends { $metadata: { requestId?: string | undefined } }>(
    call: Call<T>,
    sent?: readonly Sent[],
  ): Promise<T> {
    const answer = await this.answer(call, sent);
    demand(answer.$metadata.requestId);
    return answer;
  }

  /**
   * Before the first call of any kind the account is compared with those that the stack allows.
   * @param sent values that may be secret, and that the service may repeat in an error.
   */
  private async answer<T>(call: Call<T>, sent: readonly Sent[] = []): Promise<T> {
    try {
      await orInterrupted(this.isAllowed);
      return await orInterrupted(() => call(defined({ abortSignal: currentSignal() })));
    } catch (caught) {
      const error = caught instanceof NotRepeated ? caught.failure : caught;
      throw error instanceof Error ? fromSdk(error, [...this.secrets, ...sent]) : error;
    }
  }
}

const evaluationRef = ({ instanceId, id }: ConnectArn) => ({ InstanceId: instanceId, EvaluationId: id });

/** What people wrote, which may be secret, and which the service may repeat in an error. */
function valuesIn({ answers, notes }: Changes): Sent[] {
  const values = Object.values(answers).flatMap((value = {}) => Object.values(value).flat());
  return [...values, ...Object.values(notes)].filter((value) => ["string", "number"].includes(typeof value));
}
