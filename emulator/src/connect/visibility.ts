import { type Evaluation, notFound } from "./store";

/** Counts a read of an evaluation and answers 404 while it is too fresh to be seen: reads lag behind a start. */
export function countRead(evaluation: Evaluation): void {
  if (evaluation.hiddenReads <= 0) return;
  evaluation.hiddenReads -= 1;
  throw notFound("Contact evaluation", evaluation.evaluationId);
}
