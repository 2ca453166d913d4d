import { during } from "../aws/causes";
import { everyGrade, isGraded, observedGrades } from "../grading/compare";
import { MARKER } from "../identity/marker";
import { foundIn, withTags } from "../identity/ownership";
import { find, UNSEEN } from "../presence/find";
import { parseEvaluationArn } from "../shared/arns";
import type { Inputs, State } from "../shared/model";
import { own, plain } from "../shared/plain";
import { fingerprint, ownParts } from "../work/own";
import type { Managed } from "./declarations";
import type { Session } from "./session";
import { declaredIn, inputsOf, stateOf } from "./state";
import { declaredOnly } from "./tags";

/** The evaluation as it is now, and the inputs that would declare it so, so that drift shows as a diff. */
export function read(session: Session, managed: Managed): Promise<{ state: State; inputs: Inputs } | undefined> {
  const { id, state } = managed;
  return during(`read evaluation ${id}`, async () => {
    // Observe.
    const existence = session.existence(managed, managed.recorded.key);
    const { connect } = existence;
    const evaluation = await find(existence);
    if (evaluation === "gone") return undefined;
    if (typeof evaluation === "string") {
      session.say(`kept ${id} in the state: ${UNSEEN[evaluation].why}`);
      return { state, inputs: declaredIn(state) };
    }
    const { ignoreTags } = session.settings;
    // The description leaves the tags out: without declared ones they are not worth a call.
    const there = state.tags === undefined ? evaluation.tags : (await withTags(connect, evaluation)).tags;
    const tags = state.tags && declaredOnly(state.tags, there ?? {}, ignoreTags);
    const inputs = plain<Inputs>({ ...declaredIn(state), ...(await observedGrades(connect, state, evaluation)), tags });
    // Record. What a change that failed half way may have written is known now.
    const isSettled = state.status !== undefined || !isGraded(state);
    const written = isSettled ? state.written : fingerprint(evaluation, inputs, await ownParts(existence, evaluation));
    // Somebody may have removed the marker, or another resource may have the evaluation now: the next `up` decides.
    const foundMarker = there === undefined ? state.foundMarker : foundIn(there, existence);
    return { state: stateOf(inputs, evaluation, { marker: state.marker, foundMarker, written }), inputs };
  });
}

/**
 * An evaluation that the state does not have: all its tags, answers and notes, the Region that its ARN names, and whose it
 * is; and the inputs that declare it as it is.
 */
export function readUnmanaged(session: Session, id: string): Promise<{ state: State; inputs: Inputs }> {
  return during(`read evaluation ${id}`, async () => {
    const arn = parseEvaluationArn(id);
    const connect = session.connectIn(arn.region);
    const evaluation = await withTags(connect, await connect.describeContactEvaluation(arn));
    const inputs = inputsOf(evaluation);
    const grades = await everyGrade(connect, evaluation);
    const foundMarker = own(evaluation.tags, MARKER);
    const declared = { tags: {}, ...inputs, ...grades, region: arn.region };
    return { state: stateOf(declared, evaluation, { foundMarker }), inputs };
  });
}
