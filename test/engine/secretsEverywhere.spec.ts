import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { ContactEvaluationArgs } from "pulumi-connect-evaluations";
import type { EvaluationFormItem, Fault, LoggedRequest, OperationName } from "../../emulator/src";
import { ofClass } from "../support/ofClass";
import type { OperationResult } from "../support/operation";
import { textsUnder } from "../support/texts";
import { type World, worldForEach } from "../support/world";

/**
 * A canary of each type, declared as a secret, in every place that takes one. After every kind of failure it is nowhere:
 * not on the terminal, in no event of the engine, in no state with its init errors, and in no state of the history.
 */

/** What no time, id, or ciphertext has in it. */
const MARK = "§";
const NUMBER = 13.0625;
const DATE = "2031-03-04T05:06:07Z";
const CANARY = /§|(?<!\d)1[34]\.0625(?!\d)|2031-03-04/;

/** Short enough for what is taken for a word of the service's own. */
const short = (letter: string): string => `${MARK}${letter}`;
const long = (what: string): string => `${MARK}canary ${what}`;

const OPTIONS = [short("a"), short("b"), long("option")];
const select = (kind: "SingleSelect" | "MultiSelect", RefId: string): EvaluationFormItem => ({
  Question: {
    Title: RefId,
    RefId,
    QuestionType: kind === "SingleSelect" ? "SINGLESELECT" : "MULTISELECT",
    QuestionTypeProperties: { [kind]: { Options: OPTIONS.map((Text, n) => ({ RefId: `${RefId}${n}`, Text })) } },
  },
});
const text = (RefId: string): EvaluationFormItem => ({
  Question: { Title: RefId, RefId, QuestionType: "TEXT" },
});
const FORM: EvaluationFormItem[] = [
  select("SingleSelect", "single"),
  select("MultiSelect", "list"),
  text("text"),
  text("short"),
  {
    Question: {
      Title: "number",
      RefId: "number",
      QuestionType: "NUMERIC",
      QuestionTypeProperties: { Numeric: { MinValue: 0, MaxValue: 100 } },
    },
  },
  { Question: { Title: "date", RefId: "date", QuestionType: "DATETIME" } },
];

const hidden = pulumi.secret;

/** Everything that a program may declare as a secret; the second round has other values under the same keys. */
const secrets = (round: "first" | "second") => ({
  answers: {
    single: hidden(round === "first" ? short("a") : long("option")),
    list: round === "first" ? [hidden(short("b")), long("option")].map((one) => hidden(one)) : hidden([short("a")]),
    text: hidden(long(`text ${round}`)),
    short: hidden(short(round === "first" ? "x" : "y")),
    number: hidden(round === "first" ? NUMBER : NUMBER + 1),
    date: { dateTime: hidden(round === "first" ? DATE : DATE.replace("07Z", "08Z")) },
  },
  notes: { text: hidden(long(`note ${round}`)), short: hidden(short(round === "first" ? "n" : "m")) },
  tags: { long: hidden(long(`tag ${round}`)), short: hidden(short(round === "first" ? "t" : "u")) },
  triggers: [hidden(long("trigger")), { deep: [hidden(short("r")), hidden(NUMBER)] }],
});

/** What an update changes, and which call changes the tags. */
const CHANGES: Readonly<Record<string, { args: Partial<ContactEvaluationArgs>; tagging: OperationName }>> = {
  "every value": { args: secrets("second"), tagging: "TagResource" },
  "what the program drops": { args: { triggers: secrets("first").triggers }, tagging: "UntagResource" },
};

/** Every way in which a call fails. A refusal repeats all that the call sent, as JSON and word for word. */
const FAILURES: Readonly<Record<string, (sent: string) => Fault>> = {
  denied: () => ({ error: "AccessDeniedException", status: 403 }),
  failing: () => ({ error: "InternalServiceException" }),
  "without an answer": () => ({ drop: "after" }),
  refused: (sent) => ({ error: "InvalidParameterException", status: 400, message: sent }),
};

/** As a service would say it: each value in quotes, and the body of the request. */
function repeated({ input }: LoggedRequest): string {
  const values: unknown[] = [];
  JSON.stringify(input, (_, value) => {
    if (typeof value !== "object") values.push(value);
    return value;
  });
  const faults = values.map((value) => `Value '${value}' failed to satisfy the constraint`);
  return `${faults.join("; ")}. The request was ${JSON.stringify(input)}`;
}

/** An evaluation of a contact of its own, of which one call fails in one way. */
interface Case {
  name: string;
  contactId: string;
  operation: OperationName;
  failure: (sent: string) => Fault;
}

