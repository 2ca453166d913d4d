export type { ContactEvaluationArgs } from "./contactEvaluation";
export { ContactEvaluation } from "./contactEvaluation";
export type { AutoEvaluationConfiguration, EvaluationScore } from "./model";
