import assert from "node:assert/strict";
import {
  ConnectClient,
  DescribeEvaluationFormCommand,
  ListTagsForResourceCommand,
  StartContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { worldForEach } from "./world";

describe("a Region's partition", () => {
  const world = worldForEach();

  const regions: Record<string, string> = {
    "us-east-1": "aws",
    "eu-west-2": "aws",
    "us-gov-west-1": "aws-us-gov",
    "cn-north-1": "aws-cn",
    "eusc-de-east-1": "aws-eusc",
    "us-iso-east-1": "aws-iso",
    "us-isob-east-1": "aws-iso-b",
    "eu-isoe-west-1": "aws-iso-e",
    "us-isof-south-1": "aws-iso-f",
  };
  for (const [region, partition] of Object.entries(regions)) {
    it(`is ${partition} in all ARNs of ${region}`, async () => {
      const { emulator } = world();
      const { instanceId: InstanceId, arn } = emulator.addInstance({ region });
      const { contactId: ContactId } = emulator.addContact(InstanceId);
      const { evaluationFormId: EvaluationFormId, arn: formArn } = emulator.addEvaluationForm(InstanceId);
      emulator.someone.publishes(formArn);
      const settings = {
        endpoint: emulator.url,
        region,
        credentials: { accessKeyId: "AKIATEST", secretAccessKey: "secret" },
      };
      const [connect, sts] = [new ConnectClient(settings), new STSClient(settings)];
      const { EvaluationArn = "" } = await connect.send(
        new StartContactEvaluationCommand({ InstanceId, ContactId, EvaluationFormId }),
      );
      const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
      const { EvaluationForm } = await connect.send(
        new DescribeEvaluationFormCommand({ InstanceId, EvaluationFormId }),
      );
      await connect.send(new ListTagsForResourceCommand({ resourceArn: EvaluationArn }));
      connect.destroy();
      sts.destroy();
      const evaluator = emulator.evaluation(EvaluationArn)?.evaluatorArn;
      assert.equal(evaluator, `${arn}/agent/${Arn}`);
      const arns = [arn, formArn, EvaluationArn, Arn, EvaluationForm?.CreatedBy];
      assert.deepEqual(
        arns.map((text) => text?.split(":")[1]),
        arns.map(() => partition),
      );
    });
  }
});