const casesOf = (w: World, operations: readonly OperationName[]): Case[] =>
  operations.flatMap((operation) =>
    Object.entries(FAILURES).map(([what, failure]) => ({
      name: `${operation} ${what}`.replaceAll(" ", "-"),
      contactId: w.emulator.addContact(w.instanceId).contactId,
      operation,
      failure,
    })),
  );

/** Makes the call of each case fail, for ever. Answers with how often each did. */
function failAll(w: World, cases: readonly Case[]): () => Record<string, number> {
  const handles = cases.map(({ contactId, operation, failure }) => {
    const concerns = ({ input, path }: LoggedRequest) => {
      const { ContactId, EvaluationId, resourceArn } = input;
      const evaluation = w.emulator
        .evaluations()
        .find(
          ({ arn, evaluationId }) =>
            evaluationId === EvaluationId || arn === resourceArn || path.includes(evaluationId),
        );
      return (evaluation?.contactId ?? ContactId) === contactId;
    };
    // The message of a fault is read when it plays: it is of the request that it met.
    const fault = failure("");
    const when = (request: LoggedRequest) => {
      const isMet = concerns(request);
      if (isMet && "error" in fault && fault.message !== undefined) fault.message = repeated(request);
      return isMet;
    };
    return w.emulator.faults.add({ operation, when, times: Number.POSITIVE_INFINITY, fault });
  });
  return () => Object.fromEntries(cases.map(({ name }, n) => [name, handles[n]?.hits ?? 0]));
}

/** What a person or a program could read, after each operation. */
class Reader {
  private readonly texts: string[] = [];

  constructor(private readonly w: World) {}

  async read(what: string, operation: Promise<OperationResult>): Promise<OperationResult> {
    const result = await operation;
    const { outputs, diagnostics, steps, output } = result;
    for (const [where, said] of Object.entries({ output, outputs, diagnostics, steps })) {
      this.texts.push(`${what}: ${where}: ${typeof said === "string" ? said : JSON.stringify(said)}`);
    }
    this.texts.push(`${what}: state: ${await textsUnder(this.w.stack.folders.backend)}`);
    return result;
  }

  assertNoCanary(): void {
    const found = this.texts.flatMap((said) => {
      const [where] = /^[^:]*: [^:]*/.exec(said) ?? [];
      const at = said.search(CANARY);
      return at === -1 ? [] : [`${where}: …${said.slice(Math.max(0, at - 200), at + 80)}…`];
    });
    assert.deepEqual(found, [], "a secret is in plain text");
  }
}

