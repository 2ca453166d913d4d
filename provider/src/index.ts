export type { AnswerArgs, ContactEvaluationArgs } from "./program/contactEvaluation";
export { ContactEvaluation } from "./program/contactEvaluation";
export type { AssumeRoleArgs, AssumeRoleWithWebIdentityArgs, ProviderArgs } from "./program/explicitProvider";
export { Provider } from "./program/explicitProvider";
export type { Answer, AutoEvaluationConfiguration, EvaluationScore, WaitForAutoEvaluation } from "./shared/model";
