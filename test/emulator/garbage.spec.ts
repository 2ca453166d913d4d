import assert from "node:assert/strict";
import fc from "fast-check";
import { authorization, type RawAnswer, raw, type Started, worldForEach } from "./world";

const runs = { numRuns: 150 };

describe("the emulator under arbitrary input", () => {
  const world = worldForEach();
  let started: Started;
  beforeEach(async () => {
    started = await world().start();
  });

  const isOrderlyXml = (status: number, body: string) => {
    const root = status < 400 ? /^<(\w+)Response [\s\S]*<\/\1Response>$/ : /^<ErrorResponse [\s\S]*<\/ErrorResponse>$/;
    assert.match(body, root);
    // Text is escaped: what is left of the tags and entities has no markup, and no character that XML lacks.
    const text = body.replaceAll(/<\/?[A-Za-z]+( xmlns="[^"]*")?>|&(amp|lt|gt|quot|apos);/g, "");
    assert.match(text.replaceAll(/[\t\n\r\x7f-\x9f]/g, ""), /^[^<>&\p{Cs}\p{Cc}\ufffe\uffff]*$/u);
  };
  const isOrderly = ({ status, headers, body }: RawAnswer) => {
    assert.ok((status >= 200 && status < 300) || (status >= 400 && status < 500), `${status} ${body}`);
    if (headers["content-type"] === "text/xml") return isOrderlyXml(status, body);
    if (body !== "") JSON.parse(body);
    if (status < 400) return;
    assert.ok(headers["x-amzn-errortype"], body);
    assert.equal(typeof JSON.parse(body).Message, "string");
  };
  const stillAnswers = async () => {
    assert.equal((await raw(world().emulator, "GET", `/instance/${world().instanceId}`)).status, 200);
  };

  const method = fc.constantFrom("GET", "PUT", "POST", "DELETE", "PATCH");
  const segment = fc.oneof(
    fc.string({ unit: "binary" }).map((text) => encodeURIComponent(text)),
    fc.stringMatching(/^[!-~]*$/).map((text) => text.replaceAll(/[#?]/g, "")),
    fc.constantFrom(
      "contact-evaluations",
      "evaluation-forms",
      "tags",
      "contacts",
      "instance",
      "submit",
      "..",
      "%",
      "%2F",
    ),
  );

  it("answers any path with 4xx or a valid 2xx", async () => {
    await fc.assert(
      fc.asyncProperty(method, fc.array(segment, { maxLength: 5 }), async (verb, segments) => {
        isOrderly(await raw(world().emulator, verb, `/${segments.join("/")}`));
      }),
      runs,
    );
    await stillAnswers();
  });

  it("answers any JSON body of any operation with 4xx or a valid 2xx", async () => {
    const targets = fc.constantFrom<[string, string]>(
      ["PUT", `/contact-evaluations/${world().instanceId}`],
      ["POST", `/contact-evaluations/${world().instanceId}/${started.EvaluationId}`],
      ["POST", `/contact-evaluations/${world().instanceId}/${started.EvaluationId}/submit`],
      ["POST", `/tags/${encodeURIComponent(started.arn)}`],
      ["POST", "/search-contact-evaluations"],
      ["PUT", `/evaluation-forms/${world().instanceId}`],
      ["PUT", `/evaluation-forms/${world().instanceId}/${world().evaluationFormId}`],
      ["POST", `/evaluation-forms/${world().instanceId}/${world().evaluationFormId}/activate`],
    );
    const anything = fc.jsonValue({ maxDepth: 4 });
    const members = fc.dictionary(
      fc.constantFrom(
        "Answers",
        "Notes",
        "tags",
        "Tags",
        "ContactId",
        "EvaluationFormId",
        "Title",
        "Items",
        "UpdatedBy",
      ),
      fc.oneof(
        anything,
        fc.dictionary(fc.string(), anything),
        fc.dictionary(fc.string(), fc.record({ Value: anything })),
        fc.dictionary(fc.string(), fc.constant({ Value: { StringValue: "x" } })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(targets, fc.oneof(anything, members), async ([verb, path], body) => {
        isOrderly(await raw(world().emulator, verb, path, JSON.stringify(body)));
        isOrderly(
          await raw(world().emulator, "GET", `/contact-evaluations/${world().instanceId}/${started.EvaluationId}`),
        );
      }),
      runs,
    );
    await stillAnswers();
  });

  it("answers any bytes as body, and any query, with 4xx or a valid 2xx", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.webQueryParameters(), async (body, query) => {
        isOrderly(await raw(world().emulator, "PUT", `/contact-evaluations/${world().instanceId}`, body));
        isOrderly(await raw(world().emulator, "GET", `/contact-evaluations/${world().instanceId}?${query}`));
        isOrderly(await raw(world().emulator, "DELETE", `/tags/${encodeURIComponent(started.arn)}?tagKeys=${query}`));
      }),
      runs,
    );
    await stillAnswers();
  });

  it("answers any search of an instance with 4xx or a valid 2xx", async () => {
    const field = fc.constantFrom("EvaluationId", "Status", "CreatedTime", "AutoEvaluationEnabled", "__proto__", "x");
    const comparison = fc.constantFrom("EXACT", "CONTAINS", "IS_TRUE", "RANGE", "EQUAL", "GREATER_THAN");
    const bound = fc.oneof(fc.constantFrom("2026-01-01T00:00:00Z", "2026-99-99T99:99:99"), fc.integer());
    const values = { Value: fc.string(), MinValue: bound, MaxValue: bound };
    const condition = fc.record({ FieldName: field, ComparisonType: comparison, ...values }, { requiredKeys: [] });
    const kinds = ["StringCondition", "NumberCondition", "BooleanCondition", "DateTimeCondition", "DecimalCondition"];
    const { criteria } = fc.letrec((tie) => ({
      criteria: fc.oneof(
        { maxDepth: 3 },
        fc.dictionary(fc.constantFrom(...kinds), condition, { maxKeys: 2 }),
        fc.dictionary(fc.constantFrom("AndConditions", "OrConditions"), fc.array(tie("criteria"), { maxLength: 3 })),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(criteria, async (SearchCriteria) => {
        const body = JSON.stringify({ InstanceId: world().instanceId, SearchCriteria });
        isOrderly(await raw(world().emulator, "POST", "/search-contact-evaluations", body));
      }),
      runs,
    );
    await stillAnswers();
  });

  it("answers any form with 4xx or a valid 2xx", async () => {
    const sts = authorization.replace("/connect/", "/sts/");
    const headers = { authorization: sts, "content-type": "application/x-www-form-urlencoded" };
    world().emulator.addRole({ roleArn: "arn:aws:iam::123456789012:role/R" });
    const name = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "RoleSessionName",
        "Tags.member.1.Key",
        "Tags.member.1.Value",
        "PolicyArns.member.1.arn",
        "Policy",
      ),
    );
    const action = fc.oneof(
      fc.constantFrom("AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"),
      fc.string(),
    );
    const members = fc.array(fc.tuple(name, fc.string({ unit: "binary" })), { maxLength: 5 });
    const text = (value: string) => new URLSearchParams({ value }).toString().slice("value=".length);
    await fc.assert(
      fc.asyncProperty(action, members, async (Action, pairs) => {
        const given = [
          ["Action", Action],
          ["Version", "2011-06-15"],
          ["RoleArn", "arn:aws:iam::123456789012:role/R"],
        ];
        const all: string[][] = [...given, ["RoleSessionName", "name"], ["WebIdentityToken", "token"], ...pairs];
        const body = all.map((pair) => pair.map(text).join("=")).join("&");
        isOrderly(await raw(world().emulator, "POST", "/", body, headers));
      }),
      runs,
    );
    await stillAnswers();
  });

  it("stores any valid answers as they are, if those that do not fit the form are stored", async () => {
    world().emulator.behaviour.unfitAnswers = "stored";
    const id = fc.string({ minLength: 1, maxLength: 40 }).filter((key) => key !== "__proto__");
    const answer = fc.oneof(
      fc.record({ StringValue: fc.string({ maxLength: 300 }) }),
      fc.record({ NumericValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
      fc.record({ StringValues: fc.array(fc.string({ maxLength: 300 }), { maxLength: 3 }) }),
      fc.record({ NotApplicable: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(id, answer, { maxKeys: 5 }), async (answers) => {
        const { arn, EvaluationId } = await world().start();
        const Answers = Object.fromEntries(Object.entries(answers).map(([key, Value]) => [key, { Value }]));
        const sent = JSON.parse(JSON.stringify({ Answers }));
        const path = `/contact-evaluations/${world().instanceId}/${EvaluationId}`;
        const { status, body } = await raw(world().emulator, "POST", path, JSON.stringify({ Answers }));
        assert.equal(status, 200, body);
        assert.deepEqual(world().emulator.evaluation(arn)?.answers, sent.Answers);
      }),
      { numRuns: 50 },
    );
  });
});