describe("after every kind of failure, no secret", () => {
  const defaultTags = JSON.stringify({ tags: { default: long("default tag") } });
  // A call that fails for ever fails at the first attempt as well.
  const config = { "aws:maxRetries": "0", "aws:defaultTags": { value: defaultTags, secret: true } } as const;
  const world = worldForEach({ config });

  function prepare() {
    const w = world();
    const { evaluationFormId } = w.emulator.addEvaluationForm(w.instanceId, { items: FORM });
    const program = (cases: readonly Case[], args: (one: Case) => Partial<ContactEvaluationArgs>) => async () => {
      const declared = cases.map((one) => {
        const { contactId, name } = one;
        return [name, w.declare(name, { contactId, evaluationFormId, ...args(one) })] as const;
      });
      return Object.fromEntries(declared);
    };
    const all = { parallel: 100, continueOnError: true };
    return { w, evaluationFormId, program, all, reader: new Reader(w) };
  }

  it("of a create", async () => {
    const { w, program, all, reader } = prepare();
    const drafts = casesOf(w, ["StartContactEvaluation", "DescribeContactEvaluation", "UpdateContactEvaluation"]);
    const submitted = casesOf(w, ["SubmitContactEvaluation"]);
    const cases = [...drafts, ...submitted];
    const graded = program(cases, (one) => ({
      ...secrets("first"),
      clientToken: hidden(long(`token ${one.name}`)),
      submit: submitted.includes(one),
    }));
    const hits = failAll(w, cases);
    const failed = await reader.read("up", w.stack.upFails({ ...all, program: graded }));
    assert.match(failed.output, /InvalidParameterException: .*Value '\[redacted\]' failed/);
    assert.deepEqual(
      Object.entries(hits()).filter(([, n]) => n === 0),
      [],
      "a failure met no call",
    );
    await reader.read("again", w.stack.upFails(all));
    await reader.read("refresh", w.stack.tryUp({ ...all, refresh: true }));
    w.emulator.faults.clear();
    await reader.read("at last", w.stack.up({ ...all, diff: true }));
    reader.assertNoCanary();
  });

  for (const [what, { args: change, tagging }] of Object.entries(CHANGES)) {
    it(`of an update of ${what}`, async () => {
      const { w, program, all, reader } = prepare();
      const drafts = casesOf(w, ["DescribeContactEvaluation", tagging, "UpdateContactEvaluation"]);
      const submitted = casesOf(w, ["SubmitContactEvaluation"]);
      const cases = [...drafts, ...submitted];
      const graded = (args: Partial<ContactEvaluationArgs>) =>
        program(cases, (one) => ({ ...args, submit: submitted.includes(one) }));
      await reader.read("up", w.stack.up({ ...all, program: graded(secrets("first")) }));
      const hits = failAll(w, cases);
      await reader.read("change", w.stack.upFails({ ...all, program: graded(change), diff: true }));
      assert.deepEqual(
        Object.entries(hits()).filter(([, n]) => n === 0),
        [],
        "a failure met no call",
      );
      await reader.read("refresh", w.stack.tryUp({ ...all, refresh: true }));
      w.emulator.faults.clear();
      await reader.read("refresh alone", w.stack.refresh());
      await reader.read("at last", w.stack.up({ ...all, diff: true }));
      reader.assertNoCanary();
    });
  }

  it("of a destroy, refused or failing", async () => {
    const { w, program, all, reader } = prepare();
    const cases = casesOf(w, ["DeleteContactEvaluation"]);
    const graded = program(cases, () => secrets("first"));
    await reader.read("up", w.stack.up({ ...all, program: graded }));
    for (const { arn } of w.evaluations()) {
      w.emulator.someone.answers(arn, { text: { StringValue: long("by a person") } });
      w.emulator.someone.tags(arn, { long: long("by a person") });
    }
    await reader.read("refused", w.stack.destroyFails(all));
    await reader.read("refresh", w.stack.refresh());
    await reader.read("drift", w.stack.preview({ program: graded, diff: true }));
    const hits = failAll(w, cases);
    const forced = program(cases, () => ({ ...secrets("first"), forceDestroy: true }));
    await reader.read("up again", w.stack.up({ ...all, program: forced }));
    await reader.read("failing", w.stack.destroyFails(all));
    assert.deepEqual(
      Object.entries(hits()).filter(([, n]) => n === 0),
      [],
      "a failure met no call",
    );
    reader.assertNoCanary();
    w.emulator.faults.clear();
    await w.stack.destroy();
  });

  ofClass.it("of an import, refused or failing", async () => {
    const { w, program, evaluationFormId, all, reader } = prepare();
    const cases = casesOf(w, ["TagResource"]);
    const graded = program(cases, () => secrets("first"));
    await w.stack.up({ ...all, program: graded });
    const arns = new Map(w.evaluations().map(({ arn, contactId }) => [contactId, arn]));
    for (const arn of arns.values()) w.unmanaged.add(arn);
    await w.stack.editState((deployment) => {
      deployment.resources = deployment.resources.filter(({ urn }) => !urn.includes("ContactEvaluation::"));
    });
    const other = (round: "first" | "second", tags: object) => async () => {
      for (const { name, contactId } of cases) {
        const args = { contactId, evaluationFormId, ...secrets(round), ...tags };
        w.declare(name, args as Partial<ContactEvaluationArgs>, { import: arns.get(contactId) ?? "" });
      }
    };
    const refused = await reader.read("refused", w.stack.previewFails({ program: other("second", {}) }));
    for (const key of ["single", "list", "text", "short", "number", "date"]) {
      assert.match(
        refused.output,
        new RegExp(`has answers\\["${key}"\\] with a value that ContactEvaluation.get shows`),
      );
    }
    const hits = failAll(w, cases);
    await reader.read(
      "failing",
      w.stack.upFails({ ...all, program: other("first", { tags: secrets("second").tags }) }),
    );
    assert.deepEqual(
      Object.entries(hits()).filter(([, n]) => n === 0),
      [],
      "a failure met no call",
    );
    reader.assertNoCanary();
  });

  it("of an evaluation that is only read, if the program says what is secret in it", async () => {
    const { w, program, all, reader } = prepare();
    const [one] = casesOf(w, ["DescribeContactEvaluation"]);
    assert.ok(one);
    const graded = program([one], () => secrets("first"));
    await reader.read("up", w.stack.up({ ...all, program: graded }));
    const { arn } = w.only;
    const get = async () => {
      const own = await graded();
      const additionalSecretOutputs = ["answers", "notes", "tags"];
      return { ...own, read: w.front.get("read", arn, { additionalSecretOutputs }) };
    };
    await reader.read("get", w.stack.up({ ...all, program: get }));
    w.emulator.someone.answers(arn, { text: { StringValue: long("by a person") } });
    await reader.read("refresh", w.stack.refresh());
    const hits = failAll(w, [one]);
    await reader.read("failing", w.stack.upFails({ ...all, refresh: true }));
    assert.ok(hits()[one.name]);
    reader.assertNoCanary();
  });
});
