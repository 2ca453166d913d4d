import { instanceOf, type Operation } from "../context";
import { deleteVersions } from "../formVersions";

/** Input of DeleteEvaluationForm. */
export interface DeleteEvaluationFormInput {
  InstanceId: string;
  EvaluationFormId: string;
  EvaluationFormVersion?: number;
}

/** Deletes a version of a form, or the form with all versions. Evaluations keep the version that they have. */
export const deleteEvaluationForm: Operation<DeleteEvaluationFormInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const form = context.store.formOrThrow(instance, input.EvaluationFormId);
  const { EvaluationFormVersion: version } = input;
  const versions = version === undefined ? form.versions : [context.store.formVersionOrThrow(form, version)];
  deleteVersions(instance, form, versions);
  return undefined;
};
