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

/** The score of an evaluation, a section, or a question. */
export interface EvaluationScore {
  Percentage?: number;
  NotApplicable?: boolean;
  AutomaticFail?: boolean;
  AppliedWeight?: number;
  EarnedPoints?: number;
  MaxBasePoint?: number;
  PerformanceCategory?: PerformanceCategory;
}

/** How good a percentage is, where a form has thresholds. */
export type PerformanceCategory = "NEEDS_IMPROVEMENT" | "EXCEEDS_EXPECTATIONS";

/** Tags by key. */
export type Tags = Record<string, string>;

/** A section or a question of a form. Only what this Connect reads itself is spelled out, here and below. */
export interface EvaluationFormItem {
  Section?: FormSection;
  Question?: FormQuestion;
}

/** A section with its subsections and questions. */
export interface FormSection {
  Title: string;
  RefId: string;
  Items: EvaluationFormItem[];
  Weight?: number;
  IsExcludedFromScoring?: boolean;
  ScoreThresholds?: ScoreThreshold[];
  Enablement?: Enablement;
  [member: string]: unknown;
}

/** A question; its properties are those of its type. */
export interface FormQuestion {
  Title: string;
  RefId: string;
  QuestionType: QuestionType;
  NotApplicableEnabled?: boolean;
  QuestionTypeProperties?: {
    SingleSelect?: { Options: SelectOption[]; [member: string]: unknown };
    MultiSelect?: { Options: SelectOption[]; [member: string]: unknown };
    Numeric?: { MinValue: number; MaxValue: number; Options?: NumericRange[]; [member: string]: unknown };
    Text?: object;
  };
  Enablement?: Enablement;
  Weight?: number;
  ScoringConfiguration?: {
    IsExcludedFromScoring?: boolean;
    PointsConfiguration?: { MinPointValue?: number; MaxPointValue?: number; IsBonus?: boolean };
    ScoreThresholds?: ScoreThreshold[];
  };
  [member: string]: unknown;
}

/** What kind of answer a question takes. */
export type QuestionType = "TEXT" | "SINGLESELECT" | "MULTISELECT" | "NUMERIC" | "DATETIME";

/** What choosing an option, or a number in a range, is worth. */
export interface OptionScore {
  Score?: number;
  AutomaticFail?: boolean;
  AutomaticFailConfiguration?: { TargetSection?: string };
  PointsConfiguration?: { PointValue: number; IsBonus?: boolean };
}

/** An option of a select question. */
export interface SelectOption extends OptionScore {
  RefId: string;
  Text: string;
}

/** A range of numbers with one score. */
export interface NumericRange extends OptionScore {
  MinValue: number;
  MaxValue: number;
}

/** Answers to other questions, and facts of the contact, that enable or disable a question or a section. */
export interface Enablement {
  Condition: EnablementCondition;
  Action: EnablementAction;
  DefaultAction?: EnablementAction;
}

type EnablementAction = "ENABLE" | "DISABLE";

/** Several conditions, of which all or one must hold. */
export interface EnablementCondition {
  Operands: { Expression?: EnablementExpression; Condition?: EnablementCondition }[];
  Operator?: "OR" | "AND";
}

/** Compares the options that answer a question, or what else the source has. */
export interface EnablementExpression {
  Source: EnablementSource;
  Values: EnablementValue[];
  Comparator:
    | "IN"
    | "NOT_IN"
    | "ALL_IN"
    | "EXACT"
    | "GREATER_THAN"
    | "LESS_THAN"
    | "GREATER_THAN_OR_EQUAL_TO"
    | "LESS_THAN_OR_EQUAL_TO"
    | "EQUAL_TO"
    | "NOT_EQUAL_TO";
}

/** What is compared; `RefId` is that of a question. */
export interface EnablementSource {
  Type: "QUESTION_REF_ID" | "CONTACT" | "EVALUATION_METADATA" | "FORM_METADATA" | "AI_METRICS";
  RefId?: string;
  [member: string]: unknown;
}

/** What it is compared with; `RefId` is that of an option. */
export interface EnablementValue {
  Type: "OPTION_REF_ID" | "STRING_VALUE" | "NUMERIC_VALUE" | "BOOLEAN_VALUE" | "DATETIME_VALUE";
  RefId?: string;
  [member: string]: unknown;
}

/** How a form scores. */
export interface ScoringStrategy {
  Mode: "QUESTION_ONLY" | "SECTION_ONLY" | "POINTS_BASED";
  Status: "ENABLED" | "DISABLED";
  ScoreThresholds?: ScoreThreshold[];
}

/** The percentages that belong to a category. */
export interface ScoreThreshold {
  PerformanceCategory: PerformanceCategory;
  MinScorePercentage?: number;
  MaxScorePercentage?: number;
}

/** What the author of a form decides. */
export interface EvaluationFormContent {
  Title: string;
  Description?: string;
  Items: EvaluationFormItem[];
  ScoringStrategy?: ScoringStrategy;
  AutoEvaluationConfiguration?: object;
  ReviewConfiguration?: object;
  TargetConfiguration?: object;
  LanguageConfiguration?: object;
  AIVersion?: string;
}
