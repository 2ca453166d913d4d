import { isNotFound } from "../aws/awsError";
import { during } from "../aws/causes";
import { MARKER, removeMarker, tagsOf, whose } from "../identity/marker";
import { find, findAfter, isUnproven, type Sight, UNSEEN } from "../presence/find";
import { Failure } from "../shared/errors";
import { mayLoseWork, refuseToLose } from "../work/loss";
import type { Managed } from "./declarations";
import { refuseHopelessReplacement, refuseUnfitReplacement } from "./diff";
import type { Existence, Session } from "./session";

/** Deletes the evaluation, unless it holds somebody's work. One that is gone is deleted. */
export async function remove(session: Session, managed: Managed): Promise<void> {
  const { declarations, holdings, settings } = session;
  const { id, state, recorded } = managed;
  // Observe: what the program says now, where this is a replacement.
  const declaration = declarations.of(id, recorded.key);
  const key = declaration?.resource.key ?? recorded.key;
  const existence = session.existence(managed, key);
  if (declarations.isReplacedByItself(key, id)) return session.say(`kept ${id}, which is the new evaluation as well`);
  if (declaration?.resource.isRetained) return void holdings.claim(id, key);
  await during(attemptOf(existence), async () => {
    // A forced replacement: diff was not asked.
    const isForced = declaration !== undefined && declarations.replaceable(key) !== id;
    if (isForced) await refuseHopelessReplacement(existence, declaration, []);
    // What adopts starts nothing.
    const isToStart = declaration !== undefined && declaration.resource.adopts === undefined;
    if (isToStart) await refuseUnfitReplacement(existence, declaration);
    // Observe: somebody's work, and another resource's.
    const sight = mayLoseWork(settings, declaration?.inputs ?? state) ? "not looked at" : await find(existence);
    if (sight !== "not looked at") await refuseToLose(existence, sight, attemptOf(existence));
    await refuseAnothers(existence, sight);
    // Act: what cannot be seen may be there all the same.
    if (sight !== "gone") await deleteOrProveGone(existence);
  });
  // Record.
  holdings.release(id, key);
}

const attemptOf = ({ id }: Existence): string => `delete evaluation ${id}`;

async function refuseAnothers(existence: Existence, sight: Sight | "not looked at"): Promise<void> {
  const { session, connect, key, marker, id, state } = existence;
  if (session.holdings.isHeldByAnother(id, key)) {
    throw new Failure(attemptOf(existence), {
      why: "another resource of this stack has it too",
      remedy: "let go of this one instead: `pulumi state delete URN`, which deletes nothing in Amazon Connect",
    });
  }
  if (typeof sight === "string") return;
  if (whose(await tagsOf(connect, sight), marker, state.marker) !== "another's") return;
  throw new Failure(attemptOf(existence), {
    why: `its tag ${MARKER} says that another resource has it, of this stack or another one`,
    remedy: `let go of it here: \`pulumi state delete URN\`; or, if that resource is gone, ${removeMarker(id)}`,
  });
}

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
