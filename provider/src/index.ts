export type { AutoEvaluationConfiguration, ContactEvaluationArgs, EvaluationScore } from "./contactEvaluation";
export { ContactEvaluation } from "./contactEvaluation";
