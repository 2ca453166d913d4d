/** Where an evaluation stands. */
export type EvaluationStatus = "DRAFT" | "SUBMITTED" | "REVIEW_REQUESTED" | "UNDER_REVIEW";

/** Whether an evaluation is an ordinary one or belongs to a calibration session. */
export type EvaluationType = "STANDARD" | "CALIBRATION";

/** State of an automated evaluation. */
export type AutoEvaluationStatus = "IN_PROGRESS" | "FAILED" | "SUCCEEDED";

/** An answer: exactly one member is set. */
export interface EvaluationAnswerData {
  StringValue?: string;
  NumericValue?: number;
  StringValues?: string[];
  DateTimeValue?: string;
  NotApplicable?: boolean;
}

/** An answer as it is written; without a value it deletes the stored one. */
export interface EvaluationAnswerInput {
  Value?: EvaluationAnswerData;
}

/** One answer that the service suggested. */
export interface EvaluationSuggestedAnswer {
  Value?: EvaluationAnswerData;
  Status: AutoEvaluationStatus;
  AnalysisType: "CONTACT_LENS_DATA" | "GEN_AI";
}

/** An answer as it is read. */
export interface EvaluationAnswerOutput {
  Value?: EvaluationAnswerData;
  SystemSuggestedValue?: EvaluationAnswerData;
  SuggestedAnswers?: EvaluationSuggestedAnswer[];
}

/** A note on a question or a section; without a value it deletes the stored one. */
export interface EvaluationNote {
  Value?: string;
}

/** Names the Connect user to whom a change is attributed. */
export interface EvaluatorUserUnion {
  ConnectUserArn?: string;
}

/** The result of a submitted evaluation. */
export interface EvaluationScore {
  Percentage: number;
  NotApplicable: boolean;
  AutomaticFail: boolean;
}

/** Tags by key. */
export type Tags = Record<string, string>;

/** A section or a question of a form; only what this Connect reads itself is spelled out. */
export interface EvaluationFormItem {
  Section?: { Title: string; RefId: string; Items: EvaluationFormItem[]; [member: string]: unknown };
  Question?: { Title: string; RefId: string; QuestionType: string; [member: string]: unknown };
}

/** What the author of a form decides. */
export interface EvaluationFormContent {
  Title: string;
  Description?: string;
  Items: EvaluationFormItem[];
  ScoringStrategy?: object;
  AutoEvaluationConfiguration?: object;
  ReviewConfiguration?: object;
  TargetConfiguration?: object;
  LanguageConfiguration?: object;
  AIVersion?: string;
}
