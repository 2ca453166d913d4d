import type { ConnectEmulator } from "../../emulator/src";
import { theEvaluation } from "./cast";
import { confirmTagged, starts, takesAnotherContact } from "./opening";
import type { Stage } from "./stage";
import { confirm, step } from "./terminal";

/** The folder of the program. */
export const QUICKSTART = "examples/quickstart";

/** The life of a contact evaluation, told with the real `pulumi` and a local Amazon Connect. */
export async function quickstart(connect: ConnectEmulator, stage: Stage): Promise<void> {
  const first = await starts(connect, stage, { program: QUICKSTART, namespace: "aws" });

  step("A tag is set on it where it is.");
  await stage.run("pulumi config set --path tags.round second");
  await stage.run("pulumi up --skip-preview");
  confirmTagged(connect, first);

  const second = await takesAnotherContact(connect, stage);

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
