import { evaluatorArn } from "../arns";
import { instanceOf, type Operation } from "../context";
import { refuseActivation } from "../formRules/formRules";
import { activate, type FormVersionInput, formVersionOutput } from "../formVersions";

/** Activates a version: new evaluations use it. */
export const activateEvaluationForm: Operation<FormVersionInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const form = context.store.formOrThrow(instance, input.EvaluationFormId);
  const version = context.store.formVersionOrThrow(form, input.EvaluationFormVersion);
  refuseActivation(version);
  activate(form, version, evaluatorArn(instance, context.caller), context.behaviour.now());
  return formVersionOutput(form, version);
};
