import { isNotFound } from "../aws/awsError";
import { during, type Remedies } from "../aws/causes";
import type { Evaluation } from "../connect/evaluation";
import { isGraded } from "../grading/compare";
import { inLife, MARKER, newLife, REMEDIES_FOR_TAGS, whose } from "../identity/marker";
import { foundIn, mark, startAnother, type TaggedEvaluation, withTags } from "../identity/ownership";
import { find, findAfter, type Sight, UNSEEN } from "../presence/find";
import { type Cause, Failure } from "../shared/errors";
import { type Inputs, OBSERVED, type State } from "../shared/model";
import { defined, pick } from "../shared/plain";
import { type AsWritten, fingerprint, ownParts } from "../work/own";
import type { Managed, Resource } from "./declarations";
import { changesBetween, unfinishedBusiness } from "./diff";
import { type Graded, grade } from "./grade";
import type { Existence, Session } from "./session";
import { declaredIn, stateOf, unfinished } from "./state";
import { changeTags, declaredOnly } from "./tags";

/** Changes tags, answers and notes, and submits; finishes what an earlier run did not. */
export async function update(session: Session, resource: Resource, managed: Managed, inputs: Inputs): Promise<State> {
  const { state } = managed;
  const existence = session.existence(managed, resource.key);
  const task = taskOf(existence, inputs);
  // Observe and refuse, where the state may not say how the evaluation is.
  const seen = task.looks ? await observe(existence, inputs) : undefined;
  const change: Change = { ...existence, inputs, task, touched: everTouched(state, inputs), seen };
  // Act.
  await step(change, "change the tags of", () => changeItsTags(change), REMEDIES_FOR_TAGS);
  const { observed, written } = await step(change, "grade", () => changeItsGrades(change));
  const markers = await step(change, "mark", () => markIt(change));
  // Record.
  return stateOf(inputs, observed, { ...markers, written });
}

interface Change extends Existence {
  inputs: Inputs;
  task: Task;
  /** What the resource may have set by now. */
  touched: ReturnType<typeof everTouched>;
  /** The evaluation before the change, where it was looked at. */
  seen: Awaited<ReturnType<typeof observe>> | undefined;
}

async function changeItsTags(change: Change): Promise<void> {
  const { session, id, state, inputs, task, touched, seen } = change;
  const from =
    seen && task.isUnfinished
      ? declaredOnly(touched.tags ?? {}, seen.evaluation.tags, session.settings.ignoreTags)
      : state.tags;
  await changeTags(change, { id, from, to: inputs.tags });
}

/** Sets the marker where the evaluation has another one, which a look has found not to be another resource's. */
async function markIt({
  session,
  connect,
  marker,
  id,
  state,
  seen,
}: Change): Promise<Pick<State, "marker" | "foundMarker">> {
  if (seen === undefined) return pick(state, ["marker", "foundMarker"]);
  const { tags } = seen.evaluation;
  // One that an import file brought into the state begins a life here.
  const wanted = state.marker === undefined ? newLife(marker, connect.clock.now(), tags) : inLife(marker, state.marker);
  session.holdings.noteLife(id, wanted);
  if (tags[MARKER] === wanted) return { marker: wanted };
  await mark(connect, id, wanted);
  return { marker: wanted };
}

async function changeItsGrades({ id, state, task, touched, seen, ...context }: Change): Promise<Graded> {
  if (seen === undefined || !task.grades) {
    return { observed: { ...pick(state, OBSERVED), evaluationArn: id }, written: state.written };
  }
  // What an earlier run may have set is the resource's own.
  const before = task.isUnfinished ? { ...state, ...touched } : state;
  return grade({ ...context, before, mayBeFurther: task.isUnfinished }, seen.evaluation);
}

/** Where a step fails, some of it may be changed: the next `up` looks at it all, also when the program went back. */
async function step<T>(change: Change, does: string, act: () => Promise<T>, remedies?: Remedies): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isNotFound(error)) await refuseToUpdateGone(change, error);
    const { id, state, task, touched, seen } = change;
    const { status, ...known } = state;
    const written = seen && isGraded(touched) ? fingerprint(seen.evaluation, touched, seen.own) : state.written;
    const toKeep = defined({ ...known, ...touched, written });
    throw unfinished(toKeep, `${task.isUnfinished ? "finish" : does} evaluation ${id}`, error, remedies);
  }
}

