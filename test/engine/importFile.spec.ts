import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import {
  type ConnectClient as Client,
  ConnectClient,
  StartContactEvaluationCommand,
  type StartContactEvaluationRequest,
} from "@aws-sdk/client-connect";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { type CommandResult, finished, start } from "../support/command";
import { contactEvaluations } from "../support/deployment";
import { repositoryRoot } from "../support/environment";
import { ofClass } from "../support/ofClass";
import { createTestProject, type TestProject } from "../support/project";
import { REGION } from "../support/world";

type Grades = Pick<ContactEvaluationArgs, "answers" | "notes" | "submit">;

const CREDENTIALS = { accessKeyId: "AKIATESTTESTTEST", secretAccessKey: "emulated-secret-key" };

ofClass.describe("the command import-file", () => {
  let folder: string;
  let emulator: ConnectEmulator;
  let client: Client;
  let instance: { instanceId: string; arn: string };
  let form: string;

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-import-"));
    emulator = await startConnectEmulator({ region: REGION });
    client = new ConnectClient({ region: REGION, endpoint: emulator.url, credentials: CREDENTIALS, maxAttempts: 1 });
    instance = emulator.addInstance();
    form = emulator.addEvaluationForm(instance.instanceId).evaluationFormId;
  });

  afterEach(async () => {
    client.destroy();
    await emulator.close();
    await fs.rm(folder, { recursive: true });
  });

  /** Starts an evaluation as somebody does who knows nothing of Pulumi; of a new contact unless told otherwise. */
  async function begun(request: Partial<StartContactEvaluationRequest> = {}): Promise<string> {
    const { instanceId: InstanceId } = instance;
    const ContactId = request.ContactId ?? emulator.addContact(InstanceId).contactId;
    const command = new StartContactEvaluationCommand({ InstanceId, EvaluationFormId: form, ...request, ContactId });
    const { EvaluationArn } = await client.send(command);
    return EvaluationArn ?? "";
  }

  async function importFile(args: readonly string[], code = 0): Promise<CommandResult> {
    const env = {
      AWS_ENDPOINT_URL_CONNECT: emulator.url,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_CONFIG_FILE: os.devNull,
      AWS_SHARED_CREDENTIALS_FILE: os.devNull,
      AWS_PROFILE: undefined,
      AWS_REGION: undefined,
      AWS_DEFAULT_REGION: undefined,
    };
    const result = await finished(start(process.execPath, [await bin(), "import-file", ...args], folder, env));
    assert.equal(result.code, code, result.stderr);
    assert.doesNotMatch(result.stderr, /\n\s+at |Error:|internal error/);
    return result;
  }

  /** A project whose program is what was written. */
  async function projectOfFiles(): Promise<TestProject> {
    await fs.rename(path.join(folder, "adopted.ts"), path.join(folder, "index.ts"));
    await fs.writeFile(path.join(folder, "Pulumi.yaml"), "name: adopted\nruntime: nodejs\n");
    await fs.writeFile(path.join(folder, "package.json"), JSON.stringify({ name: "adopted", main: "index.ts" }));
    await fs.writeFile(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { module: "node16", moduleResolution: "node16", strict: true } }),
    );
    return createTestProject({ folder, emulator: emulator.url });
  }

  /** The ids of what a file imports. */
  const idsIn = (json: string) => (JSON.parse(json) as { resources: { id: string }[] }).resources.map(({ id }) => id);

  /** The answers, notes and submissions in what a file imports, the same in inputs and outputs, by evaluation. */
  function gradesIn(json: string): Record<string, Partial<Grades>> {
    const { resources } = JSON.parse(json) as { resources: { id: string; inputs: Grades; outputs: Grades }[] };
    const entries = resources.map(({ id, inputs, outputs }) => {
      const [declared, recorded] = [inputs, outputs].map(({ answers, notes, submit }) =>
        JSON.stringify({ answers, notes, submit }),
      );
      assert.equal(recorded, declared);
      return [id, JSON.parse(declared ?? "")] as const;
    });
    return Object.fromEntries(entries);
  }

  /** The ids of what is found. */
  async function found(...args: string[]): Promise<string[]> {
    return idsIn((await importFile(["--instance", instance.arn, "--out", "-", "--force", ...args])).stdout);
  }

  it("takes evaluations into a stack, whose program shows no change and whose destroy deletes them", async () => {
    for (let n = 0; n < 6; n += 1) {
      const Tags = { team: "quality", n: `${n}`, ...(n % 2 === 0 && { "größe / size": '"}) \\ $' }) };
      const auto = n % 3 === 0 ? {} : { AutoEvaluationConfiguration: { Enabled: n % 3 === 1 } };
      await begun({ ...auto, ...(n > 0 && { Tags }) });
    }
    const arns = emulator.evaluations().map(({ arn }) => arn);
    const [untagged = "", submitted = "", draft = "", reviewed = ""] = arns;
    emulator.someone.tags(untagged, { "aws:owner": "somebody" });
    emulator.someone.answers(draft, { q1: { StringValue: "o1" }, q2: { NumericValue: 7 } });
    emulator.someone.notes(draft, { s1: '"}); // \\ `' });
    emulator.someone.suggests(submitted, { q2: { NumericValue: 8 } }, { fillValue: true });
    emulator.someone.answers(submitted, { q1: { NotApplicable: true }, q3: { StringValue: "Listen\nfirst." } });
    emulator.someone.submits(submitted);
    emulator.someone.answers(reviewed, { q1: { StringValue: "No" } });
    emulator.someone.submits(reviewed);
    emulator.someone.startsReview(reviewed);
    const { stdout, stderr } = await importFile(["--instance", instance.arn, "--form", form, "--answers"]);
    assert.equal(stdout, "");
    assert.equal(emulator.calls("DescribeEvaluationForm"), 1);
    assert.doesNotMatch(stderr, /could not be read/);
    const command = /pulumi (import --file import\.json .*)/.exec(stderr)?.[1] ?? "";
    const grades = gradesIn(await fs.readFile(path.join(folder, "import.json"), "utf8"));
    assert.deepEqual(
      [draft, submitted, reviewed, untagged].map((arn) => grades[arn]),
      [
        { answers: { q1: "Yes", q2: 7 }, notes: { s1: '"}); // \\ `' } },
        { answers: { q1: { notApplicable: true }, q3: "Listen\nfirst." }, submit: true },
        { answers: { q1: "No" } },
        {},
      ],
    );

    const project = await projectOfFiles();
    try {
      emulator.clearRequests();
      await project.pulumi([...command.split(" "), "--yes", "--skip-preview"]);
      await project.pulumi(["up", "--yes", "--skip-preview", "--expect-no-changes"]);
      assert.equal(emulator.calls(), 0);
      await project.pulumi(["refresh", "--yes", "--skip-preview", "--expect-no-changes"]);
      const evaluations = contactEvaluations(await project.state());
      assert.deepEqual(evaluations.map(({ id }) => id).sort(), [...arns].sort());
      assert.ok(evaluations.every(({ protect }) => protect !== true));
      await project.destroy({ env: { CONNECT_EVALUATIONS_FORCE_DESTROY: "true" } });
      assert.deepEqual(emulator.evaluations(), []);
    } finally {
      await project.dispose();
    }
  });

  it("leaves answers out without --answers, and spells options as Connect does where it may not see the form", async () => {
    const arn = await begun();
    emulator.someone.answers(arn, { q1: { StringValue: "o1" } });
    const gradesWith = async (...args: string[]) => {
      const all = ["--instance", instance.arn, "--form", form, "--out", "-", "--force", ...args];
      const { stdout, stderr } = await importFile(all);
      return { grades: gradesIn(stdout), stderr };
    };
    assert.deepEqual((await gradesWith()).grades, { [arn]: {} });
    assert.equal(emulator.calls("DescribeEvaluationForm"), 0);
    emulator.behaviour.denied = ["DescribeEvaluationForm"];
    const { grades, stderr } = await gradesWith("--answers");
    assert.deepEqual(grades, { [arn]: { answers: { q1: "o1" } } });
    assert.match(stderr, new RegExp(`^Form ${form} could not be read \\(connect:DescribeEvaluationForm\\)`, "m"));
  });

  it("finds evaluations by contact, form, status and tag, each only once", async () => {
    const contact = emulator.addContact(instance.instanceId);
    const other = emulator.addEvaluationForm(instance.instanceId).evaluationFormId;
    const ContactId = contact.contactId;
    const tagged = await begun({ ContactId, Tags: { round: "a=b", team: "x" } });
    const ofOtherForm = await begun({ ContactId, EvaluationFormId: other });
    const submitted = await begun({ Tags: { round: "a=b" } });
    emulator.someone.submits(submitted);
    assert.deepEqual(await found("--contact", contact.arn, "--contact", ContactId), [tagged, ofOtherForm]);
    assert.deepEqual(await found("--contact", ContactId, "--form", other), [ofOtherForm]);
    assert.deepEqual(await found("--form", form), [tagged, submitted]);
    assert.deepEqual(await found("--status", "submitted", "--status", "REVIEW_REQUESTED"), [submitted]);
    assert.deepEqual(await found("--tag", "round=a=b"), [tagged, submitted]);
    emulator.behaviour.describeTags = "omitted";
    assert.deepEqual(await found("--tag", "round=a=b", "--tag", "team=x"), [tagged]);
    assert.deepEqual(await found("--contact", ContactId, "--tag", "team=x"), [tagged]);
  });

  it("reads all pages of a search, and writes to the standard output alone what is asked for", async () => {
    const ContactId = emulator.addContact(instance.instanceId).contactId;
    await Promise.all(Array.from({ length: 105 }, () => begun({ ContactId })));
    emulator.throttle = { evaluations: { rate: 100, burst: 5 } };
    const { stdout } = await importFile([
      "--instance",
      instance.instanceId,
      "--region",
      REGION,
      "--form",
      form,
      "--program",
      "-",
      "--name-prefix",
      "r.",
    ]);
    assert.equal(stdout.match(/^new ContactEvaluation\("r\.[0-9a-f]{8}", \{$/gm)?.length, 105);
    assert.equal(idsIn(await fs.readFile(path.join(folder, "import.json"), "utf8")).length, 105);
    assert.equal(emulator.calls("SearchContactEvaluations"), 2);
  });

  it("leaves out those of calibration sessions, those that a stack manages, and those that are gone", async () => {
    const [calibration, gone, kept] = [await begun(), await begun(), await begun()];
    const managed = await begun({ Tags: { "pulumi-connect-evaluations": "a stack's" } });
    emulator.someone.setsType(calibration, "CALIBRATION");
    emulator.faults.add({
      operation: "DescribeContactEvaluation",
      when: ({ input }) => gone.endsWith(String(input.EvaluationId)),
      fault: { error: "ResourceNotFoundException" },
    });
    const { stdout, stderr } = await importFile(["--instance", instance.arn, "--form", form, "--out", "-"]);
    assert.deepEqual(idsIn(stdout), [kept]);
    assert.match(stderr, new RegExp(`^Left out ${calibration}: a calibration session manages it itself\\.$`, "m"));
    assert.match(stderr, new RegExp(`^Left out ${managed}: a stack manages it, by its tag pulumi-connect`, "m"));
  });

  it("overwrites a file only when forced to", async () => {
    await begun();
    const args = ["--instance", instance.arn, "--form", form];
    await fs.writeFile(path.join(folder, "adopted.ts"), "mine");
    assert.match((await importFile(args, 2)).stderr, /^adopted\.ts exists already: give --force to overwrite it/);
    assert.equal(emulator.calls("SearchContactEvaluations"), 0);
    assert.deepEqual(await fs.readdir(folder), ["adopted.ts"]);
    await importFile([...args, "--force"]);
    assert.match(await fs.readFile(path.join(folder, "adopted.ts"), "utf8"), /^import \{ ContactEvaluation \}/);
  });

  it("answers with the version of the package", async () => {
    const { version } = JSON.parse(await fs.readFile(path.join(repositoryRoot, "provider/package.json"), "utf8"));
    const result = await finished(start(process.execPath, [await bin(), "--version"], folder, {}));
    assert.deepEqual([result.code, result.stdout, result.stderr], [0, `${version}\n`, ""]);
  });

  it("ends with code 1 and writes nothing where nothing is found or Connect refuses", async () => {
    const args = ["--instance", instance.arn, "--form", form];
    assert.equal((await importFile(args, 1)).stderr, "found no evaluation to import; nothing was written\n");
    const arn = await begun();
    const fault = { error: "AccessDeniedException", status: 403 };
    emulator.faults.add({ operation: "SearchContactEvaluations", fault });
    assert.match(
      (await importFile(args, 1)).stderr,
      /^could not search the evaluations of instance .*\n {2}why: .* IAM policy .*\n {2}do: .*\n {2}aws: AccessDenied/,
    );
    for (const json of [200, 404]) {
      emulator.faults.add({ operation: "SearchContactEvaluations", fault: { json } });
      const { stderr } = await importFile(args, 1);
      assert.match(stderr, /^could not search .*\n {2}why: the answer is not Amazon Connect's/);
      assert.match(stderr, /^ {2}do: .* AWS_ENDPOINT_URL_CONNECT /m);
    }
    emulator.faults.add({ operation: "DescribeContactEvaluation", fault });
    assert.match((await importFile(args, 1)).stderr, new RegExp(`^could not describe evaluation ${arn}\n`));
    emulator.faults.add({ operation: "ListContactEvaluations", fault });
    const listed = await importFile(["--instance", instance.arn, "--contact", "c-1"], 1);
    assert.match(listed.stderr, /^could not list the evaluations of contact c-1\n/);
    const nowhere = await importFile(["--instance", instance.instanceId, "--form", form], 1);
    assert.match(nowhere.stderr, /why: no AWS Region is configured\n {2}do: {2}give --region/);
    assert.deepEqual(await fs.readdir(folder), []);
  });

  it("refuses what it does not understand in one sentence with code 2", async () => {
    const { stdout, stderr } = await importFile(["--nope"], 2);
    assert.match(stderr, /^Unknown option '--nope'/);
    assert.deepEqual([stdout, stderr.trimEnd().split("\n").length], ["", 1]);
  });

  it("explains every option with --help", async () => {
    const { stdout, stderr } = await importFile(["--help"]);
    assert.equal(stderr, "");
    const flags = ["instance", "contact", "form", "status", "tag", "region", "profile"];
    for (const flag of [...flags, "out", "program", "answers", "name-prefix", "force"]) {
      assert.match(stdout, new RegExp(`^ {2}--${flag} `, "m"));
    }
  });
});

/** The built command, as the package names it. */
async function bin(): Promise<string> {
  const provider = path.join(repositoryRoot, "provider");
  const manifest = JSON.parse(await fs.readFile(path.join(provider, "package.json"), "utf8")) as {
    bin: Record<string, string>;
  };
  return path.join(provider, manifest.bin["pulumi-connect-evaluations"] ?? "");
}
