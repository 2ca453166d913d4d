import { evaluatorArn } from "../arns";
import { type Context, instanceOf, type Operation } from "../context";
import { connectError } from "../errors";
import { refuseActivation, refuseUnfitForm } from "../formRules/formRules";
import { addVersion, type FormVersionInput, formVersionOutput, rewriteVersion } from "../formVersions";
import type { EvaluationForm, EvaluationFormVersion, Instance } from "../store";
import type { EvaluationFormContent } from "../types";

/** Input of UpdateEvaluationForm. */
export interface UpdateEvaluationFormInput extends FormVersionInput, EvaluationFormContent {
  CreateNewVersion?: boolean;
  AsDraft?: boolean;
  ClientToken?: string;
}

const maximumVersions = 50;

/** Replaces the whole content of a version that was never active, or makes a new version; once per ClientToken. */
export const updateEvaluationForm: Operation<UpdateEvaluationFormInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const form = context.store.formOrThrow(instance, input.EvaluationFormId);
  const version = madeBefore(instance, form, input) ?? update(context, instance, form, input);
  return formVersionOutput(form, version);
};

function madeBefore(instance: Instance, form: EvaluationForm, { ClientToken = "" }: UpdateEvaluationFormInput) {
  const used = instance.versionTokens.get(ClientToken);
  return form.versions.find((version) => used?.id === idOf(form, version));
}

function idOf({ evaluationFormId }: EvaluationForm, { version }: EvaluationFormVersion): string {
  return `${evaluationFormId} ${version}`;
}

function update(
  context: Context,
  instance: Instance,
  form: EvaluationForm,
  input: UpdateEvaluationFormInput,
): EvaluationFormVersion {
  const { InstanceId, EvaluationFormId, EvaluationFormVersion, CreateNewVersion, AsDraft, ClientToken, ...content } =
    input;
  const version = context.store.formVersionOrThrow(form, EvaluationFormVersion);
  const by = evaluatorArn(instance, context.caller);
  const now = context.behaviour.now();
  if (!CreateNewVersion) {
    refuseLocked(version);
    refuseUnfitForm(content);
    rewriteVersion(form, version, content, by, now);
    return version;
  }
  refuseTooMany(form);
  if (AsDraft) refuseUnfitForm(content);
  else refuseActivation(content);
  const made = addVersion(form, content, by, now);
  if (ClientToken !== undefined) {
    instance.versionTokens.set(ClientToken, { id: idOf(form, made), parameters: content, at: now });
  }
  return made;
}

function refuseLocked({ locked, version }: EvaluationFormVersion): void {
  if (!locked) return;
  const message = `Evaluation form version ${version} was active and is locked, it takes CreateNewVersion to change it`;
  throw connectError("ResourceConflictException", message);
}

function refuseTooMany({ versions }: EvaluationForm): void {
  if (versions.length < maximumVersions) return;
  throw connectError("ServiceQuotaExceededException", `An evaluation form has at most ${maximumVersions} versions`);
}
