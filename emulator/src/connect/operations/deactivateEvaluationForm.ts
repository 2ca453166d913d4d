import { instanceOf, type Operation } from "../context";
import { type FormVersionInput, formVersionOutput } from "../formVersions";

/** Stops new evaluations with a version; those started with it stay as they are. */
export const deactivateEvaluationForm: Operation<FormVersionInput> = (context, input) => {
  const form = context.store.formOrThrow(instanceOf(context, input), input.EvaluationFormId);
  const version = context.store.formVersionOrThrow(form, input.EvaluationFormVersion);
  version.status = "DRAFT";
  return formVersionOutput(form, version);
};
