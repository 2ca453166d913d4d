import { someoneIn } from "./arns";
import type { ConnectBehaviour } from "./behaviour";
import type { Evaluation, Store } from "./store";

/** Somebody asks for a review of an evaluation. */
export function requestReview(evaluation: Evaluation, requestedTime: Date, comment = "Please look at it again"): void {
  evaluation.status = "REVIEW_REQUESTED";
  evaluation.review = { requestedTime, requestedBy: someoneIn(evaluation.arn), comment };
}

/** Asks for a review of all evaluations whose submission is long enough ago, once for each submission. */
export function requestDueReviews(store: Store, { reviewMs, now }: ConnectBehaviour): void {
  for (const evaluation of store.submitted.take(now(), reviewMs)) {
    const { status, submittedTime, review } = evaluation;
    if (status !== "SUBMITTED" || submittedTime === undefined) continue;
    if (review !== undefined && review.requestedTime >= submittedTime) continue;
    const due = new Date(submittedTime.getTime() + reviewMs);
    if (due <= now()) requestReview(evaluation, due);
    // It was submitted once more in the meantime.
    else store.expect(evaluation);
  }
}
