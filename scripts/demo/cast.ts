import { type ConnectEmulator, type Evaluation, startConnectEmulator } from "../../emulator/src";
import { DemoError } from "./terminal";

/** Who and what appears in the demo. */

export const REGION = "eu-central-1";
export const INSTANCE = "support-line";
export const CONTACT = "contact-one";
export const OTHER_CONTACT = "contact-two";
export const FORM = "grading-form";

/** A local Amazon Connect with an instance, two contacts, and a form. */
export async function localConnect(): Promise<ConnectEmulator> {
  const connect = await startConnectEmulator({ region: REGION });
  connect.addInstance({ instanceId: INSTANCE });
  connect.addContact(INSTANCE, { contactId: CONTACT });
  connect.addContact(INSTANCE, { contactId: OTHER_CONTACT });
  connect.addEvaluationForm(INSTANCE, { evaluationFormId: FORM });
  return connect;
}

/** The one evaluation that Connect holds. */
export function theEvaluation(connect: ConnectEmulator): Evaluation {
  const [evaluation, ...others] = connect.evaluations();
  if (evaluation === undefined || others.length > 0) {
    const count = connect.evaluations().length;
    throw new DemoError(`Amazon Connect should hold one evaluation here, and holds ${count}.`);
  }
  return evaluation;
}
