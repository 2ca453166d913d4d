import * as pulumi from "@pulumi/pulumi";
import { CalibrationRound } from "./calibrationRound";

const config = new pulumi.Config();

const november = new CalibrationRound("november", {
  instanceId: config.require("instanceId"),
  evaluationFormId: config.require("evaluationFormId"),
  contactIds: config.requireObject<string[]>("contactIds"),
});

export const evaluationArns = november.evaluationArns;
export const grades = november.grades;
