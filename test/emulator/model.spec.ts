import assert from "node:assert/strict";
import { model, operationNames } from "../../emulator/src/connect/model";
import { differences } from "../../scripts/connectModel/difference";
import { enumsOf, membersOf } from "../../scripts/connectModel/facts";
import { sdkEnums, sdkMembers } from "../../scripts/connectModel/sdk";

const known = { source: "", ...model };

describe("the emulator's model of Connect", () => {
  const newer = [
    "EvaluationFormItemEnablementSource.AiMetricsField",
    "EvaluationFormItemEnablementSource.ContactAttributeKey",
    "EvaluationFormItemEnablementSource.ContactField",
    "EvaluationFormItemEnablementSource.EvaluationMetadataField",
    "EvaluationFormItemEnablementSource.SegmentAttributeKey",
    "EvaluationFormItemEnablementSourceValue.BooleanValue",
    "EvaluationFormItemEnablementSourceValue.DateTimeValue",
    "EvaluationFormItemEnablementSourceValue.NumericValue",
    "EvaluationFormItemEnablementSourceValue.StringValue",
    "EvaluationFormSection.Enablement",
    "EvaluationFormSingleSelectQuestionAutomationOption.AutomationRule",
    "SingleSelectQuestionAutomationRule",
  ];

  it("has each member of each operation of the SDK, and else only those that AWS added later", () => {
    const found = differences(membersOf(known), sdkMembers(operationNames));
    assert.deepEqual(
      found,
      newer.map((member) => `- ${member}`),
    );
  });

  it("has each value of each enumeration of the SDK", () => {
    const enums = enumsOf(known);
    const ofSdk = Object.entries(sdkEnums(enums));
    assert.ok(ofSdk.length > 20);
    for (const [name, values] of ofSdk) {
      assert.deepEqual(
        values.filter((value) => !enums[name]?.includes(value)),
        [],
        name,
      );
    }
  });
});
