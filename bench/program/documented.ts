import * as pulumi from "@pulumi/pulumi";
import type { Evaluate } from "./evaluate";

/**
 * The same resource in the way that Pulumi's documentation teaches: a provider class inside the program, which the SDK
 * serialises into every resource, and which imports the AWS SDK inside its methods. It makes the same calls, but does not
 * look whether the contact was evaluated before (DescribeContact).
 * https://www.pulumi.com/docs/iac/concepts/providers/dynamic-providers/
 */

interface Inputs {
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
  tags: Record<string, string>;
}

interface Outputs extends Inputs {
  evaluationArn: string;
  evaluationId: string;
  status: string;
}

class EvaluationProvider implements pulumi.dynamic.ResourceProvider<Inputs, Outputs> {
  private region = "";
  private endpoint = "";
  private accessKeyId = "";
  private secretAccessKey = "";
  private client: import("@aws-sdk/client-connect").ConnectClient | undefined;

  async configure({ config }: pulumi.dynamic.ConfigureRequest): Promise<void> {
    this.region = config.require("aws:region");
    this.endpoint = JSON.parse(config.require("aws:endpoints"))[0].connect;
    this.accessKeyId = config.require("aws:accessKey");
    this.secretAccessKey = config.require("aws:secretKey");
  }

  async create(inputs: Inputs): Promise<pulumi.dynamic.CreateResult<Outputs>> {
    const { StartContactEvaluationCommand } = await import("@aws-sdk/client-connect");
    const client = await this.connect();
    const { EvaluationArn = "", EvaluationId = "" } = await client.send(
      new StartContactEvaluationCommand({
        InstanceId: inputs.instanceId,
        ContactId: inputs.contactId,
        EvaluationFormId: inputs.evaluationFormId,
        Tags: inputs.tags,
      }),
    );
    const status = await this.statusOf(inputs.instanceId, EvaluationId);
    return { id: EvaluationArn, outs: { ...inputs, evaluationArn: EvaluationArn, evaluationId: EvaluationId, status } };
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<pulumi.dynamic.DiffResult> {
    const replaces = (["instanceId", "contactId", "evaluationFormId"] as const).filter(
      (key) => olds[key] !== news[key],
    );
    const isTagged = JSON.stringify(olds.tags) !== JSON.stringify(news.tags);
    return { changes: replaces.length > 0 || isTagged, replaces, deleteBeforeReplace: true };
  }

  async read(id: string, props?: Outputs): Promise<pulumi.dynamic.ReadResult<Outputs>> {
    if (props === undefined) throw new Error("there is nothing to read it with");
    const status = await this.statusOf(props.instanceId, props.evaluationId);
    return { id, props: { ...props, status } };
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<pulumi.dynamic.UpdateResult<Outputs>> {
    const { TagResourceCommand } = await import("@aws-sdk/client-connect");
    const client = await this.connect();
    await client.send(new TagResourceCommand({ resourceArn: id, tags: news.tags }));
    return { outs: { ...olds, ...news } };
  }

  async delete(_id: string, { instanceId, evaluationId }: Outputs): Promise<void> {
    const { DeleteContactEvaluationCommand } = await import("@aws-sdk/client-connect");
    const client = await this.connect();
    if ((await this.statusOf(instanceId, evaluationId)) !== "DRAFT") throw new Error("somebody worked in it");
    await client.send(new DeleteContactEvaluationCommand({ InstanceId: instanceId, EvaluationId: evaluationId }));
  }

  private async statusOf(instanceId: string, evaluationId: string): Promise<string> {
    const { DescribeContactEvaluationCommand } = await import("@aws-sdk/client-connect");
    const client = await this.connect();
    const { Evaluation } = await client.send(
      new DescribeContactEvaluationCommand({ InstanceId: instanceId, EvaluationId: evaluationId }),
    );
    return Evaluation?.Status ?? "";
  }

  private async connect(): Promise<import("@aws-sdk/client-connect").ConnectClient> {
    const { ConnectClient } = await import("@aws-sdk/client-connect");
    this.client ??= new ConnectClient({
      region: this.region,
      endpoint: this.endpoint,
      credentials: { accessKeyId: this.accessKeyId, secretAccessKey: this.secretAccessKey },
    });
    return this.client;
  }
}

class DocumentedEvaluation extends pulumi.dynamic.Resource {
  constructor(name: string, props: pulumi.Inputs) {
    super(new EvaluationProvider(), name, {
      ...props,
      evaluationArn: undefined,
      evaluationId: undefined,
      status: undefined,
    });
  }
}

export const evaluate: Evaluate = (name, args) => new DocumentedEvaluation(name, { ...args });
