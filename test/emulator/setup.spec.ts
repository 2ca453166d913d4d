import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ConnectClient,
  DescribeContactCommand,
  DescribeEvaluationFormCommand,
  DescribeInstanceCommand,
  ListEvaluationFormsCommand,
  StartContactEvaluationCommand,
  SubmitContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type ConnectEmulator, readSetup, startConnectEmulator } from "../../emulator/src";
import { banner } from "../../emulator/src/banner";
import { refusal } from "./world";

const readme = readFileSync(join(__dirname, "../../emulator/README.md"), "utf8");
const [example = "", form = ""] = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => text ?? "");

describe("a set-up in a file", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "setup-"));
    writeFileSync(join(folder, "greeting.json"), form);
  });
  after(() => rmSync(folder, { recursive: true }));

  const file = (json: unknown) => {
    const path = join(folder, "connect.json");
    writeFileSync(path, typeof json === "string" ? json : JSON.stringify(json));
    return path;
  };
  const problems = (json: unknown): string[] => {
    try {
      readSetup(file(json));
    } catch (error) {
      return (error as { problems: string[] }).problems;
    }
    return [];
  };

  describe("such as the example of the README,", () => {
    let emulator: ConnectEmulator;
    let client: ConnectClient;
    before(async () => {
      emulator = await startConnectEmulator({ setup: readSetup(file(example)) });
      client = clientWith("AKIATEST");
    });
    after(async () => {
      client.destroy();
      await emulator.close();
    });

    const InstanceId = "support";
    const clientWith = (accessKeyId: string) =>
      new ConnectClient({
        endpoint: emulator.url,
        region: "eu-central-1",
        credentials: { accessKeyId, secretAccessKey: "b" },
        maxAttempts: 1,
      });
    const start = (EvaluationFormId: string) =>
      client.send(new StartContactEvaluationCommand({ InstanceId, ContactId: "call-1", EvaluationFormId }));

    it("has the instance, its contacts with their agents, and the forms with their files, tags, and states", async () => {
      const { Contact } = await client.send(new DescribeContactCommand({ InstanceId, ContactId: "call-1" }));
      assert.equal(Contact?.AgentInfo?.Id, "ana");
      await client.send(new DescribeContactCommand({ InstanceId, ContactId: "call-2" }));
      const { EvaluationForm } = await client.send(
        new DescribeEvaluationFormCommand({ InstanceId, EvaluationFormId: "greeting" }),
      );
      assert.deepEqual([EvaluationForm?.Items, EvaluationForm?.Tags], [JSON.parse(form).Items, { team: "quality" }]);
      const { EvaluationFormSummaryList } = await client.send(new ListEvaluationFormsCommand({ InstanceId }));
      assert.deepEqual(
        EvaluationFormSummaryList?.map(({ Title, ActiveVersion }) => [Title, ActiveVersion]),
        [
          ["Greeting", 1],
          ["Greeting", undefined],
          ["Evaluation form", 1],
        ],
      );
    });

    it("lets contacts be evaluated, on behalf of its user, with active forms only", async () => {
      const { EvaluationId, EvaluationArn = "" } = await start("greeting");
      const expert = `${EvaluationArn.split("/contact-evaluation/")[0]}/agent/expert`;
      const SubmittedBy = { ConnectUserArn: expert };
      emulator.behaviour.unknownEvaluator = "refused";
      await client.send(new SubmitContactEvaluationCommand({ InstanceId, EvaluationId, SubmittedBy }));
      await assert.rejects(start("next-year"), refusal("ResourceConflictException", 409));
    });

    it("has the roles with their conditions, and the access keys of other accounts", async () => {
      const sts = new STSClient({
        endpoint: emulator.url,
        region: "eu-central-1",
        credentials: { accessKeyId: "AKIATEST", secretAccessKey: "b" },
      });
      const assume = (ExternalId: string) =>
        sts.send(
          new AssumeRoleCommand({
            RoleArn: "arn:aws:iam::123456789012:role/Grader",
            RoleSessionName: "me",
            ExternalId,
          }),
        );
      await assert.rejects(assume("guess"), refusal("AccessDenied", 403));
      await assume("secret");
      const stranger = clientWith("AKIASTRANGER");
      await assert.rejects(
        stranger.send(new DescribeInstanceCommand({ InstanceId })),
        refusal("ResourceNotFoundException", 404),
      );
      sts.destroy();
      stranger.destroy();
    });

    it("is listed after the start, with commands that work with what is there", () => {
      const printed = banner(emulator);
      for (const line of [
        /^ {2}instance {9}support {2}Region eu-central-1$/m,
        /^ {2}contact {10}call-2$/m,
        /^ {2}user {13}arn:aws:connect:eu-central-1:123456789012:instance\/support\/agent\/expert$/m,
        /^ {2}evaluation form {2}greeting {2}Greeting$/m,
        /^ {2}evaluation form {2}next-year {2}Greeting \(not active\)$/m,
        /^ {2}role {13}arn:aws:iam::123456789012:role\/Grader$/m,
        /^ {2}access key {7}AKIASTRANGER {2}account 210987654321$/m,
        /start-contact-evaluation --contact-id call-1 --evaluation-form-id greeting .*support --region eu-central-1 /,
      ]) {
        assert.match(printed, line);
      }
      // The only role wants an external id.
      assert.doesNotMatch(printed, /assume-role/);
    });
  });

  it("is refused with every mistake in it, each with its place and what is allowed", () => {
    writeFileSync(join(folder, "half.json"), "{");
    const setup = {
      instance: [],
      instances: [
        {
          region: "here",
          account: "1",
          contacts: [{ contactId: "a" }, { contactId: "a" }, { agentID: "x" }, { contactId: "a/b" }],
          users: "me",
          evaluationForms: [
            { content: "none.json" },
            { content: "half.json" },
            { content: { Title: "No items" }, activate: "no" },
            { content: 7, tags: { "": "x" } },
          ],
        },
        { instanceId: "twice" },
        { instanceId: "twice" },
      ],
      roles: [{ roleArn: "Grader" }, {}],
      accessKeys: [{ accessKeyId: "AKIA" }],
    };
    assert.deepEqual(
      problems(setup)
        .map((problem) => problem.replace(/(ENOENT|JSON:).*/, "$1"))
        .sort(),
      [
        "accessKeys.0.account: is required",
        "instance: is not known; allowed are instances, roles, accessKeys",
        "instances.0.account: must be 12 digits",
        "instances.0.contacts.1.contactId: must not be the one of instances.0.contacts.0",
        "instances.0.contacts.2.agentID: is not known; allowed are contactId, agentId",
        "instances.0.contacts.3.contactId: must be a text without slashes and spaces",
        "instances.0.evaluationForms.0.content: none.json: cannot be read: ENOENT",
        "instances.0.evaluationForms.1.content: half.json: is not JSON:",
        "instances.0.evaluationForms.2.activate: must be boolean",
        "instances.0.evaluationForms.2.content.Items: is required",
        "instances.0.evaluationForms.3.content: must be a form, or the path of a file with one",
        "instances.0.evaluationForms.3.tags.: must NOT have fewer than 1 characters",
        "instances.0.region: must be a Region like us-east-1",
        "instances.0.users: must be a list",
        "instances.2.instanceId: must not be the one of instances.1",
        "roles.0.roleArn: must be the ARN of a role",
        "roles.1.roleArn: is required",
      ],
    );
  });

  for (const [what, json, message] of [
    ["is no JSON", "{", /^is not JSON: /],
    ["is no object", "[]", /^must be an object with instances, roles, accessKeys$/],
  ] as const) {
    it(`is refused if it ${what}`, () => {
      const [problem = "", ...more] = problems(json);
      assert.match(problem, message);
      assert.deepEqual(more, []);
    });
  }

  it("lets an inactive form have weights that do not add up, as Connect does", () => {
    const question = { Title: "q", RefId: "q", QuestionType: "TEXT", Weight: 40 };
    const content = {
      Title: "Draft",
      Items: [{ Section: { Title: "s", RefId: "s", Items: [{ Question: question }] } }],
      ScoringStrategy: { Mode: "QUESTION_ONLY", Status: "ENABLED" },
    };
    const setup = (activate: boolean) => ({ instances: [{ evaluationForms: [{ content, activate }] }] });
    assert.deepEqual(problems(setup(false)), []);
    assert.match(String(problems(setup(true))), /^instances\.0\.evaluationForms\.0\.content\.Items: the weights/);
  });
});
