import assert from "node:assert/strict";
import {
  DescribeContactCommand,
  DescribeContactEvaluationCommand,
  ListContactEvaluationsCommand,
  SearchContactEvaluationsCommand,
  SubmitContactEvaluationCommand,
  UpdateContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import type { EvaluationFormItem, SelectOption } from "../../emulator/src";
import { raw, refusal, type Started, worldForEach } from "./world";

const invalid = (message: RegExp) => refusal("InvalidParameterException", 400, message);
const options: SelectOption[] = [
  { RefId: "o1", Text: "Yes" },
  { RefId: "o2", Text: "No" },
];
const items: EvaluationFormItem[] = [
  {
    Section: {
      Title: "All kinds",
      RefId: "outer",
      Items: [
        {
          Section: {
            Title: "Choices",
            RefId: "inner",
            Items: [
              {
                Question: {
                  Title: "One?",
                  RefId: "one",
                  QuestionType: "SINGLESELECT",
                  NotApplicableEnabled: true,
                  QuestionTypeProperties: { SingleSelect: { Options: options } },
                },
              },
              {
                Question: {
                  Title: "Many?",
                  RefId: "many",
                  QuestionType: "MULTISELECT",
                  QuestionTypeProperties: { MultiSelect: { Options: options } },
                },
              },
            ],
          },
        },
        {
          Question: {
            Title: "How many?",
            RefId: "number",
            QuestionType: "NUMERIC",
            QuestionTypeProperties: { Numeric: { MinValue: 1, MaxValue: 5 } },
          },
        },
        { Question: { Title: "What?", RefId: "text", QuestionType: "TEXT" } },
        { Question: { Title: "When?", RefId: "date", QuestionType: "DATETIME" } },
      ],
    },
  },
];

describe("answers and notes", () => {
  const world = worldForEach({ behaviour: { now: () => new Date("2026-01-01T00:00:00Z") } });
  let started: Started;
  beforeEach(async () => {
    const { evaluationFormId } = world().emulator.addEvaluationForm(world().instanceId, { items });
    started = await world().start({ EvaluationFormId: evaluationFormId });
  });

  const now = () => {
    const evaluation = world().emulator.evaluation(started.arn);
    assert.ok(evaluation);
    return evaluation;
  };
  const answered = (answers: object) =>
    Object.fromEntries(Object.entries(answers).map(([question, Value]) => [question, { Value }]));
  const update = (answers: object, more: object = {}) =>
    world().client.send(new UpdateContactEvaluationCommand({ ...started, Answers: answered(answers), ...more }));
  const submit = (answers: object = {}, more: object = {}) =>
    world().client.send(new SubmitContactEvaluationCommand({ ...started, Answers: answered(answers), ...more }));
  const describeIt = async () => {
    const { Evaluation } = await world().client.send(new DescribeContactEvaluationCommand(started));
    assert.ok(Evaluation);
    return Evaluation;
  };
  const valuesRead = async () =>
    Object.fromEntries(Object.entries((await describeIt()).Answers ?? {}).map(([key, { Value }]) => [key, Value]));

  it("may have null in the place of what is optional, as if it were not there", async () => {
    const path = `/contact-evaluations/${started.InstanceId}`;
    const send = async (method: string, path: string, body: object) => {
      const answer = await raw(world().emulator, method, path, JSON.stringify(body));
      assert.equal(answer.status, 200, answer.body);
    };
    await send("POST", `${path}/${started.EvaluationId}`, {
      Answers: { one: { Value: { StringValue: "Yes", NumericValue: null, NotApplicable: null } } },
      Notes: { text: { Value: "n" } },
      UpdatedBy: null,
    });
    assert.deepEqual(
      [now().answers, now().notes],
      [answered({ one: { StringValue: "Yes" } }), { text: { Value: "n" } }],
    );
    await send("POST", `${path}/${started.EvaluationId}/submit`, { Answers: { one: { Value: null } }, Notes: null });
    assert.deepEqual([now().answers, now().notes], [{}, { text: { Value: "n" } }]);
    const { contactId: ContactId, evaluationFormId: EvaluationFormId } = world();
    const nothing = { AutoEvaluationConfiguration: null, ClientToken: null, Tags: null };
    await send("PUT", path, { ContactId, EvaluationFormId, ...nothing });
    assert.equal(world().emulator.evaluations().length, 2);
  });

  it("of every kind are stored, with notes on questions and sections", async () => {
    const all = {
      one: { StringValue: "Yes" },
      many: { StringValues: ["No", "o1"] },
      number: { NumericValue: 2.5 },
      text: { StringValue: " warm " },
      date: { DateTimeValue: "2026-02-01T10:00:00+02:00" },
    };
    const Notes = { one: { Value: "a" }, inner: { Value: "b" }, outer: { Value: "c" } };
    await update(all, { Notes });
    assert.deepEqual(await valuesRead(), all);
    assert.deepEqual((await describeIt()).Notes, Notes);
    await update({ one: { NotApplicable: true } });
    assert.deepEqual(now().answers.one, { Value: { NotApplicable: true } });
  });

  describe("that do not fit the form", () => {
    const cases: [string, object, RegExp][] = [
      ["an unknown question", { other: { StringValue: "x" } }, /Answers\.other: the form has no such question/],
      ["a section", { inner: { StringValue: "x" } }, /Answers\.inner: the form has no such question/],
      ["a number for a choice", { one: { NumericValue: 1 } }, /Answers\.one: .*SINGLESELECT takes StringValue/],
      ["one choice for several", { many: { StringValue: "Yes" } }, /Answers\.many: .*MULTISELECT takes StringValues/],
      ["a text for a number", { number: { StringValue: "3" } }, /Answers\.number: .*NUMERIC takes NumericValue/],
      ["a list for a text", { text: { StringValues: ["x"] } }, /Answers\.text: .*TEXT takes StringValue/],
      ["a text for a date", { date: { StringValue: "2026-01-01T00:00:00Z" } }, /Answers\.date: .*takes DateTimeValue/],
      ["an unknown option", { one: { StringValue: "Maybe" } }, /Answers\.one: there is no option Maybe/],
      [
        "an unknown option among known ones",
        { many: { StringValues: ["Yes", "x"] } },
        /Answers\.many: there is no option x/,
      ],
      ["a number that is too small", { number: { NumericValue: 0.5 } }, /Answers\.number: must be from 1 to 5.*0\.5/],
      ["a number that is too large", { number: { NumericValue: 6 } }, /Answers\.number: must be from 1 to 5.*6/],
      ["not applicable where it is not enabled", { text: { NotApplicable: true } }, /Answers\.text: .*NotApplicable/],
      ["no date", { date: { DateTimeValue: "tomorrow" } }, /Answers\.date: tomorrow is no ISO 8601 date/],
      ["a month that never is", { date: { DateTimeValue: "2026-13-01T00:00:00Z" } }, /Answers\.date: /],
      [
        "a day that never is",
        { date: { DateTimeValue: "2026-02-30T00:00:00Z" } },
        /Answers\.date: 2026-02-30T.* is no/,
      ],
      ["a leap day of another year", { date: { DateTimeValue: "2026-02-29T12:00:00+05:00" } }, /Answers\.date: /],
    ];
    for (const [what, answers, message] of cases) {
      it(`are refused: ${what}`, async () => {
        const before = now();
        await assert.rejects(update(answers), invalid(message));
        await assert.rejects(submit(answers), invalid(message));
        assert.deepEqual(now(), before);
      });
      it(`are stored when so switched: ${what}`, async () => {
        world().emulator.behaviour.unfitAnswers = "stored";
        await update(answers);
        assert.deepEqual(await valuesRead(), answers);
      });
    }

    it("are named all at once", async () => {
      const changes = update({ a: undefined, number: { NumericValue: 9 } }, { Notes: { b: { Value: "x" } } });
      await assert.rejects(
        changes,
        invalid(/Answers\.a: .*; Answers\.number: .*; Notes\.b: .*no such question or sec/),
      );
    });
  });

  it("may name options by text or id, or as the switch says", async () => {
    const { behaviour } = world().emulator;
    behaviour.optionsAccepted = "text";
    await update({ one: { StringValue: "Yes" } });
    await assert.rejects(update({ many: { StringValues: ["No", "o1"] } }), invalid(/no option o1/));
    behaviour.optionsAccepted = "ref id";
    await update({ many: { StringValues: ["o2", "o1"] } });
    await assert.rejects(update({ one: { StringValue: "Yes" } }), invalid(/no option Yes/));
  });

  it("are read with options as they were written, or in one spelling", async () => {
    const { behaviour } = world().emulator;
    await update({ one: { StringValue: "o1" }, many: { StringValues: ["Yes", "o2"] } });
    assert.deepEqual(await valuesRead(), { one: { StringValue: "o1" }, many: { StringValues: ["Yes", "o2"] } });
    behaviour.optionSpelling = "text";
    assert.deepEqual(await valuesRead(), { one: { StringValue: "Yes" }, many: { StringValues: ["Yes", "No"] } });
    behaviour.optionSpelling = "ref id";
    assert.deepEqual(await valuesRead(), { one: { StringValue: "o1" }, many: { StringValues: ["o1", "o2"] } });
    assert.deepEqual(now().answers.many?.Value, { StringValues: ["Yes", "o2"] });
  });

  it("are read with the ends of a text, or without them", async () => {
    await update({ text: { StringValue: " Yes \n" } });
    assert.deepEqual(await valuesRead(), { text: { StringValue: " Yes \n" } });
    world().emulator.behaviour.textAnswers = "trimmed";
    assert.deepEqual(await valuesRead(), { text: { StringValue: "Yes" } });
  });

  it("are read with dates as they were written, or in UTC", async () => {
    const { behaviour } = world().emulator;
    const dates = async (written: string) => {
      await update({ date: { DateTimeValue: written } });
      const read: (string | undefined)[] = [];
      for (const spelling of ["as written", "UTC", "seconds"] as const) {
        behaviour.dateTimeSpelling = spelling;
        read.push((await valuesRead()).date?.DateTimeValue);
      }
      return read;
    };
    assert.deepEqual(await dates("2026-02-01T10:00:00.250+02:00"), [
      "2026-02-01T10:00:00.250+02:00",
      "2026-02-01T08:00:00.250Z",
      "2026-02-01T08:00:00Z",
    ]);
    assert.deepEqual(await dates("2026-02-01T10:00"), [
      "2026-02-01T10:00",
      "2026-02-01T10:00:00.000Z",
      "2026-02-01T10:00:00Z",
    ]);
  });

  it("count the characters of notes, not their units", async () => {
    await update({}, { Notes: { one: { Value: "\u{1F600}".repeat(3072) }, many: { Value: "x".repeat(2048) } } });
    await assert.rejects(update({}, { Notes: { text: { Value: "x" } } }), invalid(/^Notes: .*5120.*5121/));
    await assert.rejects(update({}, { Notes: { one: { Value: "\u{1F600}".repeat(3073) } } }), invalid(/3072/));
  });

  it("are changed on behalf of any user, or only of one that the instance has", async () => {
    const { emulator, instanceId } = world();
    const known = { ConnectUserArn: emulator.addUser(instanceId, { userId: "expert" }).arn };
    const stranger = { ConnectUserArn: known.ConnectUserArn.replace("expert", "stranger") };
    await update({}, { UpdatedBy: stranger });
    assert.equal(now().evaluatorArn, stranger.ConnectUserArn);
    for (const [position, error, status] of [
      ["refused", "InvalidParameterException", 400],
      ["not found", "ResourceNotFoundException", 404],
    ] as const) {
      emulator.behaviour.unknownEvaluator = position;
      await assert.rejects(update({}, { UpdatedBy: stranger }), refusal(error, status, /stranger/));
      await assert.rejects(submit({}, { SubmittedBy: stranger }), refusal(error, status, /stranger/));
    }
    await submit({}, { SubmittedBy: known });
    assert.deepEqual([now().evaluatorArn, now().status], [known.ConnectUserArn, "SUBMITTED"]);
  });

  it("of what is no draft are refused with the error that the switch says", async () => {
    await submit();
    for (const [name, status] of [
      ["InvalidParameterException", 400],
      ["InvalidRequestException", 400],
      ["ResourceConflictException", 409],
    ] as const) {
      world().emulator.behaviour.updateOfSubmitted = name;
      await assert.rejects(update({}), refusal(name, status, /SUBMITTED/));
    }
  });

  describe("in reads that lag behind changes", () => {
    const summaries = async () => {
      const ids = { InstanceId: world().instanceId, ContactId: world().contactId };
      const { Contact } = await world().client.send(new DescribeContactCommand(ids));
      const list = await world().client.send(new ListContactEvaluationsCommand(ids));
      const found = await world().client.send(
        new SearchContactEvaluationsCommand({ InstanceId: ids.InstanceId, SearchCriteria: {} }),
      );
      return {
        DescribeContactEvaluation: (await describeIt()).Status,
        ListContactEvaluations: list.EvaluationSummaryList?.[0]?.Status,
        DescribeContact: Object.values(Contact?.ContactEvaluations ?? {})[0]?.Status,
        SearchContactEvaluations: found.EvaluationSearchSummaryList?.[0]?.Status,
      };
    };
    const fresh = {
      DescribeContactEvaluation: "SUBMITTED",
      ListContactEvaluations: "SUBMITTED",
      DescribeContact: "COMPLETE",
      SearchContactEvaluations: "SUBMITTED",
    };
    const stale = {
      DescribeContactEvaluation: "DRAFT",
      ListContactEvaluations: "DRAFT",
      DescribeContact: "IN_PROGRESS",
      SearchContactEvaluations: "DRAFT",
    };

    it("are as they were before, with the rest of the evaluation, but for tags", async () => {
      const { emulator } = world();
      await update({ one: { StringValue: "No" } }, { Notes: { one: { Value: "old" } } });
      emulator.advance(10_000);
      const before = await describeIt();
      emulator.behaviour.changeLagMs = 3000;
      await submit({ one: { StringValue: "Yes" } }, { Notes: { one: { Value: "new" } } });
      emulator.someone.tags(started.arn, { a: "1" });
      emulator.advance(2999);
      assert.deepEqual(await describeIt(), { ...before, Tags: { a: "1" } });
      assert.deepEqual(await summaries(), stale);
      emulator.advance(1);
      assert.deepEqual(await summaries(), fresh);
      assert.deepEqual((await describeIt()).Notes, { one: { Value: "new" } });
    });

    for (const view of ["DescribeContactEvaluation", "ListContactEvaluations", "DescribeContact"] as const) {
      it(`are late in ${view} alone`, async () => {
        world().emulator.behaviour.changeLagMs = { [view]: 3000 };
        await submit();
        assert.deepEqual(await summaries(), { ...fresh, [view]: stale[view] });
      });
    }

    it("are late, too, where they are what somebody else does", async () => {
      const { emulator } = world();
      const before = await describeIt();
      emulator.behaviour.changeLagMs = 3000;
      emulator.someone.answers(started.arn, { one: { StringValue: "Yes" } });
      emulator.someone.notes(started.arn, { one: "theirs" });
      emulator.someone.submits(started.arn);
      emulator.advance(2999);
      assert.deepEqual(await describeIt(), before);
      emulator.advance(1);
      assert.deepEqual((await describeIt()).Notes, { one: { Value: "theirs" } });
      assert.deepEqual(await summaries(), fresh);
    });

    it("come one after the other", async () => {
      const { emulator } = world();
      emulator.behaviour.changeLagMs = 3000;
      await update({ number: { NumericValue: 1 } });
      emulator.advance(2000);
      await update({ number: { NumericValue: 2 } });
      assert.deepEqual(await valuesRead(), {});
      emulator.advance(1000);
      assert.deepEqual(await valuesRead(), { number: { NumericValue: 1 } });
      emulator.advance(2000);
      assert.deepEqual(await valuesRead(), { number: { NumericValue: 2 } });
    });

    it("do not hold up writes", async () => {
      world().emulator.behaviour.changeLagMs = 3000;
      await submit();
      await assert.rejects(update({}), refusal("ResourceConflictException", 409));
    });
  });
});
