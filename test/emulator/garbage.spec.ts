import assert from "node:assert/strict";
import fc from "fast-check";
import { createWorld, type RawAnswer, raw, type Started, type World } from "./world";

const runs = { numRuns: 150 };

describe("the emulator under arbitrary input", () => {
  let world: World;
  let started: Started;
  beforeEach(async () => {
    world = await createWorld();
    started = await world.start();
  });
  afterEach(() => world.close());

  const isOrderly = ({ status, headers, body }: RawAnswer) => {
    assert.ok((status >= 200 && status < 300) || (status >= 400 && status < 500), `${status} ${body}`);
    if (body !== "") JSON.parse(body);
    if (status < 400) return;
    assert.ok(headers["x-amzn-errortype"], body);
    assert.equal(typeof JSON.parse(body).Message, "string");
  };
  const stillAnswers = async () => {
    assert.equal((await raw(world.emulator, "GET", `/instance/${world.instanceId}`)).status, 200);
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
        isOrderly(await raw(world.emulator, verb, `/${segments.join("/")}`));
      }),
      runs,
    );
    await stillAnswers();
  });

  it("answers any JSON body of any operation with 4xx or a valid 2xx", async () => {
    const targets = fc.constantFrom<[string, string]>(
      ["PUT", `/contact-evaluations/${world.instanceId}`],
      ["POST", `/contact-evaluations/${world.instanceId}/${started.EvaluationId}`],
      ["POST", `/contact-evaluations/${world.instanceId}/${started.EvaluationId}/submit`],
      ["POST", `/tags/${encodeURIComponent(started.arn)}`],
      ["PUT", `/evaluation-forms/${world.instanceId}`],
      ["POST", `/evaluation-forms/${world.instanceId}/${world.evaluationFormId}/activate`],
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
        isOrderly(await raw(world.emulator, verb, path, JSON.stringify(body)));
        isOrderly(await raw(world.emulator, "GET", `/contact-evaluations/${world.instanceId}/${started.EvaluationId}`));
      }),
      runs,
    );
    await stillAnswers();
  });

  it("answers any bytes as body, and any query, with 4xx or a valid 2xx", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.webQueryParameters(), async (body, query) => {
        isOrderly(await raw(world.emulator, "PUT", `/contact-evaluations/${world.instanceId}`, body));
        isOrderly(await raw(world.emulator, "GET", `/contact-evaluations/${world.instanceId}?${query}`));
        isOrderly(await raw(world.emulator, "DELETE", `/tags/${encodeURIComponent(started.arn)}?tagKeys=${query}`));
      }),
      runs,
    );
    await stillAnswers();
  });

  it("stores any valid answers, notes and tags as they are", async () => {
    const id = fc.string({ minLength: 1, maxLength: 40 }).filter((key) => key !== "__proto__");
    const answer = fc.oneof(
      fc.record({ StringValue: fc.string({ maxLength: 300 }) }),
      fc.record({ NumericValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
      fc.record({ StringValues: fc.array(fc.string({ maxLength: 300 }), { maxLength: 3 }) }),
      fc.record({ NotApplicable: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(id, answer, { maxKeys: 5 }), async (answers) => {
        const { arn, EvaluationId } = await world.start();
        const Answers = Object.fromEntries(Object.entries(answers).map(([key, Value]) => [key, { Value }]));
        const sent = JSON.parse(JSON.stringify({ Answers }));
        const path = `/contact-evaluations/${world.instanceId}/${EvaluationId}`;
        const { status, body } = await raw(world.emulator, "POST", path, JSON.stringify({ Answers }));
        assert.equal(status, 200, body);
        assert.deepEqual(world.emulator.evaluation(arn)?.answers, sent.Answers);
      }),
      { numRuns: 50 },
    );
  });
});
