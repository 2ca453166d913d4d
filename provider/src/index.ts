/**
 * The classes, functions, and types that a program imports, as their comments in the source describe them. In a type,
 * `Input<string>` takes a string, a promise of one, or an output of another resource.
 * @packageDocumentation
 */

export type { GetContactEvaluationsArgs, GetContactEvaluationsOutputArgs } from "./getContactEvaluations";
export { getContactEvaluations, getContactEvaluationsOutput } from "./getContactEvaluations";
export type { AnswerArgs, ContactEvaluationArgs } from "./program/contactEvaluation";
export { ContactEvaluation } from "./program/contactEvaluation";
export type { AssumeRoleArgs, AssumeRoleWithWebIdentityArgs, ProviderArgs } from "./program/explicitProvider";
export { Provider } from "./program/explicitProvider";
export type {
  Answer,
  AutoEvaluationConfiguration,
  ContactEvaluationSummary,
  EvaluationScore,
  GetContactEvaluationsResult,
  WaitForAutoEvaluation,
} from "./shared/model";
