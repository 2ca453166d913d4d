import { ifNotFound, isDenied, orUnknown } from "../aws/awsError";
import { failed } from "../aws/causes";
import { Failure } from "../shared/errors";
import { isUnknown } from "../shared/model";
import { refuseToReplaceImported } from "./adoption";
import type { Declaration } from "./declarations";
import { parseEvaluationArn } from "./evaluationArn";
import { find } from "./find";
import { mayLoseWork, refuseToLose, refuseToLoseUnread } from "./gradingWork";
import type { Managed } from "./managed";
import { obstaclesTo } from "./prerequisites";
import type { Session } from "./session";

/** A replacement deletes first, so what could stop it afterwards is looked at before. */

/** The old evaluation: a replacement must not lose somebody's work. */
export async function refuseToLoseByReplacement(
  session: Session,
  { id, state }: Managed,
  { resource, inputs }: Declaration,
): Promise<void> {
  if (resource.isRetained || mayLoseWork(session, inputs)) return;
  const attempt = `replace evaluation ${id}`;
  try {
    const connect = session.connectOf(parseEvaluationArn(id));
    const evaluation = await find(connect, state);
    if (typeof evaluation === "object") await refuseToLose(session, connect, evaluation, state, attempt);
    if (evaluation === "not described") refuseToLoseUnread(attempt);
  } catch (error) {
    // Without the permission to look, delete refuses or fails.
    if (!isDenied(error)) throw failed(attempt, error);
  }
}

/** The new evaluation: a replacement that cannot start one must not delete the old one. */
export async function refuseHopelessReplacement(
  session: Session,
  id: string,
  { resource, inputs }: Declaration,
  replaces: readonly string[],
): Promise<void> {
  refuseToReplaceImported(resource, id, replaces);
  if (isUnknown(inputs.region)) return;
  const connect = session.connectIn(inputs.region);
  const [obstacle] = await obstaclesTo(connect, inputs);
  if (obstacle !== undefined) throw new Failure(`replace evaluation ${id}; nothing was deleted`, obstacle);
  if (isUnknown(inputs.instanceId) || isUnknown(inputs.contactId) || isUnknown(inputs.evaluationFormId)) return;
  // Whether Connect allows a second evaluation of a contact with one form is not documented.
  const listed = (await orUnknown(connect.listContactEvaluations(inputs.instanceId, inputs.contactId))) ?? [];
  for (const { evaluationFormId, evaluationArn, status } of listed) {
    if (evaluationFormId !== inputs.evaluationFormId || evaluationArn === id) continue;
    if (session.holdings.isHeldByAnother(evaluationArn, resource.key)) continue;
    session.say(
      `contact ${inputs.contactId} already has evaluation ${evaluationArn} (${status}) with this form: if Amazon Connect refuses another one, the replacement of ${id} fails after the delete`,
    );
  }
}

/**
 * The program's order counts over this provider's: a transformation may say deleteBeforeReplace: false behind the
 * class's back, and the start would meet the evaluation that is to be replaced.
 */
export async function refuseToStartBeforeDelete(
  { declarations, holdings, connectOf }: Session,
  key: string,
): Promise<void> {
  const id = declarations.replaceable(key);
  if (id === undefined || holdings.isDeleted(id)) return;
  const arn = parseEvaluationArn(id);
  try {
    const old = await ifNotFound(connectOf(arn).describeContactEvaluation(arn), undefined);
    if (old === undefined) return;
  } catch (error) {
    throw failed(`look at evaluation ${id}, which is to be replaced; nothing was started or deleted`, error);
  }
  throw new Failure(`replace evaluation ${id}; nothing was started or deleted`, {
    why: "a transformation of the program sets the resource option deleteBeforeReplace to false",
    remedy: "have it leave ContactEvaluation resources alone: their old evaluation must be deleted first",
  });
}
