import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation } from "pulumi-connect-evaluations";

const config = new pulumi.Config();

const calibration = new ContactEvaluation("calibration", {
  instanceId: config.require("instanceId"),
  contactId: config.require("contactId"),
  evaluationFormId: config.require("evaluationFormId"),
  tags: config.getObject<Record<string, string>>("tags"),
});

export const evaluationArn = calibration.evaluationArn;
export const status = calibration.status;
