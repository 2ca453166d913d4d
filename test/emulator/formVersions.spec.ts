import assert from "node:assert/strict";
import {
  ActivateEvaluationFormCommand,
  CreateEvaluationFormCommand,
  DeleteEvaluationFormCommand,
  DescribeContactEvaluationCommand,
  DescribeEvaluationFormCommand,
  type EvaluationFormItem,
  type EvaluationFormQuestion,
  type EvaluationFormSingleSelectQuestionOption,
  ListEvaluationFormsCommand,
  ListEvaluationFormVersionsCommand,
  SubmitContactEvaluationCommand,
  UpdateEvaluationFormCommand,
  type UpdateEvaluationFormRequest,
} from "@aws-sdk/client-connect";
import { refusal, worldForEach } from "./world";

const missing = refusal("ResourceNotFoundException", 404);
const locked = refusal("ResourceConflictException", 409, /version 1 was active and is locked.*CreateNewVersion/);
const invalid = (message: RegExp) => refusal("InvalidParameterException", 400, message);

const question = (RefId: string, more: Partial<EvaluationFormQuestion> = {}): EvaluationFormItem => ({
  Question: { Title: `${RefId}?`, RefId, QuestionType: "TEXT", ...more },
});
const section = (RefId: string, Items: EvaluationFormItem[], more: object = {}): EvaluationFormItem => ({
  Section: { Title: RefId, RefId, Items, ...more },
});
const choice = (
  RefId: string,
  Options: EvaluationFormSingleSelectQuestionOption[],
  more: Partial<EvaluationFormQuestion> = {},
) => question(RefId, { QuestionType: "SINGLESELECT", QuestionTypeProperties: { SingleSelect: { Options } }, ...more });
const yesNo = [
  { RefId: "y", Text: "Yes", Score: 10 },
  { RefId: "n", Text: "No", Score: 0 },
];
const times = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, i) => make(i));

