import { isNotFound } from "../aws/awsError";
import { during } from "../aws/causes";
import { removeMarker, whose } from "../identity/marker";
import { hasAnothersMarker, tagsOfSight } from "../identity/ownership";
import { find, findAfter, isUnproven, UNSEEN } from "../presence/find";
import { Failure } from "../shared/errors";
import { mayLoseWork, refuseToLose } from "../work/loss";
import type { Managed } from "./declarations";
import { refuseHopelessReplacement, refuseUnfitReplacement } from "./diff";
import type { Existence, Session } from "./session";

/** Deletes the evaluation, unless it holds somebody's work. One that is gone is deleted; another resource's is kept. */
export async function remove(session: Session, managed: Managed): Promise<void> {
  const { declarations, holdings, settings } = session;
  const { id, state, recorded } = managed;
  // Observe: what the program says now, where this is a replacement.
  const declaration = declarations.of(id, recorded.key);
  const key = declaration?.resource.key ?? recorded.key;
  const existence = session.existence(managed, key);
  if (holdings.isOutlived(id, state.marker))
    return session.say(`kept ${id}, which a newer resource or replacement of this stack has`);
  if (declaration?.resource.isRetained === true) return void holdings.claim(id, key);
  const isKept = await during(attemptOf(existence), async () => {
    // A forced replacement: diff was not asked.
    const isForced = declaration !== undefined && declarations.toReplace(key)?.id !== id;
    if (isForced) await refuseHopelessReplacement(existence, declaration, []);
    // What adopts starts nothing.
    const isToStart = declaration !== undefined && declaration.resource.adopts === undefined;
    if (isToStart) await refuseUnfitReplacement(existence, declaration);
    // Observe: another resource's, and somebody's work. A permission to lose that is none to delete another's.
    refuseSiblings(existence);
    const sight = await find(existence);
    if (sight === "gone") return false;
    const tags = await tagsOfSight(existence.connect, id, sight);
    if (whose(tags, existence.marker, state.marker) === "another's") return true;
    if (!mayLoseWork(settings, declaration?.inputs ?? state))
      await refuseToLose(existence, sight, attemptOf(existence));
    // Act: what cannot be seen may be there all the same.
    await deleteOrProveGone(existence);
    return false;
  });
  // Record.
  if (!isKept) return holdings.noteDeleted(id, key);
  holdings.leave(id);
  session.say(`kept ${id} in Amazon Connect: ${hasAnothersMarker}. ${waysBack(id)}`);
}

const attemptOf = ({ id }: Existence): string => `delete evaluation ${id}`;

/** Two resources of one stack have it, and nothing says which of them got it last. */
function refuseSiblings(existence: Existence): void {
  const { session, key, id } = existence;
  if (!session.holdings.isHeldByAnother(id, key) || session.holdings.isLeft(id)) return;
  throw new Failure(attemptOf(existence), {
    why: "another resource of this stack has it too",
    remedy: "let go of this one instead: `pulumi state delete URN`, which deletes nothing in Amazon Connect",
  });
}

const waysBack = (id: string): string =>
  `If no other resource has it, delete it in Amazon Connect; or ${removeMarker(id)}, and adopt it with the resource option { import: "${id}" }`;

async function deleteOrProveGone(existence: Existence): Promise<void> {
  try {
    await existence.connect.deleteContactEvaluation(existence.arn);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const sight = await findAfter(existence, error);
    // Where neither record nor list can be asked, Connect's answer to the delete itself is believed.
    if (sight === "gone" || isUnproven(sight)) return;
    if (typeof sight !== "string") throw error;
    throw new Failure(attemptOf(existence), UNSEEN[sight]);
  }
}
