import { evaluatorArn } from "../arns";
import { instanceOf, type Operation } from "../context";
import type { EvaluationForm, EvaluationFormVersion } from "../store";

/** Input of ActivateEvaluationForm and DeactivateEvaluationForm. */
export interface EvaluationFormVersionInput {
  InstanceId: string;
  EvaluationFormId: string;
  EvaluationFormVersion: number;
}

/** Makes a version the one that new evaluations use. */
export const activateEvaluationForm: Operation<EvaluationFormVersionInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const form = context.store.formOrThrow(instance, input.EvaluationFormId);
  const version = context.store.formVersionOrThrow(form, input.EvaluationFormVersion);
  activate(form, version, evaluatorArn(instance, context.caller), context.behaviour.now());
  return formVersionOutput(form, version);
};

/** Activates a version: the one active before stops being so, and an activated version is locked for good. */
export function activate(form: EvaluationForm, version: EvaluationFormVersion, by: string, now: Date): void {
  for (const other of form.versions) other.status = "DRAFT";
  version.status = "ACTIVE";
  version.locked = true;
  form.lastActivatedTime = now;
  form.lastActivatedBy = by;
}

/** The output of the operations on one version. */
export function formVersionOutput(form: EvaluationForm, { version }: EvaluationFormVersion): object {
  return { EvaluationFormId: form.evaluationFormId, EvaluationFormArn: form.arn, EvaluationFormVersion: version };
}
