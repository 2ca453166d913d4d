import { isDeepStrictEqual } from "node:util";
import type { Answer, Evaluation } from "../connect/evaluation";
import { Failure } from "../shared/errors";
import type { Inputs } from "../shared/model";
import type { Session } from "./session";

/** Somebody's work in an evaluation, which is never deleted by surprise. */

/** What somebody did to the evaluation, in words; `undefined` when nobody did anything. */
export function somebodysWork({ status, answers, notes }: Evaluation): string | undefined {
  const answered = Object.values(answers).filter((answer) => !isSuggested(answer)).length;
  const noted = Object.keys(notes).length;
  const work = [
    ...(status === "DRAFT" ? [] : [`it is ${status}`]),
    ...(answered === 0 ? [] : [`it has ${count(answered, "answer")}`]),
    ...(noted === 0 ? [] : [`it has ${count(noted, "note")}`]),
  ];
  return work.length === 0 ? undefined : work.join(" and ");
}

/** No value, or one that the service itself suggested. */
function isSuggested({ value, suggestions }: Answer): boolean {
  return value === undefined || suggestions.some((suggestion) => isDeepStrictEqual(suggestion, value));
}

/** The environment variable that allows the deletion for one run. */
export const FORCE_DESTROY_VARIABLE = "CONNECT_EVALUATIONS_FORCE_DESTROY";

/** Whether an evaluation may be deleted whatever it holds: the resource, the stack or this run allows it. */
export function mayLoseWork({ settings }: Session, { forceDestroy }: Partial<Inputs>): boolean {
  return forceDestroy === true || settings.forceDestroy || process.env[FORCE_DESTROY_VARIABLE] === "true";
}

/** Refuses an attempt that would delete an evaluation with somebody's work in it. */
export function refuseToLose(evaluation: Evaluation, attempt: string): void {
  const work = somebodysWork(evaluation);
  if (work === undefined) return;
  const cause = {
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

const count = (items: number, noun: string): string => `${items} ${noun}${items === 1 ? "" : "s"}`;
