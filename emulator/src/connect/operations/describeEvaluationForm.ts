import { defined } from "../../wire/plain";
import { type Context, instanceOf, type Operation } from "../context";
import { formContent, versionFacts } from "../formVersions";
import type { EvaluationForm } from "../store";

/** Input of DescribeEvaluationForm. */
export interface DescribeEvaluationFormInput {
  InstanceId: string;
  EvaluationFormId: string;
  EvaluationFormVersion?: number;
}

/** Describes a version of a form; without a version the latest, which need not be the active one. */
export const describeEvaluationForm: Operation<DescribeEvaluationFormInput> = (context, input) => {
  const form = context.store.formOrThrow(instanceOf(context, input), input.EvaluationFormId);
  const number = input.EvaluationFormVersion ?? form.versions.at(-1)?.version ?? 1;
  return { EvaluationForm: describe(context, form, number) };
};

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
