import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { Failure } from "../shared/errors";
import type { Managed } from "./managed";
import { isMarkedAsAnothers, MARKER } from "./marker";
import type { Session } from "./session";
import { tagsOf } from "./tagging";

/** An evaluation belongs to one resource, or removing one of two would delete the other's. */

/** Takes the evaluation that the state has for the resource; another one in this run may have it too. */
export function refuseToShare({ holdings }: Session, id: string, key: string): void {
  if (holdings.claim(id, key)) return;
  throw new Failure(`manage evaluation ${id}`, {
    why: "two resources of this stack have it in their state",
    remedy: "let go of one of them: `pulumi state delete URN`, which deletes nothing in Amazon Connect",
  });
}

/** @param seen the evaluation, where it was looked at. */
export async function refuseToDeleteAnothers(
  session: Session,
  connect: Connect,
  { id, state }: Managed,
  key: string,
  seen: Evaluation | undefined,
): Promise<void> {
  if (session.holdings.isHeldByAnother(id, key)) {
    throw new Failure(`delete evaluation ${id}`, {
      why: "another resource of this stack has it too",
      remedy: "let go of this one instead: `pulumi state delete URN`, which deletes nothing in Amazon Connect",
    });
  }
  if (seen === undefined) return;
  if (isMarkedAsAnothers(await tagsOf(connect, seen), session.markerFor(key), state.marker)) {
    throw new Failure(`delete evaluation ${id}`, {
      why: markedAsAnothers,
      remedy: `let go of it here: \`pulumi state delete URN\`; or, if that resource is gone, ${removeMarker(id)}`,
    });
  }
}

const markedAsAnothers = `its tag ${MARKER} says that another resource has it, of this stack or another one`;

export const removeMarker = (id: string): string =>
  `remove the tag: \`aws connect untag-resource --resource-arn ${id} --tag-keys ${MARKER}\``;
