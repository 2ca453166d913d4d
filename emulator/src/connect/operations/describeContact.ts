import { defined } from "../../wire/plain";
import { instanceOf, type Operation, timestamp } from "../context";
import type { Contact, Evaluation } from "../store";

/** Describes a contact with one entry per form it was evaluated with, deleted evaluations too. */
export const describeContact: Operation<{ InstanceId: string; ContactId: string }> = (context, input) => {
  const instance = instanceOf(context, input);
  const contact = context.store.contactOrThrow(instance, input.ContactId);
  return { Contact: describe(contact, [...instance.evaluations.values()]) };
};

function describe(contact: Contact, evaluations: Evaluation[]): object {
  const own = evaluations.filter(({ contactId }) => contactId === contact.contactId);
  return defined({
    Arn: contact.arn,
    Id: contact.contactId,
    InitiationMethod: "INBOUND",
    Channel: "VOICE",
    InitiationTimestamp: timestamp(contact.createdTime),
    DisconnectTimestamp: timestamp(contact.createdTime),
    AgentInfo: contact.agentId === undefined ? undefined : { Id: contact.agentId },
    ContactEvaluations: Object.fromEntries(own.map((evaluation) => [evaluation.evaluationFormId, entry(evaluation)])),
  });
}

function entry(evaluation: Evaluation): object {
  return defined({
    FormId: evaluation.evaluationFormId,
    EvaluationArn: evaluation.arn,
    Status: entryStatus(evaluation),
    StartTimestamp: timestamp(evaluation.createdTime),
    EndTimestamp: evaluation.submittedTime && timestamp(evaluation.submittedTime),
    DeleteTimestamp: evaluation.deletedTime && timestamp(evaluation.deletedTime),
  });
}

function entryStatus({ deletedTime, submittedTime }: Evaluation): "DELETED" | "COMPLETE" | "IN_PROGRESS" {
  if (deletedTime) return "DELETED";
  return submittedTime ? "COMPLETE" : "IN_PROGRESS";
}
