import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation } from "pulumi-connect-evaluations";

const config = new pulumi.Config();
const instance = aws.connect.getInstanceOutput({ instanceAlias: config.require("instanceAlias") });
const contactIds = config.requireObject<string[]>("contactIds");
const evaluationFormIds = config.requireObject<string[]>("evaluationFormIds");

const evaluations = contactIds.flatMap((contactId) =>
  evaluationFormIds.map(
    (evaluationFormId) =>
      new ContactEvaluation(`${contactId}-${evaluationFormId}`, {
        instanceId: instance.arn,
        contactId,
        evaluationFormId,
        tags: { purpose: "staging" },
        // Destroying staging deletes whatever testers graded in it.
        forceDestroy: true,
      }),
  ),
);

export const evaluationArns = evaluations.map(({ evaluationArn }) => evaluationArn);
