import type { Evaluation } from "../connect/connect";
import { type Cause, Failure } from "../shared/errors";

/** Somebody's work in an evaluation, which is never deleted by surprise. */

/** What somebody did to the evaluation, in words; `undefined` when nobody did anything. */
export function somebodysWork({ status, answeredQuestions, notedItems }: Evaluation): string | undefined {
  const work = [
    ...(status === "DRAFT" ? [] : [`it is ${status}`]),
    ...(answeredQuestions.length === 0 ? [] : [`it has ${count(answeredQuestions, "answer")}`]),
    ...(notedItems.length === 0 ? [] : [`it has ${count(notedItems, "note")}`]),
  ];
  return work.length === 0 ? undefined : work.join(" and ");
}

/** The environment variable that allows the deletion for one run. */
export const FORCE_DESTROY_VARIABLE = "CONNECT_EVALUATIONS_FORCE_DESTROY";

/** Refuses an attempt that would delete an evaluation with somebody's work in it. */
export function refuseToLose(evaluation: Evaluation, attempt: string): void {
  const work = somebodysWork(evaluation);
  if (work === undefined) return;
  const cause: Cause = {
    why: `it holds somebody's work: ${work}; last touched ${evaluation.lastModifiedTime} by ${evaluation.evaluatorArn ?? "somebody unknown"}`,
    remedy: [
      "choose one:",
      "- delete it all the same: set forceDestroy: true on the resource and run `pulumi up` first,",
      `- or, for this one run, set the environment variable ${FORCE_DESTROY_VARIABLE}=true,`,
      "- keep it in Amazon Connect and let go of it here: set the resource option retainOnDelete: true and run `pulumi up` first.",
    ].join("\n       "),
  };
  throw new Failure(attempt, cause);
}

const count = (items: readonly string[], noun: string): string =>
  `${items.length} ${noun}${items.length === 1 ? "" : "s"}`;
