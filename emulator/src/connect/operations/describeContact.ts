import { defined } from "../../wire/plain";
import { type Context, instanceOf, type Operation, timestamp } from "../context";
import type { Contact, Evaluation, Instance } from "../store";
import { asSeen, stateInView } from "../visibility";

/** Describes a contact, with one evaluation for each form, deleted or not. */
export const describeContact: Operation<{ InstanceId: string; ContactId: string }> = (context, input) => {
  const instance = instanceOf(context, input);
  const contact = context.store.contactOrThrow(instance, input.ContactId);
  return { Contact: describe(contact, evaluationsByForm(context, instance, contact)) };
};

interface Seen {
  evaluation: Evaluation;
  deletedTime?: Date;
}

function evaluationsByForm(context: Context, instance: Instance, contact: Contact): Seen[] {
  const forms = [...instance.evaluations.byFormOf(contact.contactId)];
  return forms.flatMap((ofForm) => recorded(context, ofForm) ?? []).map((evaluation) => seenAs(context, evaluation));
}

/** The one of a form's evaluations, oldest first, that the record names. */
function recorded(context: Context, ofForm: readonly Evaluation[]): Evaluation | undefined {
  const stateOf = (evaluation: Evaluation) => stateInView(context, "DescribeContact", evaluation);
  const alive =
    context.behaviour.contactRecord === "latest alive"
      ? ofForm.findLast((evaluation) => stateOf(evaluation) === "alive")
      : undefined;
  return alive ?? ofForm.findLast((evaluation) => stateOf(evaluation) !== "unseen");
}

function seenAs(context: Context, evaluation: Evaluation): Seen {
  const { deletedTime } = evaluation;
  const isDeleted = stateInView(context, "DescribeContact", evaluation) === "deleted";
  return {
    evaluation: asSeen(context, "DescribeContact", evaluation),
    ...(isDeleted && deletedTime ? { deletedTime } : {}),
  };
}

function describe(contact: Contact, evaluations: Seen[]): object {
  return defined({
    Arn: contact.arn,
    Id: contact.contactId,
    InitiationMethod: "INBOUND",
    Channel: "VOICE",
    InitiationTimestamp: timestamp(contact.createdTime),
    DisconnectTimestamp: timestamp(contact.createdTime),
    AgentInfo: contact.agentId === undefined ? undefined : { Id: contact.agentId },
    ContactEvaluations: Object.fromEntries(evaluations.map((seen) => [seen.evaluation.evaluationFormId, entry(seen)])),
  });
}

function entry({ evaluation, deletedTime }: Seen): object {
  return defined({
    FormId: evaluation.evaluationFormId,
    EvaluationArn: evaluation.arn,
    Status: deletedTime ? "DELETED" : entryStatus(evaluation),
    StartTimestamp: timestamp(evaluation.createdTime),
    EndTimestamp: evaluation.submittedTime && timestamp(evaluation.submittedTime),
    DeleteTimestamp: deletedTime && timestamp(deletedTime),
  });
}

function entryStatus({ submittedTime }: Evaluation): "COMPLETE" | "IN_PROGRESS" {
  return submittedTime ? "COMPLETE" : "IN_PROGRESS";
}