/** What there is to do. */
interface Task {
  /** A start or a change was not finished. */
  isUnfinished: boolean;
  /** Whether to grade it. */
  grades: boolean;
  /** Whether to look at the evaluation first. */
  looks: boolean;
}

function taskOf({ arn, state, marker }: Existence, inputs: Inputs): Task {
  const business = unfinishedBusiness(marker, state, inputs);
  const { update: changed } = changesBetween({ ...state }, { ...inputs }, arn.region);
  const isGrade = (property: string) => ["answers", "notes", "submit"].includes(property);
  const isUnfinished = business.includes("status");
  const grades = isUnfinished || business.includes("autoEvaluationStatus") || changed.some(isGrade);
  return { isUnfinished, grades, looks: grades || business.includes("marker") || state.marker === undefined };
}

/** What the resource may have set by now, after a change that failed half way: what it drops next is still its own. */
const everTouched = (state: State, inputs: Inputs): Pick<State, "tags" | "answers" | "notes" | "submit"> =>
  defined({
    tags: (state.tags ?? inputs.tags) && { ...state.tags, ...inputs.tags },
    answers: (state.answers ?? inputs.answers) && { ...state.answers, ...inputs.answers },
    notes: (state.notes ?? inputs.notes) && { ...state.notes, ...inputs.notes },
    submit: state.submit || inputs.submit,
  });

/** The evaluation before a change, with its tags, and which parts of it are the resource's own. */
function observe(existence: Existence, inputs: Inputs): Promise<{ evaluation: TaggedEvaluation; own: AsWritten }> {
  const { id } = existence;
  return during(`look at evaluation ${id}`, async () => {
    const evaluation = await withTags(existence.connect, thereOr(await find(existence), id));
    refuseAnothers(existence, evaluation);
    const own = await ownParts(existence, evaluation);
    refuseToTakeBack(existence, evaluation, own, inputs);
    return { evaluation, own };
  });
}

/** What is another's is not changed; the next diff replaces it. */
function refuseAnothers({ id, marker, state }: Existence, { tags }: TaggedEvaluation): void {
  if (whose(tags, marker, state.marker) !== "another's") return;
  const attempt = `update evaluation ${id}`;
  const toKeep = { ...state, ...defined({ foundMarker: foundIn(tags, { marker, state }) }) };
  throw unfinished(toKeep, attempt, new Failure(attempt, startAnother(id)));
}

/** An unfinished change may have submitted what the program does not want to be submitted any more. */
function refuseToTakeBack({ id, state }: Existence, evaluation: Evaluation, own: AsWritten, inputs: Inputs): void {
  if (!state.submit || inputs.submit || evaluation.status === "DRAFT") return;
  const attempt = `take back the submission of evaluation ${id}`;
  const written = fingerprint(evaluation, state, own);
  // With the status in the state, the next diff replaces the evaluation.
  const markers = pick(state, ["marker", "foundMarker"]);
  const toKeep = stateOf(declaredIn(state), evaluation, { ...markers, written });
  throw unfinished(toKeep, attempt, new Failure(attempt, SUBMITTED_BEFORE));
}

/** An evaluation that the state has: while it cannot be seen, the command cannot go on. */
function thereOr(sight: Sight, id: string): Evaluation {
  if (typeof sight !== "string") return sight;
  throw new Failure(`update evaluation ${id}`, sight === "gone" ? GONE : UNSEEN[sight]);
}

async function refuseToUpdateGone(existence: Existence, error: unknown): Promise<void> {
  await during(`update evaluation ${existence.id}`, async () =>
    thereOr(await findAfter(existence, error), existence.id),
  );
}

const GONE: Cause = { why: "it is gone", remedy: "run `pulumi refresh`, then `pulumi up`, which starts another one" };

const SUBMITTED_BEFORE: Cause = {
  why: "an earlier run has submitted it, and Amazon Connect has no way back to a draft",
  remedy: "run `pulumi up` again, which replaces it",
};
