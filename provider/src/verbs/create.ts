import type { Evaluation } from "../connect/evaluation";
import { faultsWithActive, refuseUnfit } from "../grading/fit";
import { REMEDIES_FOR_TAGS } from "../identity/marker";
import { parseEvaluationArn } from "../shared/arns";
import { Failure } from "../shared/errors";
import type { Inputs, State } from "../shared/model";
import { adopt } from "./adoption";
import type { Resource } from "./declarations";
import { refuseToStartBeforeDelete } from "./diff";
import { grade } from "./grade";
import type { Creation, Session } from "./session";
import { start } from "./start";
import { keeping, startedState, stateOf } from "./state";
import { bringTagsInLine } from "./tags";

/** Starts the evaluation and grades it, or finds the one that an earlier run started, or adopts the one to import. */
export async function create(session: Session, resource: Resource, inputs: Inputs): Promise<State> {
  const { key, adopts } = resource;
  if (adopts !== undefined) return adopt(session, resource, inputs);
  const creation = session.creation(key, inputs);
  // Refuse. check saw the form as it was then, if it was there at all.
  await refuseToStartBeforeDelete(creation);
  const unfit = await faultsWithActive(session.connectIn, inputs);
  refuseUnfit(`start an evaluation with evaluation form ${inputs.evaluationFormId}`, unfit);
  // Observe and act.
  const { evaluation, recovered } = await start(creation);
  const id = evaluation.evaluationArn;
  if (recovered) session.declarations.noteTakenOver(key, id);
  await undoUnexpectedVersion(creation, evaluation);
  const toKeep = () => startedState(creation, evaluation);
  const tag = () => bringTagsInLine(creation, evaluation, recovered);
  await keeping(toKeep, `tag evaluation ${id}`, tag, REMEDIES_FOR_TAGS);
  const { observed, written } = await keeping(toKeep, `grade evaluation ${id}`, () =>
    grade({ ...creation, before: {}, mayBeFurther: recovered }, evaluation),
  );
  // Record.
  return stateOf(inputs, observed, { marker: creation.marker, written });
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
  session.holdings.release(evaluationArn, key);
  throw new Failure(`start an evaluation with version ${expected} of evaluation form ${evaluationFormId}`, {
    why: `version ${pinned} is active now; the evaluation that was started with it was deleted again`,
    remedy: `set evaluationFormVersion: ${pinned}, or activate version ${expected}, and run \`pulumi up\` again`,
  });
}
