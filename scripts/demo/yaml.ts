import * as path from "node:path";
import { ConnectClient, StartContactEvaluationCommand } from "@aws-sdk/client-connect";
import type { ConnectEmulator } from "../../emulator/src";
import { bundle } from "../plugin/bundle";
import { CONTACT, FORM, INSTANCE, OTHER_CONTACT, REGION, theEvaluation } from "./cast";
import type { Stage } from "./stage";
import { confirm, say, step } from "./terminal";

/** The folder of the program. */
export const YAML = "scripts/demo/yaml";

const TYPE = "connect-evaluations:index:ContactEvaluation";

/** The life of a contact evaluation whose program is in YAML, served by the provider plugin, with an import. */
export async function yaml(connect: ConnectEmulator, stage: Stage): Promise<void> {
  say(`The program is ${YAML}/Pulumi.yaml, run by the real pulumi in a temporary home of its own.`);
  say(`Amazon Connect is a local one, at AWS_ENDPOINT_URL_CONNECT=${connect.url}.`);
  await bundle(path.join(stage.workDir, "plugin"));

  step("A new stack is told which contact to evaluate with which form.");
  await stage.run("pulumi stack init demo");
  await stage.run(`pulumi config set connect-evaluations:region ${REGION}`);
  await stage.run(`pulumi config set instanceId ${INSTANCE}`);
  await stage.run(`pulumi config set contactId ${CONTACT}`);
  await stage.run(`pulumi config set evaluationFormId ${FORM}`);

  step("Pulumi starts the evaluation.");
  await stage.run("pulumi up --skip-preview");
  const first = theEvaluation(connect);
  confirm(first.contactId === CONTACT, `Amazon Connect holds one evaluation, of ${CONTACT}; it is a ${first.status}.`);

  step("A tag changes. The preview names it, and the evaluation stays.");
  await stage.run("pulumi config set round second");
  await stage.run("pulumi preview --diff");
  await stage.run("pulumi up --skip-preview");
  const tagged = theEvaluation(connect);
  confirm(tagged.arn === first.arn, "It is still the same evaluation.");
  confirm(tagged.tags.round === "second", "It has the tag.");

  step("Another contact takes another evaluation; the old one is deleted first.");
  await stage.run(`pulumi config set contactId ${OTHER_CONTACT}`);
  await stage.run("pulumi up --skip-preview");
  const second = theEvaluation(connect);
  confirm(second.contactId === OTHER_CONTACT, `Amazon Connect holds one evaluation, of ${OTHER_CONTACT}.`);

  step("A colleague starts an evaluation in Amazon Connect. An import takes it over, and writes its program.");
  const theirs = await colleagueStarts(connect);
  await stage.run(`pulumi import ${TYPE} adopted ${theirs} --skip-preview --protect=false --out adopted.yaml`);
  const program = await stage.read("Pulumi.yaml");
  await stage.write("Pulumi.yaml", program.replace("resources:\n", await stage.read("adopted.yaml")));
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
