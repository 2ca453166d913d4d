import { during } from "../aws/causes";
import type { Evaluation } from "../connect/evaluation";
import { everyGrade, observedGrades } from "../grading/compare";
import { MARKER } from "../identity/marker";
import { foundIn, withTags } from "../identity/ownership";
import { find, UNSEEN } from "../presence/find";
import { parseEvaluationArn } from "../shared/arns";
import type { Inputs, State } from "../shared/model";
import { own, plain } from "../shared/plain";
import { formToRecognize, isWrittenAs, ledgerOf, writtenFrom } from "../work/ledger";
import { ledgerAsSeen, ledgerInSight } from "../work/plan";
import type { Managed } from "./declarations";
import { freshened, OUTDATED } from "./fresh";
import type { Existence, Session } from "./session";
import { declaredIn, inputsOf, stateOf } from "./state";
import { declaredOnly } from "./tags";

/** The evaluation as it is now, and the inputs that would declare it so, so that drift shows as a diff. */
export function read(session: Session, managed: Managed): Promise<{ state: State; inputs: Inputs } | undefined> {
  const { id, state } = managed;
  return during(`read evaluation ${id}`, async () => {
    // Observe.
    const existence = session.existence(managed, managed.recorded.key);
    const { connect } = existence;
    const sight = await find(existence);
    if (sight === "gone") return undefined;
    const evaluation = typeof sight === "string" ? undefined : await freshened(existence, sight);
    if (evaluation === undefined) {
      const { why } = typeof sight === "string" ? UNSEEN[sight] : OUTDATED;
      session.say(`kept ${id} in the state: ${why}`);
      return { state, inputs: declaredIn(state) };
    }
    // The description leaves the tags out: without declared ones they are not worth a call.
    const there = state.tags === undefined ? evaluation.tags : (await withTags(connect, evaluation)).tags;
    const tags = state.tags && declaredOnly(state.tags, there ?? {}, session.settings.ignoreTags);
    const { grades, ledger } = await seenGrades(existence, evaluation);
    const inputs = plain<Inputs>({ ...declaredIn(state), ...grades, tags });
    // Record. Somebody may have removed the marker, or another resource may have the evaluation now: the next `up` decides.
    const foundMarker = there === undefined ? state.foundMarker : foundIn(there, existence);
    const written = writtenFrom(ledger);
    return { state: stateOf(inputs, evaluation, { marker: state.marker, foundMarker, written }), inputs };
  });
}

/** The grades that the program declares as they are now, and what of them is the resource's own. */
async function seenGrades({ connect, state }: Existence, evaluation: Evaluation) {
  const kept = ledgerOf(state);
  const form = await formToRecognize(connect, kept, evaluation);
  const ledger = ledgerInSight({ ledger: kept, recorded: state, form }, evaluation);
  const isAsBefore: Parameters<typeof observedGrades>[3] = (...entry) => isWrittenAs(ledger, ...entry);
  const grades = await observedGrades(connect, state, evaluation, isAsBefore);
  // What a change that failed half way may have written is known now.
  return { grades, ledger: ledgerAsSeen({ ledger, recorded: grades, form }, evaluation) };
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
