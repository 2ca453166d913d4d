import assert from "node:assert/strict";
import {
  DeactivateEvaluationFormCommand,
  DeleteContactEvaluationCommand,
  DeleteEvaluationFormCommand,
  DescribeContactCommand,
  DescribeContactEvaluationCommand,
  type EvaluationAnswerData,
  ListTagsForResourceCommand,
  SubmitContactEvaluationCommand,
  TagResourceCommand,
  UpdateContactEvaluationCommand,
} from "@aws-sdk/client-connect";
import { type EvaluationFormItem, type ScoringStrategy, switches } from "../../emulator/src";
import { parse } from "../../emulator/src/flags";
import { EVERY_KIND } from "../support/forms";
import { createWorld, raw, type Started, type World } from "./world";

type Name = keyof typeof switches;

/** What a client sees that tells the positions of a switch apart, and further options that it takes. */
interface Sight {
  options?: string[];
  see: (client: Client) => Promise<unknown>;
}

type Answers = Record<string, EvaluationAnswerData>;

/** The calls of the service in a few words. */
class Client {
  constructor(private readonly world: World) {}

  get form() {
    const { instanceId: InstanceId, evaluationFormId: EvaluationFormId, formArn: arn } = this.world;
    return { InstanceId, EvaluationFormId, arn };
  }

  start: World["start"] = (more) => this.world.start(more);

  /** Starts an evaluation with another form. */
  startWith(items: EvaluationFormItem[], Mode: ScoringStrategy["Mode"] = "QUESTION_ONLY"): Promise<Started> {
    const scoringStrategy = { Mode, Status: "ENABLED" } as const;
    const form = this.world.emulator.addEvaluationForm(this.world.instanceId, { items, scoringStrategy });
    return this.start({ EvaluationFormId: form.evaluationFormId });
  }

  /** Answers questions of a form with every kind of them. */
  answerEveryKind = async (answers: Answers) => this.update(await this.startWith(EVERY_KIND), answers);

  update = (started: Started, answers: Answers, more: object = {}) =>
    this.world.client.send(new UpdateContactEvaluationCommand({ ...started, Answers: inputs(answers), ...more }));

  submit = (started: Started, answers: Answers = {}) =>
    this.world.client.send(new SubmitContactEvaluationCommand({ ...started, Answers: inputs(answers) }));

  delete = (started: Started) => this.world.client.send(new DeleteContactEvaluationCommand(started));

  describe = async (started: Started) =>
    (await this.world.client.send(new DescribeContactEvaluationCommand(started))).Evaluation;

  /** Submits answers, and returns the score in percent. */
  async percentage(started: Started, answers: Answers): Promise<number | undefined> {
    await this.submit(started, answers);
    return (await this.describe(started))?.Metadata?.Score?.Percentage;
  }

  async deactivateForm() {
    await this.world.client.send(new DeactivateEvaluationFormCommand({ ...this.form, EvaluationFormVersion: 1 }));
  }

  async deleteForm() {
    await this.world.client.send(new DeleteEvaluationFormCommand(this.form));
  }

  async tag(resourceArn: string, tags: Record<string, string>) {
    await this.world.client.send(new TagResourceCommand({ resourceArn, tags }));
  }

  async tags(resourceArn: string) {
    return (await this.world.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
  }

  async contactRecord() {
    const { instanceId: InstanceId, contactId: ContactId } = this.world;
    const { Contact } = await this.world.client.send(new DescribeContactCommand({ InstanceId, ContactId }));
    return Object.values(Contact?.ContactEvaluations ?? {}).map(({ Status }) => Status);
  }

  /** Whether a request with an old date is taken, before and after the emulator's clock was moved. */
  async takesOldDates() {
    const old = { "x-amz-date": "20200101T000000Z" };
    const answer = () => raw(this.world.emulator, "GET", `/instance/${this.form.InstanceId}`, undefined, old);
    const before = await answer();
    this.world.emulator.advance(3_600_000);
    return [before.status, (await answer()).status];
  }

  async bodyOfAnError() {
    return Object.keys(JSON.parse((await raw(this.world.emulator, "GET", "/nowhere")).body));
  }
}

const inputs = (answers: Answers) =>
  Object.fromEntries(Object.entries(answers).map(([question, Value]) => [question, { Value }]));

const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "success",
    (error: Error) => error.name,
  );

const yes = { StringValue: "Yes" };
const automated = { AutoEvaluationConfiguration: { Enabled: true } };

const section = (RefId: string, Items: EvaluationFormItem[], Weight?: number): EvaluationFormItem => ({
  Section: { Title: RefId, RefId, Items, ...(Weight === undefined ? {} : { Weight }) },
});

