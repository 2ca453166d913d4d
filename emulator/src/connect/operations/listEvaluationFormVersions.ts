import { instanceOf, type Operation } from "../context";
import { versionFacts } from "../formVersions";
import { type PageInput, page } from "../pages";

/** Input of ListEvaluationFormVersions. */
export interface ListEvaluationFormVersionsInput extends PageInput {
  InstanceId: string;
  EvaluationFormId: string;
}

/** Lists the versions of a form in pages. */
export const listEvaluationFormVersions: Operation<ListEvaluationFormVersionsInput> = (context, input) => {
  const form = context.store.formOrThrow(instanceOf(context, input), input.EvaluationFormId);
  const { items, next } = page(form.versions, input);
  const summaries = items.map((version) => ({
    EvaluationFormArn: form.arn,
    EvaluationFormId: form.evaluationFormId,
    ...versionFacts(version),
  }));
  return { EvaluationFormVersionSummaryList: summaries, ...next };
};
