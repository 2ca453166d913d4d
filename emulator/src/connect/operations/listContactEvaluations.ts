import { defined } from "../../wire/plain";
import { acknowledgementOf } from "../acknowledgement";
import { instanceOf, type Operation, timestamp } from "../context";
import type { Evaluation } from "../store";
import { liveInView } from "../visibility";

/** Input of ListContactEvaluations. */
export interface ListContactEvaluationsInput {
  InstanceId: string;
  ContactId: string;
}

/** Lists the evaluations of a contact, always in one page: NextToken is documented as always null. */
export const listContactEvaluations: Operation<ListContactEvaluationsInput> = (context, input) => {
  const instance = instanceOf(context, input);
  const { contactId } = context.store.contactOrThrow(instance, input.ContactId);
  const ofContact = liveInView(context, "ListContactEvaluations", instance, contactId);
  return { EvaluationSummaryList: ofContact.map(summary) };
};

function summary(evaluation: Evaluation): object {
  return defined({
    EvaluationId: evaluation.evaluationId,
    EvaluationArn: evaluation.arn,
    EvaluationFormTitle: evaluation.evaluationFormTitle,
    EvaluationFormId: evaluation.evaluationFormId,
    Status: evaluation.status,
    AutoEvaluationEnabled: evaluation.autoEvaluation?.enabled,
    AutoEvaluationStatus: evaluation.autoEvaluation?.status,
    EvaluatorArn: evaluation.evaluatorArn,
    Score: evaluation.score,
    Acknowledgement: evaluation.acknowledgement && acknowledgementOf(evaluation.acknowledgement),
    EvaluationType: evaluation.evaluationType,
    CreatedTime: timestamp(evaluation.createdTime),
    LastModifiedTime: timestamp(evaluation.lastModifiedTime),
  });
}
