import type { ConnectOperationName } from "./model";

// A form with all of its 100 questions and 256 options of each. An option has a text of 128 characters and two ids of 40,
// 12 bytes each if they are escaped as surrogate pairs, which together with the names of members is below 3 KiB. Answers
// that choose all of the options, and notes, are no larger.
const wholeForm = 100 * 256 * 3072;

// The most that any other operation takes are 50 tags of 128 and 256 characters. A search has no documented limit.
const anythingElse = 2 ** 20;

const ofWholeForms: readonly ConnectOperationName[] = [
  "CreateEvaluationForm",
  "UpdateEvaluationForm",
  "UpdateContactEvaluation",
  "SubmitContactEvaluation",
];

/** The bytes that the body of an operation may have. */
export function largestBodyOf(operation: ConnectOperationName): number {
  return ofWholeForms.includes(operation) ? wholeForm : anythingElse;
}
