import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation, type ContactEvaluationArgs, Provider } from "pulumi-connect-evaluations";

const config = new pulumi.Config();
const { region, ...there } = config.requireObject<ContactEvaluationArgs & { region: string }>("there");

// A provider can use another account, too. For another Region alone, `region` on the resource is enough.
const provider = new Provider("there", { region });

const evaluations = [
  new ContactEvaluation("here", config.requireObject<ContactEvaluationArgs>("here")),
  new ContactEvaluation("there", there, { provider }),
];

export const evaluationArns = evaluations.map(({ evaluationArn }) => evaluationArn);
