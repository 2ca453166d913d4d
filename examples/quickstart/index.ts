import * as pulumi from "@pulumi/pulumi";
import { type AnswerArgs, ContactEvaluation } from "pulumi-connect-evaluations";

const config = new pulumi.Config();

const calibration = new ContactEvaluation("calibration", {
  instanceId: config.require("instanceId"),
  contactId: config.require("contactId"),
  evaluationFormId: config.require("evaluationFormId"),
  answers: config.getObject<Record<string, AnswerArgs>>("answers"),
  submit: config.getBoolean("submit"),
  tags: config.getObject<Record<string, string>>("tags"),
});

export const evaluationArn = calibration.evaluationArn;
export const status = calibration.status;
export const percentage = calibration.score.apply((score) => score?.percentage ?? "not scored");
