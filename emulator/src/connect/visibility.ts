import type { ConnectBehaviour, Lag, View } from "./behaviour";
import type { Context } from "./context";
import { connectError } from "./errors";
import { type Evaluation, type Instance, notFound } from "./store";

/** How a view that lags behind the writes sees an evaluation. */
export function stateInView(
  { behaviour }: { behaviour: ConnectBehaviour },
  view: View,
  { createdTime, deletedTime }: Evaluation,
): "unseen" | "alive" | "deleted" {
  const passed = (since: Date, lag: Lag) => behaviour.now().getTime() - since.getTime() >= lagOf(lag, view);
  if (!passed(createdTime, behaviour.startLagMs)) return "unseen";
  return deletedTime !== undefined && passed(deletedTime, behaviour.deleteLagMs) ? "deleted" : "alive";
}

/** The evaluations of an instance that a view shows as alive, oldest first. */
export function liveInView(context: Context, view: View, { evaluations }: Instance): Evaluation[] {
  return [...evaluations.values()].filter((evaluation) => stateInView(context, view, evaluation) === "alive");
}

/** Counts a read, and says whether the evaluation is still too fresh to be seen by it. */
export function isHidden(context: Context, view: View, evaluation: Evaluation): boolean {
  if (stateInView(context, view, evaluation) === "unseen") return true;
  if (evaluation.hiddenReads <= 0) return false;
  evaluation.hiddenReads -= 1;
  return true;
}

/** An evaluation as DescribeContactEvaluation sees it. */
export function evaluationInView(context: Context, instance: Instance, evaluationId: string): Evaluation {
  const view = "DescribeContactEvaluation";
  const evaluation = instance.evaluations.get(evaluationId);
  if (evaluation === undefined || stateInView(context, view, evaluation) === "deleted") {
    throw notFound("Contact evaluation", evaluationId);
  }
  if (isHidden(context, view, evaluation)) {
    throw connectError(context.behaviour.unseenEvaluation, `Contact evaluation ${evaluationId} was not found`);
  }
  return evaluation;
}

function lagOf(lag: Lag, view: View): number {
  return typeof lag === "number" ? lag : (lag[view] ?? 0);
}
