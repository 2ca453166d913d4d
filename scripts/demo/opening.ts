import type { ConnectEmulator, Evaluation } from "../../emulator/src";
import { CONTACT, FORM, INSTANCE, OTHER_CONTACT, REGION, theEvaluation } from "./cast";
import type { Stage } from "./stage";
import { confirm, say, step } from "./terminal";

/** What every story begins with, whatever the program is written in, and goes on with. */

/**
 * A new stack starts its evaluation.
 * @param program the file or folder of it.
 * @param namespace of the settings in the stack's configuration.
 */
export async function starts(
  connect: ConnectEmulator,
  stage: Stage,
  { program, namespace }: { program: string; namespace: string },
): Promise<Evaluation> {
  say(`The program is ${program}, run by the real pulumi in a temporary home of its own.`);
  say(`Amazon Connect is a local one, at AWS_ENDPOINT_URL_CONNECT=${connect.url}.`);

  step("A new stack is told which contact to evaluate with which form.");
  await stage.run("pulumi stack init demo");
  await stage.run(`pulumi config set ${namespace}:region ${REGION}`);
  await stage.run(`pulumi config set instanceId ${INSTANCE}`);
  await stage.run(`pulumi config set contactId ${CONTACT}`);
  await stage.run(`pulumi config set evaluationFormId ${FORM}`);

  step("Pulumi starts the evaluation.");
  await stage.run("pulumi up --skip-preview");
  const first = theEvaluation(connect);
  confirm(first.contactId === CONTACT, `Amazon Connect holds one evaluation, of ${CONTACT}; it is a ${first.status}.`);
  return first;
}

/** The evaluation has the new tag, and is the one of before. */
export function confirmTagged(connect: ConnectEmulator, before: Evaluation): void {
  const tagged = theEvaluation(connect);
  confirm(tagged.arn === before.arn, "It is still the same evaluation.");
  confirm(tagged.tags.round === "second", "It has the tag.");
}

export async function takesAnotherContact(connect: ConnectEmulator, stage: Stage): Promise<Evaluation> {
  step("Another contact takes another evaluation; the old one is deleted first.");
  await stage.run(`pulumi config set contactId ${OTHER_CONTACT}`);
  await stage.run("pulumi up --skip-preview");
  const second = theEvaluation(connect);
  confirm(second.contactId === OTHER_CONTACT, `Amazon Connect holds one evaluation, of ${OTHER_CONTACT}.`);
  return second;
}
