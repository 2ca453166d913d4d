import type { ContactEvaluationSummary, Observed } from "../shared/model";
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
  answers: Readonly<Record<string, GivenAnswer>>;
  /** By question or section. */
  notes: Readonly<Record<string, string>>;
  /** Whether somebody asked for a review, which may be over. */
  isReviewed?: boolean;
  /** Whether the agent acknowledged it. */
  isAcknowledged?: boolean;
}

/** An answer in the API's form, in which one member is set. */
export interface AnswerValue {
  StringValue?: string;
  NumericValue?: number;
  StringValues?: string[];
  DateTimeValue?: string;
  NotApplicable?: boolean;
}

export interface GivenAnswer {
  /** `undefined` for a question that is only suggested on. */
  value?: AnswerValue;
  /** The values that the service itself suggested. */
  suggestions: AnswerValue[];
}

/** What an Update or a Submit changes; `undefined` deletes. What it does not name stays as it is. */
export interface Changes {
  answers: Readonly<Record<string, AnswerValue | undefined>>;
  notes: Readonly<Record<string, string | undefined>>;
}

/** What the verbs need to know of an evaluation that is listed. */
export type EvaluationSummary = Pick<
  ContactEvaluationSummary,
  "evaluationArn" | "evaluationFormId" | "evaluationType" | "status" | "createdTime"
>;

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

/** A version of an evaluation form, as DescribeEvaluationForm gives it. */
export interface Form {
  title: string;
  version: number;
  isActive: boolean;
  /** Whether evaluations with it get a score. */
  isScored: boolean;
  /** By RefId, those within sections included. */
  questions: Readonly<Record<string, Question>>;
  /** The RefIds of sections. */
  sections: readonly string[];
}

export interface Question {
  title: string;
  /** TEXT, SINGLESELECT, NUMERIC, MULTISELECT, DATETIME, or what Connect adds to these. */
  type: string;
  allowsNotApplicable: boolean;
  /** Of a select. */
  options: readonly Option[];
  /** Of a numeric question. */
  range?: { min: number; max: number };
}

export interface Option {
  refId: string;
  text: string;
}
