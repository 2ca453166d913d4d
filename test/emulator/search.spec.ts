import assert from "node:assert/strict";
import {
  type EvaluationSearchCriteria,
  type EvaluationSearchFilter,
  SearchContactEvaluationsCommand,
  type SearchContactEvaluationsRequest,
} from "@aws-sdk/client-connect";
import { raw, refusal, type Started, worldForEach } from "./world";

describe("SearchContactEvaluations", () => {
  const world = worldForEach({ behaviour: { now: () => new Date("2026-01-01T00:00:00Z") } });

  const search = (more: Partial<SearchContactEvaluationsRequest> = {}) =>
    world().client.send(new SearchContactEvaluationsCommand({ InstanceId: world().instanceId, ...more }));
  const idsOf = async (more: Partial<SearchContactEvaluationsRequest>) =>
    (await search(more)).EvaluationSearchSummaryList?.map(({ EvaluationId }) => EvaluationId);
  const isFound = async (more: Partial<SearchContactEvaluationsRequest>, ...wanted: Started[]) =>
    assert.deepEqual(
      await idsOf(more),
      wanted.map(({ EvaluationId }) => EvaluationId),
    );
  const invalid = (message: RegExp) => refusal("InvalidParameterException", 400, message);

  it("returns what the model says about each evaluation", async () => {
    const { EvaluationId, arn } = await world().start({
      Tags: { team: "a" },
      AutoEvaluationConfiguration: { Enabled: true },
    });
    world().emulator.advance(1000);
    world().emulator.someone.answers(arn, {
      q1: { StringValue: "Yes" },
      q2: { NumericValue: 9 },
      q3: { StringValue: "Nothing" },
    });
    world().emulator.someone.submits(arn);
    const { EvaluationSearchSummaryList, NextToken, ApproximateTotalCount } = await search();
    assert.deepEqual([NextToken, ApproximateTotalCount], [undefined, 1]);
    assert.deepEqual(EvaluationSearchSummaryList, [
      {
        EvaluationId,
        EvaluationArn: arn,
        EvaluationFormId: world().evaluationFormId,
        EvaluationFormVersion: 1,
        EvaluationFormTitle: "Evaluation form",
        Metadata: {
          ContactId: world().contactId,
          EvaluatorArn: world().emulator.evaluation(arn)?.evaluatorArn,
          ContactAgentId: "agent-1",
          AutoEvaluationEnabled: true,
          AutoEvaluationStatus: "IN_PROGRESS",
          ScorePercentage: 100,
          ScoreAutomaticFail: false,
          ScoreNotApplicable: false,
        },
        Status: "SUBMITTED",
        EvaluationType: "STANDARD",
        CreatedTime: new Date("2026-01-01T00:00:00Z"),
        LastModifiedTime: new Date("2026-01-01T00:00:01Z"),
        Tags: { team: "a" },
      },
    ]);
  });

  it("never returns deleted evaluations, or those of another instance", async () => {
    const { arn } = await world().start();
    const live = await world().start();
    world().emulator.someone.deletes(arn);
    await isFound({}, live);
    const { instanceId } = world().emulator.addInstance();
    await isFound({ InstanceId: instanceId });
    await assert.rejects(search({ InstanceId: "nowhere" }), refusal("ResourceNotFoundException", 404));
  });

  it("answers in pages and counts all matches", async () => {
    for (let count = 0; count < 5; count += 1) await world().start();
    const pages: number[] = [];
    const found = new Set<string | undefined>();
    for (let NextToken: string | undefined, first = true; first || NextToken; first = false) {
      const page = await search({ MaxResults: 2, ...(NextToken ? { NextToken } : {}) });
      assert.equal(page.ApproximateTotalCount, 5);
      pages.push(page.EvaluationSearchSummaryList?.length ?? 0);
      for (const { EvaluationId } of page.EvaluationSearchSummaryList ?? []) found.add(EvaluationId);
      NextToken = page.NextToken;
    }
    assert.deepEqual([pages, found.size], [[2, 2, 1], 5]);
    for (const MaxResults of [0, 101]) await assert.rejects(search({ MaxResults }), invalid(/^MaxResults: must be/));
    await assert.rejects(search({ NextToken: "x" }), invalid(/^NextToken: /));
  });

  it("counts towards the quota of the evaluations", async () => {
    world().emulator.throttle = { evaluations: { rate: 1, burst: 1 } };
    await search();
    await assert.rejects(search(), refusal("ThrottlingException", 429));
  });

  describe("by criteria", () => {
    let first: Started;
    let second: Started;
    let third: Started;
    beforeEach(async () => {
      first = await world().start();
      world().emulator.advance(60_000);
      world().emulator.someone.publishes(world().formArn);
      const { contactId: ContactId } = world().emulator.addContact(world().instanceId, { contactId: "other-contact" });
      second = await world().start({ ContactId, AutoEvaluationConfiguration: { Enabled: true } });
      world().emulator.advance(60_000);
      const { evaluationFormId: EvaluationFormId } = world().emulator.addEvaluationForm(world().instanceId);
      third = await world().start({ EvaluationFormId });
      world().emulator.someone.submits(third.arn);
      world().emulator.someone.setsType(third.arn, "CALIBRATION");
    });

    const by = (SearchCriteria: EvaluationSearchCriteria, ...wanted: Started[]) =>
      isFound({ SearchCriteria }, ...wanted);
    const exact = (FieldName: string, Value: string | undefined): EvaluationSearchCriteria => ({
      StringCondition: { FieldName, Value, ComparisonType: "EXACT" },
    });

    it("compares texts", async () => {
      await by(exact("EvaluationId", second.EvaluationId), second);
      await by(exact("ContactId", world().contactId), first, third);
      await by(exact("EvaluationFormId", world().evaluationFormId), first, second);
      await by(exact("Status", "SUBMITTED"), third);
      await by(exact("Status", "submitted"));
      await by(exact("EvaluationType", "STANDARD"), first, second);
      await by({ StringCondition: { FieldName: "ContactId", Value: "other-", ComparisonType: "STARTS_WITH" } }, second);
      await by({ StringCondition: { FieldName: "ContactId", Value: "contact", ComparisonType: "STARTS_WITH" } });
      await by({ StringCondition: { FieldName: "ContactId", Value: "contact", ComparisonType: "CONTAINS" } }, second);
    });

    it("compares times, in UTC even without a Z", async () => {
      const time = (
        ComparisonType:
          | "GREATER_THAN"
          | "LESS_THAN"
          | "GREATER_THAN_OR_EQUAL_TO"
          | "LESS_THAN_OR_EQUAL_TO"
          | "EQUAL_TO",
        MinValue: string,
      ): EvaluationSearchCriteria => ({ DateTimeCondition: { FieldName: "CreatedTime", ComparisonType, MinValue } });
      const minute = "2026-01-01T00:01:00Z";
      await by(time("GREATER_THAN", minute), third);
      await by(time("GREATER_THAN_OR_EQUAL_TO", minute), second, third);
      await by(time("LESS_THAN", minute), first);
      await by(time("LESS_THAN_OR_EQUAL_TO", minute), first, second);
      await by(time("EQUAL_TO", "2026-01-01T00:01:00.000"), second);
      const MaxValue = "2026-01-01T00:01:30";
      const range = { FieldName: "LastModifiedTime", ComparisonType: "RANGE", MinValue: minute, MaxValue } as const;
      await by({ DateTimeCondition: range }, second);
      await by(
        { DateTimeCondition: { FieldName: "CreatedTime", ComparisonType: "LESS_THAN", MaxValue: minute } },
        first,
      );
    });

    it("compares numbers and booleans", async () => {
      await by(
        { NumberCondition: { FieldName: "EvaluationFormVersion", ComparisonType: "EQUAL", MinValue: 2 } },
        second,
      );
      const flag = "AutoEvaluationEnabled";
      await by({ BooleanCondition: { FieldName: flag, ComparisonType: "IS_TRUE" } }, second);
      await by({ BooleanCondition: { FieldName: flag, ComparisonType: "IS_FALSE" } }, first, third);
      await by({ DecimalCondition: { FieldName: "ScorePercentage", ComparisonType: "NOT_EQUAL", MinValue: 1 } }, third);
    });

    it("combines conditions, also nested ones", async () => {
      const ofContact = exact("ContactId", world().contactId);
      const isSecond = exact("EvaluationId", second.EvaluationId);
      const submitted = exact("Status", "SUBMITTED");
      await by({ AndConditions: [ofContact, submitted] }, third);
      await by({ OrConditions: [isSecond, submitted] }, second, third);
      await by({ ...ofContact, AndConditions: [submitted] }, third);
      await by({ OrConditions: [isSecond, { AndConditions: [ofContact, exact("Status", "DRAFT")] }] }, first, second);
      await by({ AndConditions: [], OrConditions: [] }, first, second, third);
    });

    it("refuses what it does not understand, at any depth", async () => {
      const refuses = async (SearchCriteria: EvaluationSearchCriteria, message: RegExp) => {
        await assert.rejects(search({ SearchCriteria }), invalid(message));
        await assert.rejects(search({ SearchCriteria: { OrConditions: [{}, SearchCriteria] } }), invalid(/./));
      };
      await refuses(exact("Title", "x"), /^StringCondition\.FieldName: must be one of EvaluationId, ContactId, /);
      await refuses(exact("__proto__", "x"), /FieldName/);
      await refuses(exact("CreatedTime", "x"), /FieldName/);
      await refuses(exact("EvaluationId", undefined), /^StringCondition\.Value: is required$/);
      await refuses({ BooleanCondition: { ComparisonType: "IS_TRUE" } }, /^BooleanCondition\.FieldName: is required$/);
      await refuses({ BooleanCondition: { FieldName: "AutoEvaluationEnabled" } }, /ComparisonType: is required$/);
      await refuses(
        { StringCondition: { FieldName: "Status", Value: "x", ComparisonType: "LIKE" as "EXACT" } },
        /ComparisonType: must be one of STARTS_WITH, CONTAINS, EXACT$/,
      );
      const created = { FieldName: "CreatedTime", ComparisonType: "RANGE" } as const;
      const MinValue = "2026-01-01T00:00:00Z";
      await refuses({ DateTimeCondition: { ...created, MinValue } }, /^DateTimeCondition\.MaxValue: is required$/);
      await refuses({ DateTimeCondition: { ...created, MinValue: "yesterday" } }, /MinValue: must match pattern/);
      for (const never of ["2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z"]) {
        await refuses(
          { DateTimeCondition: { ...created, MinValue: never, MaxValue: MinValue } },
          /MinValue: .* is no time$/,
        );
      }
    });

    it("refuses conditions that are nested beyond measure", async () => {
      const nested = (levels: number) => {
        const SearchCriteria = `${'{"AndConditions":['.repeat(levels)}{}${"]}".repeat(levels)}`;
        const body = `{"InstanceId":"${world().instanceId}","SearchCriteria":${SearchCriteria}}`;
        return raw(world().emulator, "POST", "/search-contact-evaluations", body);
      };
      assert.equal((await nested(50)).status, 200);
      for (const levels of [51, 5000, 50_000]) {
        const { status, headers, body } = await nested(levels);
        assert.deepEqual([status, headers["x-amzn-errortype"]], [400, "InvalidParameterException"]);
        assert.match(body, /SearchCriteria: must have at most 100 levels inside each other/);
      }
    });

    it("refuses an unknown field even if there is nothing to search", async () => {
      const { instanceId } = world().emulator.addInstance();
      const body = JSON.stringify({ InstanceId: instanceId, SearchCriteria: exact("Title", "x") });
      assert.equal((await raw(world().emulator, "POST", "/search-contact-evaluations", body)).status, 400);
    });
  });

  describe("by filter", () => {
    let red: Started;
    let blue: Started;
    let plain: Started;
    beforeEach(async () => {
      red = await world().start({ Tags: { colour: "red", size: "s" } });
      blue = await world().start({ Tags: { colour: "blue" } });
      plain = await world().start();
      world().emulator.someone.setsContactAgent(plain.arn, "agent-2");
    });

    const through = (SearchFilter: EvaluationSearchFilter, ...wanted: Started[]) =>
      isFound({ SearchFilter }, ...wanted);
    const isRed = { TagKey: "colour", TagValue: "red" };
    const isBlue = { TagKey: "colour", TagValue: "blue" };
    const isSmall = { TagKey: "size", TagValue: "s" };

    for (const name of ["AttributeFilter", "ContactEvaluationAttributeFilter"] as const) {
      it(`${name} picks by tags`, async () => {
        await through({ [name]: {} }, red, blue, plain);
        await through({ [name]: { TagCondition: isRed } }, red);
        await through({ [name]: { TagCondition: { TagKey: "colour" } } }, red, blue);
        await through({ [name]: { TagCondition: { TagKey: "constructor" } } });
        await through({ [name]: { AndCondition: { TagConditions: [isRed, isSmall] } } }, red);
        await through({ [name]: { AndCondition: { TagConditions: [isBlue, isSmall] } } });
        const either = [{ TagConditions: [isBlue] }, { TagConditions: [isRed, isSmall] }];
        await through({ [name]: { OrConditions: either } }, red, blue);
        const nameless = { [name]: { TagCondition: { TagValue: "red" } } };
        await assert.rejects(search({ SearchFilter: nameless }), invalid(/^TagCondition\.TagKey: is required$/));
      });
    }

    it("ContactEvaluationAttributeFilter picks by agent", async () => {
      const ofAgent = (StringValue: string) =>
        ({ AttributeKey: "ContactAgentId", AttributeValue: { StringValue }, ComparisonType: "EXACT" }) as const;
      const filter = (
        ContactEvaluationAttributeFilter: EvaluationSearchFilter["ContactEvaluationAttributeFilter"],
      ) => ({
        ContactEvaluationAttributeFilter,
      });
      await through(filter({ ContactEvaluationAttributeCondition: ofAgent("agent-2") }), plain);
      const both = { TagConditions: [isBlue], AttributeConditions: [ofAgent("agent-1")] };
      await through(filter({ AndCondition: both }), blue);
      await through(filter({ OrConditions: [both, { AttributeConditions: [ofAgent("agent-2")] }] }), blue, plain);
      const valueless = filter({ ContactEvaluationAttributeCondition: { AttributeKey: "ContactAgentId" } });
      await assert.rejects(search({ SearchFilter: valueless }), invalid(/AttributeValue\.StringValue: is required$/));
    });

    it("and criteria apply together", async () => {
      const SearchFilter = { AttributeFilter: { TagCondition: { TagKey: "colour" } } };
      const StringCondition = {
        FieldName: "EvaluationId",
        Value: blue.EvaluationId,
        ComparisonType: "EXACT",
      } as const;
      await isFound({ SearchFilter, SearchCriteria: { StringCondition } }, blue);
    });
  });
});
