import type { ConnectBehaviour, Lag, View } from "./behaviour";
import type { Context } from "./context";
import { connectError } from "./errors";
import { type Evaluation, type Instance, notFound, type Store } from "./store";

type Switches = Pick<Context, "behaviour">;

/** Whether a view that lags behind the writes knows an evaluation, and as what. */
export function stateInView(
  { behaviour }: Switches,
  view: View,
  { createdTime, deletedTime }: Evaluation,
): "unseen" | "alive" | "deleted" {
  if (!hasPassed(behaviour, view, createdTime, behaviour.startLagMs)) return "unseen";
  return deletedTime !== undefined && hasPassed(behaviour, view, deletedTime, behaviour.deleteLagMs)
    ? "deleted"
    : "alive";
}

/** An evaluation as a view that lags behind the writes shows it. Tags do not lag. */
export function asSeen({ behaviour }: Switches, view: View, evaluation: Evaluation): Evaluation {
  const { past, tags } = evaluation;
  const seen = past.find(({ until }) => !hasPassed(behaviour, view, until, behaviour.changeLagMs))?.evaluation;
  return withoutFreshScores(behaviour, seen === undefined ? evaluation : { ...seen, tags, past: [] });
}

/** The evaluations of an instance, or of one of its contacts, that a view shows as alive, oldest first. */
export function liveInView(context: Context, view: View, { evaluations }: Instance, contactId?: string): Evaluation[] {
  return [...evaluations.shown(contactId)]
    .filter((evaluation) => stateInView(context, view, evaluation) === "alive")
    .map((evaluation) => asSeen(context, view, evaluation));
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
  return asSeen(context, view, evaluation);
}

/** Lets go of what no view shows any more: how changed evaluations were, and deleted ones. */
export function forgetUnseen(store: Store, { now, changeLagMs, deleteLagMs }: ConnectBehaviour): void {
  for (const evaluation of store.deleted.take(now(), longest(deleteLagMs))) store.bury(evaluation);
  for (const evaluation of store.changed.take(now(), longest(changeLagMs))) {
    const shown = evaluation.past.findIndex(({ until }) => now().getTime() - until.getTime() < longest(changeLagMs));
    evaluation.past.splice(0, shown === -1 ? evaluation.past.length : shown);
    if (evaluation.past[0] !== undefined) store.changed.add(evaluation, evaluation.past[0].until);
  }
}

/** The longest lag of all views, in milliseconds. */
export function longest(lag: Lag): number {
  return typeof lag === "number" ? lag : Math.max(0, ...Object.values(lag));
}

function withoutFreshScores(behaviour: ConnectBehaviour, evaluation: Evaluation): Evaluation {
  const { submittedTime, score, scores, ...unscored } = evaluation;
  if (submittedTime === undefined || millisecondsSince(behaviour, submittedTime) >= behaviour.scoreDelayMs) {
    return evaluation;
  }
  return { ...unscored, submittedTime };
}

function hasPassed(behaviour: ConnectBehaviour, view: View, since: Date, lag: Lag): boolean {
  return millisecondsSince(behaviour, since) >= (typeof lag === "number" ? lag : (lag[view] ?? 0));
}

function millisecondsSince({ now }: ConnectBehaviour, since: Date): number {
  return now().getTime() - since.getTime();
}
