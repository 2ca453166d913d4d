import { instanceOf, type Operation } from "../context";
import { type FormVersionInput, formVersionOutput } from "../formVersions";

/** Deactivates a version: no new evaluation uses it. Existing ones do not change. */
export const deactivateEvaluationForm: Operation<FormVersionInput> = (context, input) => {
  const form = context.store.formOrThrow(instanceOf(context, input), input.EvaluationFormId);
  const version = context.store.formVersionOrThrow(form, input.EvaluationFormVersion);
  version.status = "DRAFT";
  return formVersionOutput(form, version);
};