describe("versions of evaluation forms", () => {
  const world = worldForEach();
  const form = () => ({ InstanceId: world().instanceId, EvaluationFormId: world().evaluationFormId });
  const create = async (more: object = {}) => {
    const input = { InstanceId: world().instanceId, Title: "Mine", Items: [section("s", [question("q")])], ...more };
    const { EvaluationFormId } = await world().client.send(new CreateEvaluationFormCommand(input));
    return { InstanceId: world().instanceId, EvaluationFormId };
  };
  const update = (more: Partial<UpdateEvaluationFormRequest>) => {
    const content = { Title: "Next", Items: [section("s", [question("q")])] };
    return world().client.send(
      new UpdateEvaluationFormCommand({ ...form(), EvaluationFormVersion: 1, ...content, ...more }),
    );
  };
  const activate = (ids: { InstanceId: string; EvaluationFormId: string | undefined }, EvaluationFormVersion: number) =>
    world().client.send(new ActivateEvaluationFormCommand({ ...ids, EvaluationFormVersion }));
  const describeForm = async (ids: object, EvaluationFormVersion?: number) => {
    const input = { ...form(), ...ids, EvaluationFormVersion };
    return (await world().client.send(new DescribeEvaluationFormCommand(input))).EvaluationForm;
  };
  const versions = async () => {
    const list = await world().client.send(new ListEvaluationFormVersionsCommand(form()));
    return list.EvaluationFormVersionSummaryList?.map(({ EvaluationFormVersion }) => EvaluationFormVersion);
  };

  it("are replaced as a whole as long as they were never active", async () => {
    const ids = await create({ Description: "D" });
    const before = await describeForm(ids);
    const answer = await update({ ...ids, Title: "Other" });
    assert.deepEqual([answer.EvaluationFormId, answer.EvaluationFormVersion], [ids.EvaluationFormId, 1]);
    const after = await describeForm(ids);
    assert.deepEqual([after?.Title, after?.Description, after?.Status], ["Other", undefined, "DRAFT"]);
    assert.deepEqual(after?.CreatedTime, before?.CreatedTime);
  });

  it("are locked once they were active", async () => {
    await assert.rejects(update({}), locked);
    assert.equal((await describeForm({}))?.Title, "Evaluation form");
  });

  it("are made anew, as a draft, while evaluations keep theirs", async () => {
    const started = await world().start();
    const answer = await update({ CreateNewVersion: true });
    assert.equal(answer.EvaluationFormVersion, 2);
    const made = await describeForm({});
    assert.deepEqual(
      [made?.EvaluationFormVersion, made?.Title, made?.Status, made?.Locked],
      [2, "Next", "DRAFT", false],
    );
    await activate(form(), 2);
    const { EvaluationForm } = await world().client.send(new DescribeContactEvaluationCommand(started));
    assert.deepEqual([EvaluationForm?.EvaluationFormVersion, EvaluationForm?.Title], [1, "Evaluation form"]);
    const later = await world().start();
    const { EvaluationForm: latest } = await world().client.send(new DescribeContactEvaluationCommand(later));
    assert.equal(latest?.EvaluationFormVersion, 2);
  });

  it("are made once per token", async () => {
    const first = await update({ CreateNewVersion: true, ClientToken: "t" });
    const second = await update({ CreateNewVersion: true, ClientToken: "t" });
    assert.deepEqual([first.EvaluationFormVersion, second.EvaluationFormVersion], [2, 2]);
    assert.equal((await update({ CreateNewVersion: true, ClientToken: "u" })).EvaluationFormVersion, 3);
  });

  it("are at most 50", async () => {
    for (const _ of times(49, () => 0)) world().emulator.someone.publishes(world().formArn);
    await assert.rejects(update({ CreateNewVersion: true }), refusal("ServiceQuotaExceededException", 402, /50/));
  });

  it("are deleted one by one, and their numbers do not come back", async () => {
    await update({ CreateNewVersion: true });
    await world().client.send(new DeleteEvaluationFormCommand({ ...form(), EvaluationFormVersion: 2 }));
    assert.deepEqual(await versions(), [1]);
    await assert.rejects(describeForm({}, 2), missing);
    await assert.rejects(
      world().client.send(new DeleteEvaluationFormCommand({ ...form(), EvaluationFormVersion: 2 })),
      missing,
    );
    assert.equal((await update({ CreateNewVersion: true })).EvaluationFormVersion, 3);
    assert.equal((await describeForm({}))?.EvaluationFormVersion, 3);
  });

  it("are gone with the form, for everything but evaluations", async () => {
    const started = await world().start();
    await world().client.send(new DeleteEvaluationFormCommand(form()));
    await assert.rejects(describeForm({}), missing);
    await assert.rejects(world().start(), missing);
    await assert.rejects(world().client.send(new DeleteEvaluationFormCommand(form())), missing);
    const list = new ListEvaluationFormsCommand({ InstanceId: world().instanceId });
    assert.deepEqual((await world().client.send(list)).EvaluationFormSummaryList, []);
    const { EvaluationForm } = await world().client.send(new DescribeContactEvaluationCommand(started));
    assert.deepEqual([EvaluationForm?.EvaluationFormArn, EvaluationForm?.Title], [world().formArn, "Evaluation form"]);
    await world().client.send(new SubmitContactEvaluationCommand(started));
  });

  it("are gone with the last version", async () => {
    await world().client.send(new DeleteEvaluationFormCommand({ ...form(), EvaluationFormVersion: 1 }));
    await assert.rejects(versions(), missing);
  });

  it("keep evaluations from being described when so switched, once they are deleted", async () => {
    const started = await world().start();
    await update({ CreateNewVersion: true });
    await world().client.send(new DeleteEvaluationFormCommand({ ...form(), EvaluationFormVersion: 1 }));
    for (const [name, status] of [
      ["ResourceConflictException", 409],
      ["ResourceNotFoundException", 404],
    ] as const) {
      world().emulator.behaviour.evaluationOfDeletedForm = name;
      const described = world().client.send(new DescribeContactEvaluationCommand(started));
      await assert.rejects(described, refusal(name, status, /form .* was deleted/));
    }
  });

  describe("are refused", () => {
    const x = (count: number) => "\u{1F600}".repeat(count);
    const cases: [string, object, RegExp][] = [
      ["with a title of 129 characters", { Title: x(129) }, /^Title: must have 1 to 128 characters, but has 129/],
      ["without a title", { Title: "" }, /^Title: must have 1 to 128/],
      ["with a long description", { Description: x(1025) }, /^Description: .*1024/],
      ["without a section", { Items: [] }, /^Items: there must be 1 to 100 sections/],
      ["with a question outside of sections", { Items: [question("q")] }, /question q must be in a section/],
      [
        "with 101 questions",
        {
          Items: [
            section(
              "a",
              times(60, (i) => question(`a${i}`)),
            ),
            section(
              "b",
              times(41, (i) => question(`b${i}`)),
            ),
          ],
        },
        /0 to 100 questions, but there are 101/,
      ],
      ["with 101 sections", { Items: times(101, (i) => section(`s${i}`, [])) }, /1 to 100 sections, but there are 101/],
      [
        "with a third level of sections",
        { Items: [section("a", [section("b", [section("c", [])])])] },
        /section c must not be deeper than two levels/,
      ],
      ["with one RefId twice", { Items: [section("q", [question("q")])] }, /the RefId q must be unique in the form/],
      ["with a long RefId", { Items: [section(x(41), [])] }, /the RefId .* 1 to 40 characters, but has 41/],
      ["with a long section title", { Items: [section("s", [], { Title: x(129) })] }, /the Title of s: .*128/],
      [
        "with a long question title",
        { Items: [section("s", [question("q", { Title: x(351) })])] },
        /the Title of q: .*350/,
      ],
      [
        "with long instructions",
        { Items: [section("s", [question("q", { Instructions: x(1025) })])] },
        /the Instructions of q: .*1024/,
      ],
      [
        "with a choice of one",
        { Items: [section("s", [choice("q", yesNo.slice(1))])] },
        /2 to 256 options of question q/,
      ],
      [
        "with a long option",
        { Items: [section("s", [choice("q", [...yesNo, { RefId: "x", Text: x(129) }])])] },
        /option .* of question q: .*128/,
      ],
      [
        "with a choice without options",
        { Items: [section("s", [question("q", { QuestionType: "SINGLESELECT" })])] },
        /question q needs QuestionTypeProperties\.SingleSelect/,
      ],
    ];
    for (const [what, content, message] of cases) {
      it(what, async () => {
        await assert.rejects(create(content), invalid(message));
        await assert.rejects(update({ ...content, CreateNewVersion: true }), invalid(message));
        const ids = await create();
        await assert.rejects(update({ ...ids, ...content }), invalid(message));
      });
    }

    const weighed = (...weights: number[]) =>
      weights.map((Weight, index) => section(`s${index}`, [choice(`q${index}`, yesNo, { Weight })], { Weight }));
    for (const [Mode, whose] of [
      ["QUESTION_ONLY", "questions"],
      ["SECTION_ONLY", "sections"],
    ] as const) {
      it(`if the weights of ${whose} do not add up to 100, at the activation`, async () => {
        const ScoringStrategy = { Mode, Status: "ENABLED" as const };
        const wrong = { Items: weighed(60, 30), ScoringStrategy };
        const message = invalid(new RegExp(`weights of the ${whose} must add up to 100, but add up to 90`));
        const ids = await create(wrong);
        await assert.rejects(activate(ids, 1), message);
        await assert.rejects(update({ ...wrong, CreateNewVersion: true }), message);
        await update({ ...wrong, CreateNewVersion: true, AsDraft: true });
        await update({ ...ids, Items: weighed(0.1, 99.8, 0.1), ScoringStrategy });
        await activate(ids, 1);
        const unused = await create({ ...wrong, ScoringStrategy: { Mode, Status: "DISABLED" } });
        await activate(unused, 1);
      });
    }

    it("if options of a multiple selection have no score, at the activation, unless it or its section is excluded", async () => {
      const Options = [
        { RefId: "o", Text: "One", Score: 10 },
        { RefId: "t", Text: "Two" },
      ];
      const QuestionTypeProperties = { MultiSelect: { Options } };
      const many = (more: Partial<EvaluationFormQuestion> = {}, ofSection = {}) => ({
        Items: [
          section("s", [question("q", { QuestionType: "MULTISELECT", QuestionTypeProperties, ...more })], ofSection),
        ],
        ScoringStrategy: { Mode: "QUESTION_ONLY", Status: "ENABLED" },
      });
      await assert.rejects(activate(await create(many()), 1), invalid(/each option of question q needs a Score/));
      const excluded = { IsExcludedFromScoring: true };
      await activate(await create(many({ ScoringConfiguration: excluded })), 1);
      await activate(await create(many({}, excluded)), 1);
    });
  });
});
