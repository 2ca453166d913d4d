import * as pulumi from "@pulumi/pulumi";
import { type AnswerArgs, ContactEvaluation } from "pulumi-connect-evaluations";

const config = new pulumi.Config();

const evaluation = new ContactEvaluation("evaluation", {
  instanceId: config.require("instanceId"),
  contactId: config.require("contactId"),
  evaluationFormId: config.require("evaluationFormId"),
  answers: config.getObject<Record<string, AnswerArgs>>("answers"),
  submit: config.getBoolean("submit"),
  tags: config.getObject<Record<string, string>>("tags"),
});

export const evaluationArn = evaluation.evaluationArn;
export const status = evaluation.status;
export const percentage = evaluation.score.apply((score) => score?.percentage ?? "not scored");
