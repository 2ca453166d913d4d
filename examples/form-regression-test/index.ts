import * as pulumi from "@pulumi/pulumi";
import { ContactEvaluation } from "pulumi-connect-evaluations";
import { cases } from "./cases";
// Publish it with `aws connect create-evaluation-form --cli-input-json file://form.json`, then activate it.
// If your program has the form as a resource, use that resource's ARN and items instead.
import form from "./form.json";
import { differs, type Result, tableOf } from "./results";

const config = new pulumi.Config();
const instanceId = config.require("instanceId");
const evaluationFormId = config.require("evaluationFormId");
const contactIds = config.requireObject<string[]>("contactIds");

const questions = form.Items.flatMap(({ Section }) => Section.Items.map(({ Question }) => Question));

const results = cases.map(({ name, answers, expected }, index) => {
  const evaluation = new ContactEvaluation(name, {
    instanceId,
    contactId: contactIds[index] ?? "",
    evaluationFormId,
    answers,
    submit: true,
    // A changed form is tested with new evaluations.
    triggers: [form.Items, form.ScoringStrategy],
  });
  return pulumi.all([evaluation.score, evaluation.scores]).apply(([score, scores = {}]): Result[] => [
    { name, question: "(overall)", expected: expected.overall, scored: score?.percentage },
    ...questions.map(({ RefId, Title }) => ({
      name,
      question: Title,
      expected: expected.questions[RefId],
      scored: scores[RefId]?.percentage,
    })),
  ]);
});

/** The overall scores in percent. The deployment fails if any score is not the expected one. */
export const percentages = pulumi.all(results).apply((all) => {
  const different = all.flat().filter(differs);
  if (different.length > 0) {
    const error = new pulumi.RunError(`the form does not score as expected:\n\n${tableOf(different)}`);
    // Pulumi does not show the stack of this error, and takes half a minute to look it up.
    throw Object.assign(error, { stack: error.message });
  }
  return Object.fromEntries(all.map(([overall]) => [overall?.name, overall?.scored]));
});
