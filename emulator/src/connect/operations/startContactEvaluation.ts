import { isDeepStrictEqual } from "node:util";
import { evaluatorArn } from "../arns";
import { submitAutomatically } from "../automation";
import { type Context, instanceOf, type Operation } from "../context";
import { connectError } from "../errors";
import {
  activeVersion,
  type Contact,
  type Evaluation,
  type EvaluationForm,
  type EvaluationFormVersion,
  type Instance,
  notFound,
} from "../store";
import type { Tags } from "../types";

/** Input of StartContactEvaluation. */
export interface StartContactEvaluationInput {
  InstanceId: string;
  ContactId: string;
  EvaluationFormId: string;
  AutoEvaluationConfiguration?: { Enabled: boolean };
  ClientToken?: string;
  Tags?: Tags;
}

/** Starts an empty evaluation of a contact with the form's active version, once per ClientToken. */
export const startContactEvaluation: Operation<StartContactEvaluationInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const evaluation = startedBefore(context, instance, input) ?? start(context, instance, input);
  return { EvaluationId: evaluation.evaluationId, EvaluationArn: evaluation.arn };
};

function start(context: Context, instance: Instance, input: StartContactEvaluationInput): Evaluation {
  const contact = context.store.contactOrThrow(instance, input.ContactId);
  const form = context.store.formOrThrow(instance, input.EvaluationFormId);
  const version = activeVersionOrThrow(context, form);
  refuseSecondEvaluation(context, instance, contact, form);
  refuseBeyondQuota(context, instance, contact);
  const evaluation = freshEvaluation(context, instance, contact, form, version, input);
  if (isSubmittedByConnect(context, evaluation)) submitAutomatically(context.store, evaluation, context.behaviour);
  context.store.add(instance, evaluation);
  rememberToken(context, instance, input, evaluation);
  return evaluation;
}

function isSubmittedByConnect({ behaviour }: Context, { autoEvaluation }: Evaluation): boolean {
  const { automatedSubmission } = behaviour;
  return automatedSubmission === "all" || (automatedSubmission === "automated" && autoEvaluation?.enabled === true);
}

function startedBefore(context: Context, instance: Instance, input: StartContactEvaluationInput) {
  const { behaviour } = context;
  const used = instance.startTokens.get(input.ClientToken ?? "");
  if (input.ClientToken === undefined || used === undefined) return undefined;
  if (behaviour.now().getTime() - used.at.getTime() >= behaviour.tokenLifetimeMs) return undefined;
  if (behaviour.tokenWithOtherParameters === "refused" && !isDeepStrictEqual(used.parameters, parametersOf(input))) {
    throw connectError(behaviour.tokenError, "ClientToken was used before with other parameters");
  }
  const evaluation = instance.evaluations.get(used.id);
  return evaluation?.deletedTime ? afterDeletion(context, evaluation) : evaluation;
}

function afterDeletion(context: Context, deleted: Evaluation): Evaluation | undefined {
  switch (context.behaviour.tokenOfDeletedEvaluation) {
    case "old id":
      return deleted;
    case "new evaluation":
      return undefined;
    case "conflict":
      throw connectError("ResourceConflictException", "ClientToken belongs to an evaluation that was deleted");
    case "not found":
      throw notFound("Contact evaluation", deleted.evaluationId);
  }
}

function rememberToken(
  context: Context,
  instance: Instance,
  input: StartContactEvaluationInput,
  { evaluationId }: Evaluation,
): void {
  if (input.ClientToken === undefined) return;
  const used = { id: evaluationId, parameters: parametersOf(input), at: context.behaviour.now() };
  instance.startTokens.set(input.ClientToken, used);
}

function parametersOf({ ClientToken: _, ...parameters }: StartContactEvaluationInput): object {
  return parameters;
}

function activeVersionOrThrow(context: Context, form: EvaluationForm): EvaluationFormVersion {
  const version = activeVersion(form);
  if (version !== undefined) return version;
  const message = `Evaluation form ${form.evaluationFormId} has no active version`;
  throw connectError(context.behaviour.noActiveVersion, message);
}

function refuseSecondEvaluation(context: Context, instance: Instance, contact: Contact, form: EvaluationForm): void {
  if (context.behaviour.secondEvaluation === "allowed") return;
  const existing = instance.evaluations
    .live(contact.contactId)
    .find(({ evaluationFormId }) => evaluationFormId === form.evaluationFormId);
  if (existing === undefined) return;
  const message = `Contact ${contact.contactId} already has evaluation ${existing.evaluationId} with this form`;
  throw connectError("ResourceConflictException", message);
}

// AWS documents a quota for each agent and month. Which evaluations count is an assumption: all that were started.
function refuseBeyondQuota({ behaviour }: Context, { evaluations }: Instance, { agentId }: Contact): void {
  const count = evaluations.startedBy(agentId, behaviour.now());
  if (count < behaviour.evaluationQuota) return;
  const message = `Agent ${agentId ?? "unknown"} has ${count} evaluations this month, which is the quota`;
  throw connectError("ServiceQuotaExceededException", message);
}

function freshEvaluation(
  { behaviour, newId, caller }: Context,
  instance: Instance,
  contact: Contact,
  form: EvaluationForm,
  version: EvaluationFormVersion,
  input: StartContactEvaluationInput,
): Evaluation {
  const evaluationId = newId();
  const now = behaviour.now();
  const formTags = behaviour.formTags === "copied" ? form.tags : {};
  const auto = input.AutoEvaluationConfiguration;
  return {
    evaluationId,
    arn: `${instance.arn}/contact-evaluation/${evaluationId}`,
    instanceId: instance.instanceId,
    contactId: contact.contactId,
    evaluationFormId: form.evaluationFormId,
    evaluationFormTitle: version.Title,
    evaluationFormVersion: version.version,
    status: "DRAFT",
    evaluationType: "STANDARD",
    evaluatorArn: evaluatorArn(instance, caller),
    answers: {},
    notes: {},
    tags: { ...formTags, ...input.Tags },
    createdTime: now,
    lastModifiedTime: now,
    submissions: 0,
    hiddenReads: behaviour.readAfterWriteDelayReads,
    past: [],
    ...(contact.agentId === undefined ? {} : { contactAgentId: contact.agentId }),
    ...(input.ClientToken === undefined ? {} : { clientToken: input.ClientToken }),
    ...(auto ? { autoEvaluation: { enabled: auto.Enabled, ...inProgress(auto.Enabled) } } : {}),
  };
}

function inProgress(enabled: boolean): { status?: "IN_PROGRESS" } {
  return enabled ? { status: "IN_PROGRESS" } : {};
}
