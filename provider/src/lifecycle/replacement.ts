import { isDenied, isNotFound } from "../aws/awsError";
import { failed } from "../aws/causes";
import type { ConnectArn } from "../shared/arns";
import { Failure } from "../shared/errors";
import { type Inputs, isUnknown } from "../shared/model";
import { mayLoseWork, refuseToLose } from "./gradingWork";
import { lookAtPrerequisites } from "./prerequisites";
import type { Resource } from "./resource";
import type { Session } from "./session";

/** Deleting comes first in a replacement, so what could stop it afterwards is looked at before, in preview too. */
export async function refuseHopelessReplacement(
  session: Session,
  resource: Resource,
  arn: ConnectArn,
  id: string,
  inputs: Inputs,
): Promise<void> {
  const attempt = `replace evaluation ${id}`;
  if (!mayLoseWork(session, id, inputs) && !resource.isRetained) {
    try {
      refuseToLose(await session.connectOf(arn).describeContactEvaluation(arn), attempt);
    } catch (error) {
      if (!isNotFound(error) && !isDenied(error)) throw failed(attempt, error);
    }
  }
  if (isUnknown(inputs.region)) return;
  const [obstacle] = (await lookAtPrerequisites(session.connectIn(inputs.region), inputs)).obstacles;
  if (obstacle !== undefined) throw new Failure(`${attempt}; nothing was deleted`, obstacle);
}
