import { type Context, defined, instanceOf, type Operation, timestamp } from "../context";
import type { EvaluationForm, EvaluationFormVersion } from "../store";
import type { EvaluationFormContent } from "../types";

/** Input of DescribeEvaluationForm. */
export interface DescribeEvaluationFormInput {
  InstanceId: string;
  EvaluationFormId: string;
  EvaluationFormVersion?: number;
}

/** Describes a version of a form; without a version the latest, which need not be the active one. */
export const describeEvaluationForm: Operation<DescribeEvaluationFormInput> = (context, input) => {
  const form = context.store.formOrThrow(instanceOf(context, input), input.EvaluationFormId);
  const number = input.EvaluationFormVersion ?? form.versions.length;
  return { EvaluationForm: describe(context, form, number) };
};

/** What the author of a version wrote, without the facts this Connect keeps about it. */
export function formContent(version: EvaluationFormVersion): EvaluationFormContent {
  const { createdTime, createdBy, lastModifiedTime, lastModifiedBy, version: _, status, locked, ...content } = version;
  return content;
}

function describe({ store }: Context, form: EvaluationForm, number: number): object {
  const version = store.formVersionOrThrow(form, number);
  return defined({
    EvaluationFormId: form.evaluationFormId,
    EvaluationFormArn: form.arn,
    ...versionFacts(version),
    ...formContent(version),
    Tags: form.tags,
  });
}

/** The facts about a version that DescribeEvaluationForm and ListEvaluationFormVersions share. */
export function versionFacts(version: EvaluationFormVersion): object {
  return {
    EvaluationFormVersion: version.version,
    Locked: version.locked,
    Status: version.status,
    CreatedTime: timestamp(version.createdTime),
    CreatedBy: version.createdBy,
    LastModifiedTime: timestamp(version.lastModifiedTime),
    LastModifiedBy: version.lastModifiedBy,
  };
}