type Option = {
  Score?: number;
  AutomaticFail?: boolean;
  PointsConfiguration?: { PointValue: number; IsBonus?: boolean };
};

/** A question whose options are `best` and the others in their order. */
const choice = (RefId: string, options: Option[], more: object = {}): EvaluationFormItem => ({
  Question: {
    Title: RefId,
    RefId,
    QuestionType: "SINGLESELECT",
    NotApplicableEnabled: true,
    QuestionTypeProperties: {
      SingleSelect: { Options: options.map((option, index) => ({ RefId: `o${index}`, Text: `${index}`, ...option })) },
    },
    ...more,
  },
});

const tenOrNothing: Option[] = [{ Score: 10 }, { Score: 0 }];
const first = { StringValue: "0" };
const second = { StringValue: "1" };

const sights: Record<Name, Sight> = {
  tokenOfDeletedEvaluation: {
    see: async (client) => {
      const deleted = await client.start({ ClientToken: "t" });
      await client.delete(deleted);
      const again = client.start({ ClientToken: "t" });
      return again.then(({ EvaluationId }) => EvaluationId === deleted.EvaluationId, String);
    },
  },
  tokenWithOtherParameters: {
    see: async (client) => {
      await client.start({ ClientToken: "t" });
      return outcome(client.start({ ClientToken: "t", Tags: { a: "1" } }));
    },
  },
  tokenError: {
    options: ["--token-with-other-parameters", "refused"],
    see: async (client) => {
      await client.start({ ClientToken: "t" });
      return outcome(client.start({ ClientToken: "t", Tags: { a: "1" } }));
    },
  },
  secondEvaluation: {
    see: async (client) => {
      await client.start();
      return outcome(client.start());
    },
  },
  noActiveVersion: {
    see: async (client) => {
      await client.deactivateForm();
      return outcome(client.start());
    },
  },
  evaluationOfDeletedForm: {
    see: async (client) => {
      const started = await client.start();
      await client.deleteForm();
      return outcome(client.describe(started));
    },
  },
  formTags: {
    see: async (client) => {
      await client.tag(client.form.arn, { team: "a" });
      return client.tags((await client.start()).arn);
    },
  },
  describeTags: {
    see: async (client) => (await client.describe(await client.start({ Tags: { a: "1" } })))?.Tags,
  },
  secondDelete: {
    see: async (client) => {
      const started = await client.start();
      await client.delete(started);
      return outcome(client.delete(started));
    },
  },
  errorMember: { see: (client) => client.bodyOfAnError() },
  requestDate: { see: (client) => client.takesOldDates() },
  unfitAnswers: {
    see: async (client) => outcome(client.update(await client.start(), { q1: { StringValue: "Perhaps" } })),
  },
  repeatedOptions: {
    see: async (client) => outcome(client.answerEveryKind({ topics: { StringValues: ["Billing", "t1"] } })),
  },
  dateWithoutTime: {
    see: async (client) => outcome(client.answerEveryKind({ calledBack: { DateTimeValue: "2026-11-20" } })),
  },
  optionsAccepted: {
    see: async (client) => {
      const started = await client.start();
      const byRefId = { StringValue: "o1" };
      return [
        await outcome(client.update(started, { q1: yes })),
        await outcome(client.update(started, { q1: byRefId })),
      ];
    },
  },
  optionSpelling: {
    see: async (client) => {
      const started = await client.start();
      const spellings = [];
      for (const StringValue of ["Yes", "o1"]) {
        await client.update(started, { q1: { StringValue } });
        spellings.push((await client.describe(started))?.Answers?.q1?.Value);
      }
      return spellings;
    },
  },
  textAnswers: {
    see: async (client) => {
      const started = await client.start();
      await client.update(started, { q3: { StringValue: " all " } });
      return (await client.describe(started))?.Answers;
    },
  },
  numbers: {
    see: async (client) => {
      const started = await client.start();
      await client.update(started, { q2: { NumericValue: 7.4 } });
      return (await client.describe(started))?.Answers;
    },
  },
  dateTimeSpelling: {
    see: async (client) => {
      const question: EvaluationFormItem = { Question: { Title: "When?", RefId: "when", QuestionType: "DATETIME" } };
      const started = await client.startWith([section("s", [question])]);
      await client.update(started, { when: { DateTimeValue: "2026-01-01T00:00:00+01:00" } });
      return (await client.describe(started))?.Answers;
    },
  },
  unknownEvaluator: {
    see: async (client) => {
      const UpdatedBy = { ConnectUserArn: "arn:aws:connect:us-east-1:123456789012:instance/i/agent/nobody" };
      return outcome(client.update(await client.start(), {}, { UpdatedBy }));
    },
  },
  updateOfSubmitted: {
    see: async (client) => {
      const started = await client.start();
      await client.submit(started);
      return outcome(client.update(started, {}));
    },
  },
  unansweredQuestions: { see: async (client) => outcome(client.submit(await client.start())) },
  submitInReview: {
    options: ["--review-ms", "0"],
    see: async (client) => {
      const started = await client.start();
      await client.submit(started);
      return outcome(client.submit(started));
    },
  },
  unansweredScore: {
    see: async (client) => client.percentage(await client.start(), { q2: { NumericValue: 10 } }),
  },
  fullScore: {
    see: async (client) => {
      const started = await client.startWith([section("s", [choice("a", [{ Score: 5 }, { Score: 0 }])])]);
      return client.percentage(started, { a: first });
    },
  },
  notApplicableWeight: {
    see: async (client) => {
      const half = section("s", [choice("a", tenOrNothing), choice("b", tenOrNothing)], 50);
      const rest = section("t", [choice("c", tenOrNothing)], 50);
      const started = await client.startWith([half, rest], "SECTION_ONLY");
      return client.percentage(started, { a: { NotApplicable: true }, b: first, c: second });
    },
  },
  subsectionWeight: {
    see: async (client) => {
      const inner = section("inner", [choice("a", tenOrNothing)], 50);
      const outer = section("outer", [inner, choice("b", tenOrNothing)], 50);
      const rest = section("rest", [choice("c", tenOrNothing)], 50);
      const started = await client.startWith([outer, rest], "SECTION_ONLY");
      return client.percentage(started, { a: first, b: second, c: second });
    },
  },
  automaticFailZero: {
    see: async (client) => {
      const failing = { Score: 10, AutomaticFail: true };
      const started = await client.startWith([section("s", [choice("a", [failing, { Score: 0 }])])]);
      await client.submit(started, { a: first });
      return (await client.describe(started))?.Scores?.s?.Percentage;
    },
  },
  bonusOption: {
    see: async (client) => {
      const points = { PointsConfiguration: { PointValue: 5 } };
      const bonus = { PointsConfiguration: { PointValue: 2, IsBonus: true } };
      const started = await client.startWith([section("s", [choice("a", [points, bonus])])], "POINTS_BASED");
      return client.percentage(started, { a: second });
    },
  },
  bonusPercentage: {
    see: async (client) => {
      const points = [{ PointsConfiguration: { PointValue: 5 } }, { PointsConfiguration: { PointValue: 0 } }];
      const bonus = { ScoringConfiguration: { PointsConfiguration: { IsBonus: true } } };
      const items = [choice("a", points), choice("b", points, bonus)];
      return client.percentage(await client.startWith([section("s", items)], "POINTS_BASED"), { a: first, b: first });
    },
  },
  falseFlags: {
    see: async (client) => {
      const started = await client.start();
      await client.submit(started, { q1: yes });
      return (await client.describe(started))?.Metadata?.Score;
    },
  },
  automatedSubmission: {
    see: async (client) => {
      const both = [await client.start(automated), await client.start()];
      return Promise.all(both.map(async (started) => (await client.describe(started))?.Status));
    },
  },
  automationOutcome: {
    options: ["--automation-ms", "0"],
    see: async (client) =>
      (await client.describe(await client.start(automated)))?.Metadata?.AutoEvaluation?.AutoEvaluationStatus,
  },
  suggestionsIn: {
    options: ["--automation-ms", "0", "--automated-answers", '{"q1":{"StringValue":"Yes"}}'],
    see: async (client) => (await client.describe(await client.start(automated)))?.Answers,
  },
  contactRecord: {
    see: async (client) => {
      await client.start();
      await client.delete(await client.start());
      return client.contactRecord();
    },
  },
  unseenEvaluation: {
    options: ["--start-lag-ms", "3600000"],
    see: async (client) => outcome(client.describe(await client.start())),
  },
};

/** What a client sees of an emulator with these options of the command line. */
async function seen(see: Sight["see"], args: string[]): Promise<unknown> {
  const settings = parse(["--port", "0", ...args]);
  assert.ok(typeof settings === "object");
  const world = await createWorld(settings);
  return see(new Client(world)).finally(world.close);
}

describe("each position of a switch, set on the command line,", () => {
  for (const [name, { positions }] of Object.entries(switches)) {
    it(`lets a client see another answer: ${name}`, async () => {
      const { options = [], see } = sights[name as Name];
      const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      const answers = [];
      for (const position of positions) answers.push(await seen(see, [...options, flag, position]));
      const different = new Set(answers.map((answer) => JSON.stringify(answer)));
      assert.equal(different.size, positions.length, JSON.stringify(answers));
      assert.deepEqual(await seen(see, options), answers[0], "the first position is the default");
    });
  }
});
