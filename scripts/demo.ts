import * as path from "node:path";
import { type ConnectEmulator, type Evaluation, startConnectEmulator } from "../emulator/src";
import { Stage } from "./demo/stage";
import { confirm, DemoError, say, step } from "./demo/terminal";

/** The life of a contact evaluation, told with the real `pulumi` and a local Amazon Connect. */

const PROJECT = "examples/quickstart";
const REGION = "eu-central-1";
const INSTANCE = "support-line";
const CONTACT = "contact-one";
const OTHER_CONTACT = "contact-two";
const FORM = "grading-form";

async function story(connect: ConnectEmulator, stage: Stage): Promise<void> {
  say(`The program is ${PROJECT}, run by the real pulumi in a temporary home of its own.`);
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

function theEvaluation(connect: ConnectEmulator): Evaluation {
  const [evaluation, ...others] = connect.evaluations();
  if (evaluation === undefined || others.length > 0) {
    const count = connect.evaluations().length;
    throw new DemoError(`Amazon Connect should hold one evaluation here, and holds ${count}.`);
  }
  return evaluation;
}

async function demo(signal: AbortSignal): Promise<void> {
  const begin = Date.now();
  signal.addEventListener("abort", () => console.error("\nInterrupted. Tidying up."));
  const connect = await startConnectEmulator({ region: REGION });
  try {
    connect.addInstance({ instanceId: INSTANCE });
    connect.addContact(INSTANCE, { contactId: CONTACT });
    connect.addContact(INSTANCE, { contactId: OTHER_CONTACT });
    connect.addEvaluationForm(INSTANCE, { evaluationFormId: FORM });
    const stage = await Stage.open(path.resolve(__dirname, "..", PROJECT), signal, {
      AWS_ACCESS_KEY_ID: "AKIAEMULATED",
      AWS_SECRET_ACCESS_KEY: "emulated",
      AWS_ENDPOINT_URL_CONNECT: connect.url,
    });
    try {
      await story(connect, stage);
    } finally {
      await stage.close();
    }
    const deleted = connect.requests.filter(
      (r) => r.operation === "DeleteContactEvaluation" && r.status === 200,
    ).length;
    say(`\n${connect.started} evaluations were started. Pulumi deleted ${deleted}, somebody else 1.`);
    say(`That took ${Math.round((Date.now() - begin) / 1000)} seconds, and nothing is left behind.`);
  } finally {
    await connect.close();
  }
}

async function main(): Promise<void> {
  const { whileInterruptible } = await import("./engine/interruption.mjs");
  // Nobody reads on, as after `npm run demo | head`: that is a hang-up.
  process.stdout.on("error", () => process.kill(process.pid, "SIGHUP"));
  try {
    await whileInterruptible(demo);
  } catch (error) {
    console.error(`\nThe demo failed. ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

void main();
