import type { Observed } from "../shared/model";
import type { Tags } from "../shared/tags";

/** What Amazon Connect says of evaluations, contacts and forms, in plain values. */

/** An evaluation as DescribeContactEvaluation gives it. */
export interface Evaluation extends Observed {
  evaluationArn: string;
  instanceId: string;
  contactId: string;
  evaluationFormId: string;
  autoEvaluationEnabled?: boolean;
  /** `undefined` where the service left the tags out, which is not the same as none. */
  tags?: Tags;
  /** By question. */
  answers: Readonly<Record<string, Answer>>;
  /** By question or section. */
  notes: Readonly<Record<string, string>>;
}

export interface Answer {
  /** In the API's form, such as `{ StringValue: "Yes" }`; `undefined` for a question that is only suggested on. */
  value?: object;
  /** The values that the service itself suggested. */
  suggestions: object[];
}

/** What StartContactEvaluation gives. */
export interface Started {
  evaluationId: string;
  evaluationArn: string;
  /** The service's clock when it answered; its own times are compared with this, never with this machine's clock. */
  answeredAt: Date;
}

/** An evaluation as ListContactEvaluations gives it. */
export interface EvaluationSummary {
  evaluationArn: string;
  evaluationFormId: string;
  evaluationType?: string | undefined;
  status: string;
  createdTime: string;
}

/** The latest evaluation of a contact with a form, in the contact's record. Deleted ones stay there as DELETED. */
export interface RecordedEvaluation {
  evaluationArn: string;
  evaluationFormId: string;
  status: string;
  startedTime?: string;
}

export interface FormVersion {
  version: number;
  isActive: boolean;
}
