import { isNotFound } from "../aws/awsError";
import { during, type Remedies } from "../aws/causes";
import type { Evaluation } from "../connect/evaluation";
import { inLife, MARKER, newLife, REMEDIES_FOR_TAGS, whose } from "../identity/marker";
import { foundIn, mark, startAnother, type TaggedEvaluation, withTags } from "../identity/ownership";
import { find, findAfter, type Sight, UNSEEN } from "../presence/find";
import { type Cause, Failure } from "../shared/errors";
import { type Inputs, OBSERVED, type State } from "../shared/model";
import { defined, pick } from "../shared/plain";
import { isOwnSubmission, type Ledger, ledgerOf, submissionOf, writtenFrom } from "../work/ledger";
import type { Managed, Resource } from "./declarations";
import { changesBetween, unfinishedBusiness } from "./diff";
import { freshened, OUTDATED } from "./fresh";
import { type Graded, type Grades, grade, ledgerWhenCut, plannedGrades } from "./grade";
import type { Existence, Session } from "./session";
import { stateOf, unfinished } from "./state";
import { changeTags, declaredOnly } from "./tags";

/** Changes tags, answers and notes, and submits; finishes what an earlier run did not. */
export async function update(session: Session, resource: Resource, managed: Managed, inputs: Inputs): Promise<State> {
  const existence = session.existence(managed, resource.key);
  const task = taskOf(existence, inputs);
  // Observe and refuse, where the state may not say how the evaluation is.
  const seen = task.looks ? await observe(existence, task, inputs) : undefined;
  const change: Change = { ...existence, inputs, task, seen };
  // Act.
  // First what people may do as well: what they have done was looked at just now.
  const graded = await step(change, "grade", () => changeItsGrades(change));
  const further = { ...change, graded };
  await step(further, "change the tags of", () => changeItsTags(change), REMEDIES_FOR_TAGS);
  const markers = await step(further, "mark", () => markIt(change));
  // Record.
  return stateOf(inputs, graded.observed, { ...markers, written: graded.written });
}

interface Change extends Existence {
  inputs: Inputs;
  task: Task;
  /** The evaluation before the change, where it was looked at, and what there is to grade. */
  seen: { evaluation: TaggedEvaluation; grades?: Grades } | undefined;
  /** After it was graded. */
  graded?: Graded;
}

async function changeItsTags(change: Change): Promise<void> {
  const { session, id, state, inputs, task, seen } = change;
  const from =
    seen && task.isUnfinished
      ? declaredOnly(mayBeTagged(change), seen.evaluation.tags, session.settings.ignoreTags)
      : state.tags;
  await changeTags(change, { id, from, to: inputs.tags });
}

/** The keys that the resource may have set by now, and no values: those that the program dropped may be secrets. */
function mayBeTagged({ state, inputs }: Pick<Change, "state" | "inputs">): Record<string, string> {
  const keys = [...Object.keys({ ...state.tags, ...inputs.tags }), ...(ledgerOf(state).tags ?? [])];
  return Object.fromEntries(keys.map((key) => [key, ""]));
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

async function changeItsGrades({ id, state, seen, ...context }: Change): Promise<Graded> {
  if (seen?.grades === undefined)
    return { observed: { ...pick(state, OBSERVED), evaluationArn: id }, written: state.written };
  return grade(context, seen.grades);
}

/** Where a step fails, some of it may be changed: the next `up` looks at it all, also when the program went back. */
async function step<T>(change: Change, does: string, act: () => Promise<T>, remedies?: Remedies): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isNotFound(error)) await refuseToUpdateGone(change, error);
    const { id, task } = change;
    throw unfinished(stateWhenCut(change), `${task.isUnfinished ? "finish" : does} evaluation ${id}`, error, remedies);
  }
}

/**
 * What the program dropped goes into the state by name only: the engine knows as secret what is one in the program now.
 */
function stateWhenCut(change: Change): State {
  const { id, state, inputs, graded } = change;
  const { status, ...known } = graded?.observed ?? pick(state, OBSERVED);
  const ledger = ledgerNow(change);
  const tags = Object.keys(mayBeTagged(change)).filter((key) => !Object.hasOwn(inputs.tags ?? {}, key));
  const { submit, ...others } = inputs;
  const isSubmitted = graded !== undefined || ledger.submitting !== undefined ? submit : state.submit;
  return stateOf(
    { ...others, ...defined({ submit: isSubmitted }) },
    { ...known, evaluationArn: id },
    { ...pick(state, ["marker", "foundMarker"]), written: writtenFrom({ ...ledger, tags }) },
  );
}

function ledgerNow({ connect, state, seen, graded }: Change): Ledger {
  if (graded !== undefined) return ledgerOf(graded);
  return seen?.grades === undefined ? ledgerOf(state) : ledgerWhenCut(seen.grades, connect.clock);
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
  const isUnfinished = business.includes("status") || business.includes("unfinished");
  const grades = isUnfinished || business.includes("autoEvaluationStatus") || changed.some(isGrade);
  return { isUnfinished, grades, looks: grades || business.includes("marker") || state.marker === undefined };
}

/** The evaluation before a change, with its tags, and what there is to grade, if nothing stands against it. */
function observe(existence: Existence, { grades }: Task, inputs: Inputs): Promise<NonNullable<Change["seen"]>> {
  const { id, state, session, connect } = existence;
  const attempt = `update evaluation ${id}`;
  return during(attempt, async () => {
    const evaluation = await withTags(connect, thereOr(await find(existence), id));
    refuseAnothers(existence, evaluation);
    if (!grades) return { evaluation };
    const fresh = await freshened(existence, evaluation);
    if (fresh === undefined) throw new Failure(attempt, OUTDATED);
    refuseToTakeBack(existence, fresh, inputs);
    return { evaluation, grades: await plannedGrades({ session, connect, inputs, before: state }, fresh) };
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
function refuseToTakeBack({ id, state }: Existence, evaluation: Evaluation, inputs: Inputs): void {
  const { submitting, ...ledger } = ledgerOf(state);
  if (submitting === undefined || inputs.submit || evaluation.status === "DRAFT") return;
  const attempt = `take back the submission of evaluation ${id}`;
  // With the status in the state, the next diff replaces the evaluation.
  const isOwn = isOwnSubmission({ ...ledger, submitting }, evaluation);
  const submission = isOwn ? submissionOf(evaluation) : ledger.submission;
  const markers = pick(state, ["marker", "foundMarker"]);
  const written = writtenFrom({ ...ledger, submission });
  const toKeep = stateOf({ ...inputs, submit: true }, evaluation, { ...markers, written });
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
