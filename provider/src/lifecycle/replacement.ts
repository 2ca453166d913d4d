import { isDenied, isNotFound, orUnknown } from "../aws/awsError";
import { failed } from "../aws/causes";
import { Failure } from "../shared/errors";
import { isUnknown } from "../shared/model";
import { refuseToReplaceImported } from "./adoption";
import type { Declaration } from "./declarations";
import { parseEvaluationArn } from "./evaluationArn";
import { mayLoseWork, refuseToLose } from "./gradingWork";
import { lookAtPrerequisites } from "./prerequisites";
import type { Session } from "./session";

/** A replacement deletes first, so what could stop it afterwards is looked at before. */

/** The old evaluation: a replacement must not lose somebody's work. */
export async function refuseToLoseByReplacement(session: Session, id: string, declaration: Declaration): Promise<void> {
  if (declaration.resource.isRetained || mayLoseWork(session, declaration.inputs)) return;
  const attempt = `replace evaluation ${id}`;
  const arn = parseEvaluationArn(id);
  try {
    refuseToLose(await session.connectOf(arn).describeContactEvaluation(arn), attempt);
  } catch (error) {
    // Without the permission to look, delete refuses or fails.
    if (!isNotFound(error) && !isDenied(error)) throw failed(attempt, error);
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
  const [obstacle] = (await lookAtPrerequisites(connect, inputs)).obstacles;
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
