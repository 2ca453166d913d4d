export type { ContactEvaluationArgs } from "./contactEvaluation";
export { ContactEvaluation } from "./contactEvaluation";
export type { AssumeRoleArgs, AssumeRoleWithWebIdentityArgs, ProviderArgs } from "./explicitProvider";
export { Provider } from "./explicitProvider";
export type { AutoEvaluationConfiguration, EvaluationScore } from "./model";
