import { evaluatorArn } from "../arns";
import { type Context, instanceOf, type Operation } from "../context";
import { refuseUnfitForm } from "../formRules/formRules";
import { newForm } from "../formVersions";
import type { EvaluationForm, Instance } from "../store";
import type { EvaluationFormContent, Tags } from "../types";

/** Input of CreateEvaluationForm. */
export interface CreateEvaluationFormInput extends EvaluationFormContent {
  InstanceId: string;
  ClientToken?: string;
  AsDraft?: boolean;
  Tags?: Tags;
}

/** Creates a form with a first version, a draft until it is activated; once per ClientToken. */
export const createEvaluationForm: Operation<CreateEvaluationFormInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const form = createdBefore(instance, input) ?? create(context, instance, input);
  return { EvaluationFormId: form.evaluationFormId, EvaluationFormArn: form.arn };
};

function createdBefore(instance: Instance, { ClientToken }: CreateEvaluationFormInput): EvaluationForm | undefined {
  const used = ClientToken === undefined ? undefined : instance.formTokens.get(ClientToken);
  return used && instance.forms.get(used.id);
}

function create(context: Context, instance: Instance, input: CreateEvaluationFormInput): EvaluationForm {
  const { InstanceId: _, AsDraft: __, ClientToken, Tags = {}, ...content } = input;
  refuseUnfitForm(content);
  const evaluationFormId = context.newId();
  const now = context.behaviour.now();
  const facts = { evaluationFormId, arn: `${instance.arn}/evaluation-form/${evaluationFormId}`, tags: Tags };
  const { form } = newForm(facts, content, evaluatorArn(instance, context.caller), now);
  instance.forms.set(evaluationFormId, form);
  if (ClientToken !== undefined) {
    instance.formTokens.set(ClientToken, { id: evaluationFormId, parameters: content, at: now });
  }
  return form;
}
