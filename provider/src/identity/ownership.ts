import { ifNotFound } from "../aws/awsError";
import { during, failed } from "../aws/causes";
import type { Connect } from "../connect/connect";
import type { Evaluation } from "../connect/evaluation";
import { eventually, isUnreadable } from "../connect/eventually";
import { parseEvaluationArn } from "../shared/arns";
import { type Cause, Failure } from "../shared/errors";
import type { State } from "../shared/model";
import { own } from "../shared/plain";
import type { Tags } from "../shared/tags";
import type { Holdings } from "./holdings";
import { inLife, isLater, MARKER, RELEASED, REMEDIES_FOR_TAGS, removeMarker, whose } from "./marker";

/**
 * Whose an evaluation is, as a look or the state says, and how that is changed. A marker is written only after a look that
 * did not find another's: written blindly, it takes the evaluation away from whoever has it.
 */

/** A resource that has the evaluation in its state. */
export interface Holder {
  session: { holdings: Holdings };
  id: string;
  /** What a start for the resource sends: its key's hash. */
  marker: string;
  state: Pick<State, "marker" | "foundMarker">;
}

export type TaggedEvaluation = Evaluation & { tags: Tags };

/**
 * The evaluation with its tags, which a description may leave out.
 * IAM: connect:ListTagsForResource, where it does.
 */
export async function withTags(
  connect: Pick<Connect, "listTagsForResource">,
  evaluation: Evaluation,
): Promise<TaggedEvaluation> {
  const { tags, evaluationArn } = evaluation;
  if (tags !== undefined) return { ...evaluation, tags };
  try {
    return { ...evaluation, tags: await connect.listTagsForResource(evaluationArn) };
  } catch (error) {
    // Never a sign that the evaluation is gone: that was just described.
    throw failed(`list the tags of evaluation ${evaluationArn}`, error);
  }
}

/** The tags of an evaluation as it was seen, or, where it could not be, as far as they can be read. */
export async function tagsOfSight(
  connect: Pick<Connect, "listTagsForResource">,
  id: string,
  sight: Evaluation | string,
): Promise<Tags> {
  if (typeof sight !== "string") return (await withTags(connect, sight)).tags;
  return during(`list the tags of evaluation ${id}`, () => ifNotFound(connect.listTagsForResource(id), {}));
}

/** What the state says of the marker that was looked at: nothing, if it is the resource's own. */
export const foundIn = (tags: Tags, { marker, state }: Pick<Holder, "marker" | "state">): string | undefined =>
  state.marker === undefined || whose(tags, marker, state.marker) === "ours" ? undefined : (own(tags, MARKER) ?? "");

/** Whether another has the evaluation, as this process or an earlier look knows: this resource is to start one of its own. */
export function isKnownAsAnothers({ session, id, marker, state }: Holder): boolean {
  if (session.holdings.isOutlived(id, state.marker)) return true;
  const { foundMarker } = state;
  return foundMarker !== undefined && whose({ [MARKER]: foundMarker }, marker, state.marker) === "another's";
}

/** Whether the marker in the state is not the one that the evaluation should have, after a rename or a look. */
export const isMarkerDue = ({ foundMarker, marker: recorded }: Holder["state"], marker: string): boolean =>
  foundMarker !== undefined || (recorded !== undefined && recorded !== inLife(marker, recorded));

type Marking = Pick<Connect, "tagResource" | "describeContactEvaluation" | "listTagsForResource" | "clock">;

/**
 * Writes the marker. That of a later life is looked for until it shows, for ten seconds: a delete in another process must
 * not see the earlier one.
 * IAM: connect:TagResource, connect:DescribeContactEvaluation.
 */
export async function mark(connect: Marking, id: string, marker: string): Promise<void> {
  const attempt = `set the tag ${MARKER} of evaluation ${id}`;
  await during(attempt, () => connect.tagResource(id, { [MARKER]: marker }), REMEDIES_FOR_TAGS);
  if (!isLater(marker, "")) return;
  const shown = await during(attempt, () =>
    eventually(
      () => shownMarker(connect, id),
      (one) => one === marker,
      connect,
    ),
  );
  if (shown !== marker)
    throw new Failure(attempt, { why: "Amazon Connect does not show it yet", remedy: "run `pulumi up` again" });
}

async function shownMarker(connect: Marking, id: string): Promise<string | undefined> {
  try {
    const evaluation = await connect.describeContactEvaluation(parseEvaluationArn(id));
    return own((await withTags(connect, evaluation)).tags, MARKER);
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

/**
 * Lets go of an evaluation that is there beside the one that replaces it, so that no later start takes it for its own.
 * @param tags as they were just seen: another resource's evaluation is left alone.
 * IAM: connect:TagResource.
 */
export async function release(connect: Pick<Connect, "tagResource">, held: Holder, tags: Tags): Promise<void> {
  const isReleased = own(tags, MARKER) === RELEASED;
  if (isReleased || whose(tags, held.marker, held.state.marker) === "another's") return;
  await connect.tagResource(held.id, { [MARKER]: RELEASED });
}

/** The same words wherever another has it. */
export const hasAnothersMarker = `its tag ${MARKER} says that another resource has it, of this stack or another one`;

/** For an update, which changes nothing of another's. */
export const startAnother = (id: string): Cause => ({
  why: hasAnothersMarker,
  remedy: `run \`pulumi up\` again, which starts another one for this resource; or, if no other resource has it, ${takeBack(id)} and run that`,
});

export const takeBack = (id: string): string => `${removeMarker(id)}, then \`pulumi refresh\``;
