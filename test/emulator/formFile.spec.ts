import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { readForm } from "../../emulator/src/setup/formFile";

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
    const main = join(__dirname, "../../emulator/src/cli.ts");
    return spawn(process.execPath, ["--import", "tsx", main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
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
