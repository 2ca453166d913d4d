import { orUnknown } from "../aws/awsError";
import { during } from "../aws/causes";
import type { Evaluation } from "../connect/evaluation";
import { faultsWithActive, refuseUnfit } from "../grading/fit";
import { MARKER, REMEDIES_FOR_TAGS } from "../identity/marker";
import { mark, release, withTags } from "../identity/ownership";
import { find, UNSEEN } from "../presence/find";
import { parseEvaluationArn } from "../shared/arns";
import { Failure } from "../shared/errors";
import type { Inputs, State } from "../shared/model";
import { type Ledger, writtenFrom } from "../work/ledger";
import { adopt } from "./adoption";
import type { Resource } from "./declarations";
import { type Graded, type Grades, grade, ledgerToGrade, ledgerWhenCut, plannedGrades } from "./grade";
import type { Creation, Session } from "./session";
import { type Started, start } from "./start";
import { keeping, startedState, stateOf } from "./state";
import { bringTagsInLine } from "./tags";

/** Starts the evaluation and grades it, or finds the one that an earlier run started, or adopts the one to import. */
export async function create(session: Session, resource: Resource, inputs: Inputs): Promise<State> {
  const { key, adopts } = resource;
  if (adopts !== undefined) return adopt(session, resource, inputs);
  const creation = session.creation(key, inputs);
  // Refuse. check saw the form as it was then, if it was there at all.
  const unfit = await faultsWithActive(session.connectIn, inputs);
  refuseUnfit(`start an evaluation with evaluation form ${inputs.evaluationFormId}`, unfit);
  await releaseReplaced(creation);
  // Observe and act.
  const started = await start(creation);
  const { evaluation, recovered, marker } = started;
  const id = evaluation.evaluationArn;
  if (!recovered) await undoUnexpectedVersion(creation, evaluation);
  const toKeep = (ledger = ledgerToGrade({ inputs, before: {}, recovered }, evaluation)) =>
    startedState({ inputs, marker }, evaluation, writtenFrom(ledger));
  const tag = () => bringTagsInLine(creation, evaluation);
  await keeping(() => toKeep(), `tag evaluation ${id}`, tag, REMEDIES_FOR_TAGS);
  const { observed, written } = await gradeIt(creation, started, toKeep);
  // Last: while it is not marked, what an interrupted run leaves can be told from another's.
  const isMarked = !recovered && (evaluation.tags ?? { [MARKER]: marker })[MARKER] === marker;
  if (!isMarked)
    await keeping(
      () => toKeep(),
      `mark evaluation ${id}`,
      () => mark(creation.connect, id, marker),
    );
  // Record.
  return stateOf(inputs, observed, { marker, written });
}

/**
 * What this one replaces may still be there: the program retains it, or the engine deletes it afterwards. No start may find
 * that for its own.
 */
async function releaseReplaced({ session, key }: Creation): Promise<void> {
  const replaced = session.declarations.toReplace(key);
  if (replaced === undefined || session.holdings.isDeleted(replaced.id)) return;
  const existence = session.existence(replaced, key);
  const { connect, id } = existence;
  const attempt = `let go of evaluation ${id}, which is to be replaced; nothing was started`;
  const letGo = async () => {
    const sight = await find(existence);
    if (sight === "gone") return;
    if (typeof sight === "string") throw new Failure(attempt, UNSEEN[sight]);
    await release(connect, existence, (await withTags(connect, sight)).tags);
  };
  await during(attempt, letGo, REMEDIES_FOR_TAGS);
  session.holdings.leave(id);
}

async function gradeIt(
  creation: Creation,
  { evaluation, recovered, marker }: Started,
  toKeep: (ledger?: Ledger) => State,
): Promise<Graded> {
  const { evaluationArn: id } = evaluation;
  let grades: Grades | undefined;
  const keep = () => toKeep(grades && ledgerWhenCut(grades, creation.connect.clock));
  return keeping(keep, `grade evaluation ${id}`, async () => {
    try {
      grades = await plannedGrades({ ...creation, before: {}, recovered }, evaluation);
      return await grade(creation, grades);
    } catch (error) {
      // The next run marks it at the latest.
      if (recovered) await orUnknown(creation.connect.tagResource(id, { [MARKER]: marker }));
      throw error;
    }
  });
}

/**
 * A start pins the version of the form that is active at that moment, and a caller cannot choose it. Where the program
 * expects another one, the start is undone.
 */
async function undoUnexpectedVersion(creation: Creation, evaluation: Evaluation): Promise<void> {
  const { session, connect, key, inputs } = creation;
  const { evaluationArn, evaluationFormVersion: pinned } = evaluation;
  const { evaluationFormId, evaluationFormVersion: expected } = inputs;
  if (expected === undefined || expected === pinned) return;
  const attempt = `delete evaluation ${evaluationArn} again, which pinned version ${pinned}`;
  await keeping(
    () => startedState(creation, evaluation),
    attempt,
    () => connect.deleteContactEvaluation(parseEvaluationArn(evaluationArn)),
  );
  session.holdings.noteDeleted(evaluationArn, key);
  throw new Failure(`start an evaluation with version ${expected} of evaluation form ${evaluationFormId}`, {
    why: `version ${pinned} is active now; the evaluation that was started with it was deleted again`,
    remedy: `set evaluationFormVersion: ${pinned}, or activate version ${expected}, and run \`pulumi up\` again`,
  });
}
