import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation } from "pulumi-connect-evaluations";

const config = new pulumi.Config();
const evaluationArn = config.require("evaluationArn");

// Reads the evaluation, and never changes or deletes it.
const existing = ContactEvaluation.get("existing", evaluationArn);

// Manages the evaluation from now on: its tags and its deletion. You can remove the option once it is adopted.
const adopted = new ContactEvaluation(
  "adopted",
  {
    instanceId: evaluationArn.split("/contact-evaluation/")[0] ?? "",
    contactId: config.require("contactId"),
    evaluationFormId: config.require("evaluationFormId"),
    tags: { purpose: "training" },
  },
  { import: evaluationArn },
);

export const createdTime = existing.createdTime;
export const tags = adopted.tags;
