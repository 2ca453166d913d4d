import assert from "node:assert/strict";
import {
  ActivateEvaluationFormCommand,
  CreateEvaluationFormCommand,
  DeactivateEvaluationFormCommand,
  DescribeContactCommand,
  DescribeEvaluationFormCommand,
  DescribeInstanceCommand,
  type EvaluationFormItem,
  ListEvaluationFormsCommand,
  ListEvaluationFormVersionsCommand,
} from "@aws-sdk/client-connect";
import { raw, refusal, worldForEach } from "./world";

const missing = refusal("ResourceNotFoundException", 404);
const question: EvaluationFormItem = { Question: { Title: "Polite?", RefId: "p", QuestionType: "TEXT" } };
const section: EvaluationFormItem = { Section: { Title: "Manners", RefId: "s", Items: [question] } };

describe("evaluation forms", () => {
  const world = worldForEach();

  const create = (more: object = {}) =>
    world().client.send(
      new CreateEvaluationFormCommand({ InstanceId: world().instanceId, Title: "Mine", Items: [section], ...more }),
    );
  const version = (EvaluationFormId: string | undefined, EvaluationFormVersion: number) => ({
    InstanceId: world().instanceId,
    EvaluationFormId,
    EvaluationFormVersion,
  });
  const describeForm = async (EvaluationFormId: string | undefined, EvaluationFormVersion?: number) => {
    const input = { InstanceId: world().instanceId, EvaluationFormId, EvaluationFormVersion };
    return (await world().client.send(new DescribeEvaluationFormCommand(input))).EvaluationForm;
  };

  it("are created as a draft, then activated and deactivated", async () => {
    const { EvaluationFormId, EvaluationFormArn } = await create({ Description: "D", Tags: { a: "1" } });
    const draft = await describeForm(EvaluationFormId);
    assert.deepEqual(
      [draft?.EvaluationFormArn, draft?.Status, draft?.Locked, draft?.EvaluationFormVersion],
      [EvaluationFormArn, "DRAFT", false, 1],
    );
    assert.deepEqual([draft?.Title, draft?.Description, draft?.Tags], ["Mine", "D", { a: "1" }]);
    assert.deepEqual(draft?.Items, [section]);
    await assert.rejects(world().start({ EvaluationFormId }), refusal("ResourceConflictException", 409));
    await world().client.send(new ActivateEvaluationFormCommand(version(EvaluationFormId, 1)));
    await world().start({ EvaluationFormId });
    assert.equal((await describeForm(EvaluationFormId))?.Status, "ACTIVE");
    await world().client.send(new DeactivateEvaluationFormCommand(version(EvaluationFormId, 1)));
    const inactive = await describeForm(EvaluationFormId);
    assert.deepEqual([inactive?.Status, inactive?.Locked], ["DRAFT", true]);
  });

  it("may have all questions and options that Connect allows", async () => {
    const option = (_: unknown, index: number) => ({ RefId: `o${index}`, Text: `${"ü".repeat(120)}${index}` });
    const Options = Array.from({ length: 256 }, option);
    const Items = Array.from({ length: 100 }, (_, index) => ({
      Question: {
        Title: "Which?",
        RefId: `q${index}`,
        QuestionType: "SINGLESELECT" as const,
        QuestionTypeProperties: { SingleSelect: { Options } },
      },
    }));
    const { EvaluationFormId } = await create({ Items: [{ Section: { Title: "All", RefId: "s", Items } }] });
    assert.deepEqual((await describeForm(EvaluationFormId))?.Items?.[0]?.Section?.Items, Items);
  });

  it("are created once per token", async () => {
    const first = await create({ ClientToken: "t" });
    assert.equal((await create({ ClientToken: "t" })).EvaluationFormId, first.EvaluationFormId);
    assert.notEqual((await create({ ClientToken: "u" })).EvaluationFormId, first.EvaluationFormId);
  });

  it("have at most one active version; the latest one is described unless another is named", async () => {
    world().emulator.someone.publishes(world().formArn, { Title: "Second" });
    const status = async (number?: number) => {
      const form = await describeForm(world().evaluationFormId, number);
      return [form?.EvaluationFormVersion, form?.Title, form?.Status];
    };
    assert.deepEqual(await status(), [2, "Second", "ACTIVE"]);
    assert.deepEqual(await status(1), [1, "Evaluation form", "DRAFT"]);
    await world().client.send(new ActivateEvaluationFormCommand(version(world().evaluationFormId, 1)));
    assert.deepEqual((await status())[2], "DRAFT");
    const { EvaluationFormVersionSummaryList } = await world().client.send(
      new ListEvaluationFormVersionsCommand({
        InstanceId: world().instanceId,
        EvaluationFormId: world().evaluationFormId,
      }),
    );
    assert.deepEqual(
      EvaluationFormVersionSummaryList?.map(({ EvaluationFormVersion, Status }) => [EvaluationFormVersion, Status]),
      [
        [1, "ACTIVE"],
        [2, "DRAFT"],
      ],
    );
  });

  it("are listed in pages", async () => {
    for (const title of ["b", "c", "d", "e"]) world().emulator.addEvaluationForm(world().instanceId, { title });
    const titles: (string | undefined)[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await world().client.send(
        new ListEvaluationFormsCommand({ InstanceId: world().instanceId, MaxResults: 2, NextToken }),
      );
      titles.push(page.EvaluationFormSummaryList?.map(({ Title }) => Title) ?? []);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    assert.deepEqual(titles, [["Evaluation form", "b"], ["c", "d"], ["e"]]);
  });

  it("list the active and the latest version", async () => {
    world().emulator.someone.publishes(world().formArn);
    await world().client.send(new ActivateEvaluationFormCommand(version(world().evaluationFormId, 1)));
    const list = new ListEvaluationFormsCommand({ InstanceId: world().instanceId });
    const [summary] = (await world().client.send(list)).EvaluationFormSummaryList ?? [];
    assert.deepEqual([summary?.ActiveVersion, summary?.LatestVersion], [1, 2]);
    assert.ok(summary?.LastActivatedTime instanceof Date);
  });

  it("answer 404 for forms and versions that do not exist", async () => {
    await assert.rejects(describeForm("none"), missing);
    await assert.rejects(describeForm(world().evaluationFormId, 2), missing);
    for (const Command of [ActivateEvaluationFormCommand, DeactivateEvaluationFormCommand]) {
      await assert.rejects(world().client.send(new Command(version("none", 1))), missing);
      await assert.rejects(world().client.send(new Command(version(world().evaluationFormId, 2))), missing);
    }
    const versions = new ListEvaluationFormVersionsCommand({
      InstanceId: world().instanceId,
      EvaluationFormId: "none",
    });
    await assert.rejects(world().client.send(versions), missing);
    await assert.rejects(create({ InstanceId: "nowhere" }), missing);
  });

  it("refuse wrong input, also deep inside items", async () => {
    const invalid = (message: RegExp) => refusal("InvalidParameterException", 400, message);
    await assert.rejects(create({ Title: undefined }), invalid(/^Title: is required/));
    await assert.rejects(create({ Items: [{}] }), invalid(/^Items\.0: must have exactly one of Section, Question/));
    const nested = {
      Section: { Title: "s", RefId: "s", Items: [{ Question: { ...question.Question, QuestionType: "ESSAY" } }] },
    };
    await assert.rejects(
      create({ Items: [nested] }),
      invalid(/^Items\.0\.Section\.Items\.0\.Question\.QuestionType: must be one of TEXT/),
    );
    const list = (MaxResults: number, NextToken?: string) =>
      world().client.send(new ListEvaluationFormsCommand({ InstanceId: world().instanceId, MaxResults, NextToken }));
    await assert.rejects(list(0), invalid(/^MaxResults: /));
    await assert.rejects(list(101), invalid(/^MaxResults: /));
    await assert.rejects(list(5, "made-up"), invalid(/^NextToken: /));
    await assert.rejects(describeForm("f".repeat(501)), invalid(/^EvaluationFormId: /));
    const activate = new ActivateEvaluationFormCommand({ ...version("f", 1), EvaluationFormVersion: undefined });
    await assert.rejects(world().client.send(activate), invalid(/^EvaluationFormVersion: is required/));
  });

  it("read integers in the query and refuse anything else", async () => {
    const path = `/evaluation-forms/${world().instanceId}/${world().evaluationFormId}?version=`;
    assert.equal((await raw(world().emulator, "GET", `${path}1`)).status, 200);
    for (const version of ["one", "1.5", ""]) {
      const answer = await raw(world().emulator, "GET", path + version);
      assert.match(answer.body, /EvaluationFormVersion: must be integer/);
      assert.equal(answer.status, 400);
    }
  });
});

describe("contacts and instances", () => {
  const world = worldForEach();

  it("DescribeContact gives the status of the evaluation with each form", async () => {
    const input = { InstanceId: world().instanceId, ContactId: world().contactId };
    const entry = async () => {
      const { Contact } = await world().client.send(new DescribeContactCommand(input));
      assert.deepEqual([Contact?.Id, Contact?.AgentInfo?.Id], [world().contactId, "agent-1"]);
      return Contact?.ContactEvaluations?.[world().evaluationFormId];
    };
    assert.equal(await entry(), undefined);
    const { arn } = await world().start();
    assert.deepEqual([(await entry())?.Status, (await entry())?.EvaluationArn], ["IN_PROGRESS", arn]);
    world().emulator.someone.submits(arn);
    assert.equal((await entry())?.Status, "COMPLETE");
    assert.ok((await entry())?.EndTimestamp instanceof Date);
    await assert.rejects(world().client.send(new DescribeContactCommand({ ...input, ContactId: "nobody" })), missing);
  });

  it("DescribeInstance gives the ARN, and refuses with InvalidRequestException, its only 400", async () => {
    const account = "210987654321";
    world().emulator.addAccessKey({ accessKeyId: "AKIATEST", account });
    const { instanceId, arn } = world().emulator.addInstance({ account });
    const { Instance } = await world().client.send(new DescribeInstanceCommand({ InstanceId: instanceId }));
    assert.equal(arn, `arn:aws:connect:us-east-1:210987654321:instance/${instanceId}`);
    assert.deepEqual([Instance?.Id, Instance?.Arn], [instanceId, arn]);
    const tooLong = new DescribeInstanceCommand({ InstanceId: "i".repeat(101) });
    await assert.rejects(world().client.send(tooLong), refusal("InvalidRequestException", 400, /^InstanceId: /));
    await assert.rejects(world().client.send(new DescribeInstanceCommand({ InstanceId: "nowhere" })), missing);
  });
});
