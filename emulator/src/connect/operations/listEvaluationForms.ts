import { defined } from "../../wire/plain";
import { instanceOf, type Operation, timestamp } from "../context";
import { type PageInput, page } from "../pages";
import { activeVersion, type EvaluationForm } from "../store";

/** Lists the forms of an instance in pages. */
export const listEvaluationForms: Operation<PageInput & { InstanceId: string }> = (context, input) => {
  const { items, next } = page([...instanceOf(context, input).forms.values()], input);
  return { EvaluationFormSummaryList: items.map(summary), ...next };
};

function summary(form: EvaluationForm): object {
  const first = form.versions[0];
  const latest = form.versions.at(-1);
  return defined({
    EvaluationFormId: form.evaluationFormId,
    EvaluationFormArn: form.arn,
    Title: latest?.Title,
    CreatedTime: first && timestamp(first.createdTime),
    CreatedBy: first?.createdBy,
    LastModifiedTime: latest && timestamp(latest.lastModifiedTime),
    LastModifiedBy: latest?.lastModifiedBy,
    LastActivatedTime: form.lastActivatedTime && timestamp(form.lastActivatedTime),
    LastActivatedBy: form.lastActivatedBy,
    LatestVersion: latest?.version,
    ActiveVersion: activeVersion(form)?.version,
  });
}
