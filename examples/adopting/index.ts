import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation } from "pulumi-connect-evaluations";

const config = new pulumi.Config();
const evaluationArn = config.require("evaluationArn");

// Reads it and leaves it alone.
const existing = ContactEvaluation.get("existing", evaluationArn);

// Manages it from now on: its tags, and its deletion. The option may go once the evaluation is adopted.
const adopted = new ContactEvaluation(
  "adopted",
  {
    instanceId: evaluationArn.split("/contact-evaluation/")[0] ?? "",
    contactId: config.require("contactId"),
    evaluationFormId: config.require("evaluationFormId"),
    tags: { purpose: "calibration" },
  },
  { import: evaluationArn },
);

export const createdTime = existing.createdTime;
export const tags = adopted.tags;
