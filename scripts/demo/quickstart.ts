import type { ConnectEmulator } from "../../emulator/src";
import { CONTACT, FORM, INSTANCE, OTHER_CONTACT, REGION, theEvaluation } from "./cast";
import type { Stage } from "./stage";
import { confirm, say, step } from "./terminal";

/** The folder of the program. */
export const QUICKSTART = "examples/quickstart";

/** The life of a contact evaluation, told with the real `pulumi` and a local Amazon Connect. */
export async function quickstart(connect: ConnectEmulator, stage: Stage): Promise<void> {
  say(`The program is ${QUICKSTART}, run by the real pulumi in a temporary home of its own.`);
  say(`Amazon Connect is a local one, at AWS_ENDPOINT_URL_CONNECT=${connect.url}.`);

  step("A new stack is told which contact to evaluate with which form.");
  await stage.run("pulumi stack init demo");
  await stage.run(`pulumi config set aws:region ${REGION}`);
  await stage.run(`pulumi config set instanceId ${INSTANCE}`);
  await stage.run(`pulumi config set contactId ${CONTACT}`);
  await stage.run(`pulumi config set evaluationFormId ${FORM}`);

  step("Pulumi starts the evaluation.");
  await stage.run("pulumi up --skip-preview");
  const first = theEvaluation(connect);
  confirm(first.contactId === CONTACT, `Amazon Connect holds one evaluation, of ${CONTACT}; it is a ${first.status}.`);

  step("A tag is set on it where it is.");
  await stage.run("pulumi config set --path tags.round second");
  await stage.run("pulumi up --skip-preview");
  const tagged = theEvaluation(connect);
  confirm(tagged.arn === first.arn, "It is still the same evaluation.");
  confirm(tagged.tags.round === "second", "It has the tag.");

  step("Another contact takes another evaluation; the old one is deleted first.");
  await stage.run(`pulumi config set contactId ${OTHER_CONTACT}`);
  await stage.run("pulumi up --skip-preview");
  const second = theEvaluation(connect);
  confirm(second.contactId === OTHER_CONTACT, `Amazon Connect holds one evaluation, of ${OTHER_CONTACT}.`);

  step("Somebody deletes it behind Pulumi's back. A refresh drops it from the state, and an up heals.");
  connect.someone.deletes(second.arn);
  await stage.run("pulumi refresh --skip-preview");
  await stage.run("pulumi up --skip-preview");
  const third = theEvaluation(connect);
  confirm(third.arn !== second.arn, "Amazon Connect holds one evaluation, a new one.");

  step("The program answers the form's questions and submits, and Amazon Connect computes the score.");
  await stage.run("pulumi config set --path answers.q1 Yes");
  await stage.run("pulumi config set --path answers.q2 9");
  await stage.run("pulumi config set submit true");
  await stage.run("pulumi up --skip-preview");
  const scored = theEvaluation(connect);
  confirm(scored.score?.Percentage === 100, `It is ${scored.status}, with 100 percent.`);

  step("Another answer submits it again.");
  await stage.run("pulumi config set --path answers.q2 6");
  await stage.run("pulumi up --skip-preview");
  const resubmitted = theEvaluation(connect);
  const isSame = resubmitted.arn === third.arn;
  confirm(isSame && resubmitted.score?.Percentage === 80, "The same evaluation now has 80 percent.");

  step("A grader notes something. Now it holds somebody's work, and a destroy is refused.");
  connect.someone.notes(resubmitted.arn, { q2: "The agent asked twice." });
  await stage.runRefused("pulumi destroy --skip-preview");
  const graded = theEvaluation(connect);
  confirm(graded.arn === third.arn, `The evaluation lives, and is ${graded.status}.`);

  step("A destroy that is told to deletes it all the same.");
  await stage.run("CONNECT_EVALUATIONS_FORCE_DESTROY=true pulumi destroy --skip-preview");
  confirm(connect.evaluations().length === 0, "Amazon Connect holds nothing.");
}
