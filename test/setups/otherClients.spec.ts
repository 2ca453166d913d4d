import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { operationNames } from "../../emulator/src/requests";
import { end, installEmulator, type RunningEmulator, startInstalled } from "../packaging/support/emulator";
import { packInClone } from "../packaging/support/pack";
import { Boto } from "./support/boto";
import { pythonWith } from "./support/python";

const InstanceId = "11111111-1111-4111-8111-111111111111";
const ContactId = "22222222-2222-4222-8222-222222222222";
const EvaluationFormId = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
const RoleArn = "arn:aws:iam::123456789012:role/Evaluator";
const START = { InstanceId, ContactId, EvaluationFormId };

const ITEMS = [
  {
    Section: {
      Title: "Section",
      RefId: "s1",
      Items: [{ Question: { Title: "Question", RefId: "q1", QuestionType: "TEXT" } }],
    },
  },
];

describe("clients from PyPI against the packed command", function () {
  this.timeout(300_000);

  let root: string;
  let running: RunningEmulator;
  let env: NodeJS.ProcessEnv;
  let boto: Boto;

  before(async function () {
    const python = await pythonWith(path.join(__dirname, "python/requirements.txt"));
    if ("missing" in python) {
      console.log(`    boto3 and the AWS CLI are not tried, since this failed: ${python.missing}`);
      return this.skip();
    }
    root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-clients-"));
    running = await startInstalled(await installEmulator(root, await packInClone("emulator", root)));
    const variables = /^ +export (.*)$/m.exec(running.banner)?.[1]?.split(" ") ?? [];
    env = {
      ...Object.fromEntries(variables.map((assignment) => assignment.split("=", 2))),
      PATH: [python.bin, process.env.PATH].join(path.delimiter),
      HOME: root,
    };
    boto = new Boto(python.bin, env);
  });

  beforeEach(() => control("POST", "/reset"));

  after(async () => {
    boto?.close();
    if (running) await end(running);
    if (root) await fs.rm(root, { recursive: true, force: true, maxRetries: 3 });
  });

  async function control(method: string, what: string, body?: object): Promise<Health> {
    const json = { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const request = { method, ...(body && json) };
    const answer = await fetch(`${running.url}/_emulator${what}`, request);
    assert.equal(answer.status, 200, await answer.clone().text());
    return (await answer.json()) as Health;
  }

  const evaluations = async () => (await control("GET", "/health")).instances?.[0]?.evaluations;
  const fail = (operation: string, fault: object, times = 1) => control("POST", "/faults", { operation, fault, times });

  describe("boto3", () => {
    const connect = <Answer = Record<string, unknown>>(operation: string, parameters: object, options = {}) =>
      boto.call<Answer>("connect", operation, parameters, options);
    const start = (more: object = {}, options = {}) =>
      connect<Started>("StartContactEvaluation", { ...START, ...more }, options);

    it("starts, reads, grades, submits, lists, searches, and deletes an evaluation, with its times and tags", async () => {
      const started = await start({ Tags: { team: "quality ü/é" } });
      const one = { InstanceId, EvaluationId: started.EvaluationId };
      const answers = { q1: { Value: { StringValue: "Yes" } }, q2: { Value: { NumericValue: 9 } } };
      await connect("UpdateContactEvaluation", { ...one, Answers: answers, Notes: { q1: { Value: "Tak, ü" } } });
      await connect("SubmitContactEvaluation", one);
      const { Evaluation } = await connect<{ Evaluation: Described }>("DescribeContactEvaluation", one);
      assert.deepEqual(
        [Evaluation.Status, Evaluation.Tags, Evaluation.Notes, Evaluation.Metadata.Score.Percentage],
        ["SUBMITTED", { team: "quality ü/é" }, { q1: { Value: "Tak, ü" } }, 100],
      );
      for (const time of [Evaluation.CreatedTime, Evaluation.LastModifiedTime]) {
        assert.ok(Math.abs(Date.parse(time.datetime) - Date.now()) < 300_000, time.datetime);
      }
      const list = await connect<{ EvaluationSummaryList: unknown[] }>("ListContactEvaluations", {
        InstanceId,
        ContactId,
      });
      assert.equal(list.EvaluationSummaryList.length, 1);
      const found = await connect<{ ApproximateTotalCount: number }>("SearchContactEvaluations", { InstanceId });
      assert.equal(found.ApproximateTotalCount, 1);
      const { Contact } = await connect<{ Contact: { Id: string } }>("DescribeContact", { InstanceId, ContactId });
      assert.equal(Contact.Id, ContactId);
      const { Instance } = await connect<{ Instance: { Id: string } }>("DescribeInstance", { InstanceId });
      assert.equal(Instance.Id, InstanceId);
      await connect("DeleteContactEvaluation", one);
      assert.equal(await evaluations(), 0);
    });

    it("changes the tags of an evaluation", async () => {
      const { EvaluationArn: resourceArn } = await start({ Tags: { a: "1", b: "2" } });
      await connect("TagResource", { resourceArn, tags: { b: "3", "c:/ü": "" } });
      await connect("UntagResource", { resourceArn, tagKeys: ["a", "none"] });
      const { tags } = await connect("ListTagsForResource", { resourceArn });
      assert.deepEqual(tags, { b: "3", "c:/ü": "" });
    });

    it("writes, activates, and deletes forms with their versions", async () => {
      const written = { Title: "Form", Items: ITEMS, Tags: { a: "1" } };
      const form = await connect<Form>("CreateEvaluationForm", { InstanceId, ...written });
      const one = { InstanceId, EvaluationFormId: form.EvaluationFormId };
      await connect("ActivateEvaluationForm", { ...one, EvaluationFormVersion: 1 });
      await connect("UpdateEvaluationForm", {
        ...one,
        ...{ EvaluationFormVersion: 1, CreateNewVersion: true, Title: "Form 2", Items: ITEMS },
      });
      const { EvaluationFormVersionSummaryList: versions } = await connect<{
        EvaluationFormVersionSummaryList: { Status: string; Locked: boolean }[];
      }>("ListEvaluationFormVersions", one);
      assert.deepEqual(
        versions.map(({ Status, Locked }) => [Status, Locked]),
        [
          ["ACTIVE", true],
          ["DRAFT", false],
        ],
      );
      const { EvaluationForm } = await connect<{ EvaluationForm: Record<string, unknown> }>("DescribeEvaluationForm", {
        ...one,
        EvaluationFormVersion: 2,
      });
      assert.deepEqual(
        [EvaluationForm.Title, EvaluationForm.Items, EvaluationForm.Tags],
        ["Form 2", ITEMS, { a: "1" }],
      );
      await connect("DeactivateEvaluationForm", { ...one, EvaluationFormVersion: 1 });
      await connect("DeleteEvaluationForm", one);
      const { code } = await refused("connect", "DescribeEvaluationForm", one);
      assert.equal(code, "ResourceNotFoundException");
    });

    it("goes through pages", async () => {
      for (let count = 0; count < 3; count += 1) await start();
      const forms = await connect<{ EvaluationFormSummaryList: unknown[] }[]>(
        "ListEvaluationForms",
        { InstanceId, PaginationConfig: { PageSize: 1 } },
        { paginate: true },
      );
      assert.deepEqual(
        forms.map(({ EvaluationFormSummaryList }) => EvaluationFormSummaryList.length),
        [1, 1],
      );
      const search = (more = {}) => connect<Found>("SearchContactEvaluations", { InstanceId, MaxResults: 2, ...more });
      const first = await search();
      const second = await search({ NextToken: first.NextToken });
      const pages = [first, second].map(({ EvaluationSearchSummaryList }) => EvaluationSearchSummaryList.length);
      assert.deepEqual([...pages, second.NextToken], [2, 1, undefined]);
    });

    it("understands every error of a start, and a denial, by its code, status, and class", async () => {
      const errors: [string, number][] = [
        ["InvalidParameterException", 400],
        ["ServiceQuotaExceededException", 402],
        ["AccessDeniedException", 403],
        ["ResourceNotFoundException", 404],
        ["ResourceConflictException", 409],
        ["ThrottlingException", 429],
        ["InternalServiceException", 500],
      ];
      for (const [name, expected] of errors) {
        await fail("StartContactEvaluation", { error: name, message: `Told by ${name}` });
        const { code, status, type, message } = await refused("connect", "StartContactEvaluation", START);
        assert.deepEqual([code, status, type, message], [name, expected, name, `Told by ${name}`]);
      }
      const real = await refused("connect", "StartContactEvaluation", { ...START, ContactId: "nobody" });
      assert.deepEqual([real.code, real.status], ["ResourceNotFoundException", 404]);
      assert.match(real.message, /Contact nobody was not found/);
    });

    it("tries again when it is throttled, or an answer is lost, and starts one evaluation", async () => {
      await fail("StartContactEvaluation", { error: "ThrottlingException" }, 2);
      await start({}, { attempts: 3 });
      assert.equal(await evaluations(), 1);
      await fail("StartContactEvaluation", { drop: "after" });
      const { EvaluationId } = await start({}, { attempts: 2 });
      assert.equal(await evaluations(), 2);
      await connect("DescribeContactEvaluation", { InstanceId, EvaluationId });
    });

    it("assumes roles, whose sessions are its callers", async () => {
      const sts = <Answer>(operation: string, parameters = {}, options = {}) =>
        boto.call<Answer>("sts", operation, parameters, options);
      const asked = { RoleArn, RoleSessionName: "me" };
      const { Credentials: session } = await sts<Assumed>("AssumeRole", asked);
      assert.ok(Date.parse(session.Expiration.datetime) > Date.now());
      const credentials = [session.AccessKeyId, session.SecretAccessKey, session.SessionToken];
      const { Arn } = await sts<{ Arn: string }>("GetCallerIdentity", {}, { credentials });
      assert.equal(Arn, "arn:aws:sts::123456789012:assumed-role/Evaluator/me");
      const { EvaluationId } = await start({}, { credentials });
      const { Evaluation } = await connect<{ Evaluation: Described }>("DescribeContactEvaluation", {
        InstanceId,
        EvaluationId,
      });
      assert.ok(Evaluation.Metadata.EvaluatorArn.endsWith(Arn));
      await sts("AssumeRoleWithWebIdentity", { ...asked, WebIdentityToken: "token" });
      const { code, status } = await refused("sts", "AssumeRole", { ...asked, RoleArn: `${RoleArn}s` });
      assert.deepEqual([code, status], ["AccessDenied", 403]);
    });

    it("was asked for every operation", () => {
      assert.deepEqual([...boto.operations].sort(), [...operationNames].sort());
    });

    async function refused(service: string, operation: string, parameters: object) {
      const { Code: code, Message: message, status, type } = await boto.refusal(service, operation, parameters);
      return { code, message, status, type };
    }
  });

  describe("the AWS CLI", () => {
    /** Runs a line as it is, in a shell that has only what the banner's line exports. */
    const shell = (line: string): SpawnSyncReturns<string> =>
      spawnSync("sh", ["-c", line], { cwd: root, env, encoding: "utf8" });
    const succeeds = (line: string) => {
      const { status, stdout, stderr } = shell(line);
      assert.deepEqual([status, stderr], [0, ""], line);
      return JSON.parse(stdout);
    };

    it("runs the commands of the banner as they are printed", () => {
      const [start = "", list = "", assume = "", ...more] = running.banner.match(/^ {2}aws .*$/gm) ?? [];
      assert.deepEqual(more, []);
      const { EvaluationId } = succeeds(start);
      const { EvaluationSummaryList } = succeeds(list);
      assert.deepEqual(
        EvaluationSummaryList.map((summary: { EvaluationId: string }) => summary.EvaluationId),
        [EvaluationId],
      );
      assert.equal(succeeds(assume).AssumedRoleUser.Arn, "arn:aws:sts::123456789012:assumed-role/Evaluator/me");
    });

    it("needs the line of environment variables only", () => {
      const { EvaluationFormSummaryList } = succeeds(`aws connect list-evaluation-forms --instance-id ${InstanceId}`);
      assert.equal(EvaluationFormSummaryList.length, 2);
    });

    it("ends with its code for an error of a service, and the error's name, when it is refused", () => {
      const line = `aws connect list-contact-evaluations --instance-id ${InstanceId} --contact-id nobody`;
      const { status, stderr } = shell(line);
      assert.equal(status, 255, stderr);
      assert.match(stderr, /\(ResourceNotFoundException\) when calling the ListContactEvaluations operation: /);
    });
  });
});

interface Health {
  instances?: { evaluations: number }[];
}

interface Started {
  EvaluationId: string;
  EvaluationArn: string;
}

interface Found {
  EvaluationSearchSummaryList: unknown[];
  NextToken?: string;
}

interface Form {
  EvaluationFormId: string;
}

interface Time {
  datetime: string;
}

interface Described {
  Status: string;
  CreatedTime: Time;
  LastModifiedTime: Time;
  Notes: object;
  Tags: object;
  Metadata: { Score: { Percentage: number }; EvaluatorArn: string };
}

interface Assumed {
  Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: Time };
}
