import * as path from "node:path";
import { ConnectClient, StartContactEvaluationCommand } from "@aws-sdk/client-connect";
import type { ConnectEmulator } from "../../emulator/src";
import { bundle } from "../plugin/bundle";
import { CONTACT, FORM, INSTANCE, REGION } from "./cast";
import { confirmTagged, starts, takesAnotherContact } from "./opening";
import type { Stage } from "./stage";
import { confirm, say, step } from "./terminal";

/** The folder of the program. */
export const YAML = "scripts/demo/yaml";

const TYPE = "connect-evaluations:index:ContactEvaluation";

/** The life of a contact evaluation whose program is in YAML, served by the provider plugin, with an import. */
export async function yaml(connect: ConnectEmulator, stage: Stage): Promise<void> {
  await bundle(path.join(stage.workDir, "plugin"));
  const program = `${YAML}/Pulumi.yaml`;
  const first = await starts(connect, stage, { program, namespace: "connect-evaluations" });

  step("A tag changes. The preview names it, and the evaluation stays.");
  await stage.run("pulumi config set round second");
  await stage.run("pulumi preview --diff");
  await stage.run("pulumi up --skip-preview");
  confirmTagged(connect, first);

  await takesAnotherContact(connect, stage);

  step("A colleague starts an evaluation in Amazon Connect. An import takes it over, and writes its program.");
  const theirs = await colleagueStarts(connect);
  await stage.run(`pulumi import ${TYPE} adopted ${theirs} --skip-preview --protect=false --out adopted.yaml`);
  const declared = await stage.read("Pulumi.yaml");
  await stage.write("Pulumi.yaml", declared.replace("resources:\n", await stage.read("adopted.yaml")));
  say("What the import wrote is in the program now. Nothing is left to do.");
  await stage.run("pulumi up --skip-preview");
  const arns = connect.evaluations().map(({ arn }) => arn);
  confirm(arns.length === 2 && arns.includes(theirs), "Amazon Connect holds both evaluations, as they were.");

  step("Both are the program's, so both are deleted.");
  await stage.run("pulumi destroy --skip-preview");
  confirm(connect.evaluations().length === 0, "Amazon Connect holds nothing.");
}

async function colleagueStarts({ url }: ConnectEmulator): Promise<string> {
  // Its notice about coming Node.js versions is not part of the story.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const credentials = { accessKeyId: "AKIACOLLEAGUE", secretAccessKey: "emulated" };
  const colleague = new ConnectClient({ region: REGION, endpoint: url, credentials });
  const start = { InstanceId: INSTANCE, ContactId: CONTACT, EvaluationFormId: FORM };
  const { EvaluationArn = "" } = await colleague.send(new StartContactEvaluationCommand(start));
  colleague.destroy();
  return EvaluationArn;
}
