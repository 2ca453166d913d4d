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

// Oldest first: of each form, the last one stays.
function evaluationsByForm(context: Context, instance: Instance, contact: Contact): Seen[] {
  const byForm = new Map<string, Seen>();
  for (const evaluation of instance.evaluations.values()) {
    const state = stateInView(context, "DescribeContact", evaluation);
    if (evaluation.contactId !== contact.contactId || state === "unseen") continue;
    const { deletedTime } = evaluation;
    const seen = {
      evaluation: asSeen(context, "DescribeContact", evaluation),
      ...(state === "deleted" && deletedTime ? { deletedTime } : {}),
    };
    const known = byForm.get(evaluation.evaluationFormId);
    const keepsKnown =
      context.behaviour.contactRecord === "latest alive" && seen.deletedTime && known && !known.deletedTime;
    if (!keepsKnown) byForm.set(evaluation.evaluationFormId, seen);
  }
  return [...byForm.values()];
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
