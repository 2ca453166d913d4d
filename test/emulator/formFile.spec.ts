import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readSetup } from "../../emulator/src";
import { readForm } from "../../emulator/src/setup/formFile";
import { raw, worldForEach } from "./world";

const content = {
  Title: "Support call",
  Items: [
    {
      Section: {
        Title: "Greeting",
        RefId: "greeting",
        Items: [
          {
            Question: {
              Title: "Did the agent greet the customer?",
              RefId: "greeted",
              QuestionType: "SINGLESELECT",
              Weight: 100,
              QuestionTypeProperties: {
                SingleSelect: {
                  Options: [
                    { RefId: "yes", Text: "Yes", Score: 10 },
                    { RefId: "no", Text: "No", Score: 0 },
                  ],
                },
              },
            },
          },
        ],
      },
    },
  ],
  ScoringStrategy: { Mode: "QUESTION_ONLY", Status: "ENABLED" },
};

describe("a form in a file", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "form-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const file = (json: unknown) => {
    const path = join(folder, "form.json");
    writeFileSync(path, typeof json === "string" ? json : JSON.stringify(json));
    return path;
  };
  const cli = (...args: string[]) => {
    const main = join(__dirname, "../../emulator/dist/cli.js");
    return spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  };

  it("may be the input of CreateEvaluationForm", () => {
    const input = { InstanceId: "i", ClientToken: "t", AsDraft: true, Tags: { a: "1" }, ...content };
    assert.deepEqual(readForm(file(input)), { content, tags: { a: "1" } });
  });

  it("may be the answer of DescribeEvaluationForm, whose id it keeps", () => {
    const facts = {
      EvaluationFormId: "the-id",
      EvaluationFormVersion: 7,
      EvaluationFormArn: "arn:aws:connect:us-east-1:123456789012:instance/i/evaluation-form/the-id",
      Locked: true,
      Status: "ACTIVE",
      CreatedTime: "2026-01-01T00:00:00+00:00",
      CreatedBy: "arn:aws:iam::123456789012:user/me",
    };
    const described = { EvaluationForm: { ...facts, ...content } };
    assert.deepEqual(readForm(file(described)), { evaluationFormId: "the-id", content, tags: {} });
  });

  describe("may be any answer of the API that describes a form:", () => {
    const world = worldForEach();
    const answers = {
      "as it is on the wire": (text: string) => text,
      "with the times in words, as the AWS CLI prints them": (text: string) =>
        JSON.stringify(JSON.parse(text), (name, value) =>
          /Time$|^DateTimeValue$/.test(name) && typeof value === "number"
            ? new Date(value * 1000).toISOString()
            : value,
        ),
    };

    const create = async (body: object) => {
      const { emulator, instanceId } = world();
      const created = await raw(emulator, "PUT", `/evaluation-forms/${instanceId}`, JSON.stringify(body));
      assert.equal(created.status, 200, created.body);
      return JSON.parse(created.body);
    };
    const described = async (id: string) =>
      (await raw(world().emulator, "GET", `/evaluation-forms/${world().instanceId}/${id}`)).body;

    /** Loads an answer, and creates what it says: it comes out the same. */
    const comesBack = async (answer: string, evaluationFormId: string, expected: object, tags: object = {}) => {
      for (const [how, written] of Object.entries(answers)) {
        const form = readForm(file(written(answer)));
        assert.deepEqual([form.evaluationFormId, form.tags], [evaluationFormId, tags], how);
        assert.deepEqual(form.content, expected, how);
        const again = await create({ ...form.content, Tags: null });
        const { EvaluationForm } = JSON.parse(await described(again.EvaluationFormId));
        assert.deepEqual({ ...EvaluationForm, ...expected }, EvaluationForm, how);
      }
    };

    const conditional = {
      Action: "ENABLE",
      Condition: {
        Operands: [
          {
            Expression: {
              Source: { Type: "CONTACT", ContactAttributeKey: "sold" },
              Values: [{ Type: "DATETIME_VALUE", DateTimeValue: 1_700_000_000 }],
              Comparator: "GREATER_THAN",
            },
          },
        ],
      },
    };
    const rich = {
      ...content,
      Description: "",
      Items: [...content.Items, { Section: { Title: "T", RefId: "t", Items: [], Enablement: conditional } }],
      AIVersion: "AGENT_EVALUATION_2026-04-16",
    };

    it("the emulator's own, without tags", async () => {
      const { emulator, evaluationFormId } = world();
      assert.deepEqual(JSON.parse(await described(evaluationFormId)).EvaluationForm.Tags, {});
      const { Title, Items, ScoringStrategy } = JSON.parse(await described(evaluationFormId)).EvaluationForm;
      await comesBack(await described(evaluationFormId), evaluationFormId, { Title, Items, ScoringStrategy });
      const set = file({
        instances: [{ evaluationForms: [{ content: JSON.parse(await described(evaluationFormId)) }] }],
      });
      emulator.add(readSetup(set));
    });

    it("one with conditions, of which one compares times", async () => {
      const { EvaluationFormId } = await create(rich);
      await comesBack(await described(EvaluationFormId), EvaluationFormId, rich);
    });

    it("one with tags, of which one is AWS's own", async () => {
      const { EvaluationFormId, EvaluationFormArn } = await create({ ...content, Tags: { team: "a" } });
      const tags = { team: "a", "aws:cloudformation:stack-name": "forms" };
      world().emulator.someone.tags(EvaluationFormArn, tags);
      await comesBack(await described(EvaluationFormId), EvaluationFormId, content, tags);
      world().emulator.someone.untags(EvaluationFormArn, ["team"]);
      const { team: _, ...reserved } = tags;
      await comesBack(await described(EvaluationFormId), EvaluationFormId, content, reserved);
    });

    it("that of an evaluation", async () => {
      const { emulator, instanceId, start } = world();
      const { EvaluationFormId } = await create(rich);
      const activate = `/evaluation-forms/${instanceId}/${EvaluationFormId}/activate`;
      assert.equal((await raw(emulator, "POST", activate, '{"EvaluationFormVersion":1}')).status, 200);
      const { EvaluationId } = await start({ EvaluationFormId });
      const { body } = await raw(emulator, "GET", `/contact-evaluations/${instanceId}/${EvaluationId}`);
      await comesBack(body, EvaluationFormId, rich);
    });

    it("a draft that cannot be activated, which stays one", async () => {
      const light = JSON.parse(JSON.stringify(content).replace('"Weight":100', '"Weight":90'));
      const { EvaluationFormId } = await create(light);
      const answer = JSON.parse(await described(EvaluationFormId));
      const { activate, content: read } = readForm(file(answer));
      assert.deepEqual([activate, read], [false, light]);
      const forms = (more: object) => ({ instances: [{ evaluationForms: [{ content: answer, ...more }] }] });
      const [instance] = readSetup(file(forms({}))).instances ?? [];
      assert.equal(instance?.evaluationForms?.[0]?.activate, false);
      assert.throws(() => readSetup(file(forms({ activate: true }))), /must add up to 100, but add up to 90/);
    });

    it("a draft that can be activated, which is active", async () => {
      const { EvaluationFormId } = await create(content);
      assert.ok(!Object.hasOwn(readForm(file(await described(EvaluationFormId))), "activate"));
    });
  });

  const twice = { ...content, Items: [...content.Items, ...content.Items] };
  const cases: [string, unknown, RegExp][] = [
    ["no JSON", "{", /^is not JSON: /],
    ["no object", [content], /^must be an object: the input of CreateEvaluationForm, or the answer of Describe/],
    ["a missing member", { Items: [] }, /^Title: is required/],
    ["a wrong member", { ...content, Items: [{}] }, /^Items\.0: must have exactly one of Section, Question/],
    [
      "what Connect does not store",
      twice,
      /^Items: the RefId greeting must be unique in the form\n {2}Items: .*greeted/,
    ],
    [
      "what Connect does not activate",
      JSON.parse(JSON.stringify(content).replace('"Weight":100', '"Weight":90')),
      /weights of the questions must add up to 100, but add up to 90/,
    ],
  ];
  for (const [what, json, message] of cases) {
    it(`is refused, with the reason: ${what}`, () => {
      assert.throws(() => readForm(file(json)), { message });
    });
  }

  it("that does not exist is an error that names it", async () => {
    const child = cli("--form", join(folder, "none.json"));
    let text = "";
    child.stderr.on("data", (data) => {
      text += data;
    });
    assert.deepEqual(await once(child, "close"), [2, null]);
    assert.match(text, /^--form .*none\.json: cannot be read: ENOENT/);
    assert.doesNotMatch(text, /\n\s+at /);
  });

  it("is printed with its id when the emulator has it", async () => {
    const child = cli("--port", "0", "--form", file({ EvaluationFormId: "the-id", ...content }));
    try {
      let printed = "";
      for await (const line of createInterface(child.stdout)) {
        printed += `${line}\n`;
        if (line.includes("aws connect start")) break;
      }
      assert.match(printed, /^ {2}evaluation form {2}the-id {2}Support call$/m);
    } finally {
      child.kill("SIGKILL");
    }
  });
});
