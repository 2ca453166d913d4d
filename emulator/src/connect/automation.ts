import type { Evaluation } from "./store";

/** Submits an evaluation as Connect itself does: no person is named, and no answer is changed. */
export function submitAutomatically(evaluation: Evaluation, now: Date): void {
  evaluation.status = "SUBMITTED";
  if (evaluation.autoEvaluation?.enabled) evaluation.autoEvaluation = { enabled: true, status: "SUCCEEDED" };
  evaluation.submissions += 1;
  evaluation.submittedTime = now;
  evaluation.lastModifiedTime = now;
}
