import { isDeepStrictEqual } from "node:util";
import { isDenied, orHidden, orUnknown } from "../aws/awsError";
import { during } from "../aws/causes";
import { faultsWith, faultsWithActive, refuseUnfit } from "../grading/fit";
import { hasAnothersMarker, isKnownAsAnothers, isMarkerDue, takeBack } from "../identity/ownership";
import { find } from "../presence/find";
import { obstaclesTo } from "../presence/prerequisites";
import { Failure, UserError } from "../shared/errors";
import { INPUTS, type Inputs, isUnknown, ON_CHANGE, type State } from "../shared/model";
import { isObject, type Json } from "../shared/plain";
import { isUnfinished, ledgerOf } from "../work/ledger";
import { mayLoseWork, refuseToLose } from "../work/loss";
import { isLetGoForImport, refuseToReplaceImported } from "./adoption";
import type { Declaration, Managed, Resource } from "./declarations";
import type { Existence, Session } from "./session";

/** Compares what is declared. A replacement that cannot succeed, or would lose somebody's work, fails here. */
export async function diff(
  session: Session,
  resource: Resource,
  managed: Managed,
  inputs: Inputs,
): Promise<{ replace: string[]; update: string[] }> {
  const { declarations, holdings } = session;
  const { id, state, recorded } = managed;
  const { key } = resource;
  const existence = session.existence(managed, key);
  declarations.identify(id, recorded.key, key);
  const isAnothers = isKnownAsAnothers(existence);
  if (isAnothers) leaveToAnother(existence);
  else holdings.claimOrRefuse(id, key, state.marker);
  if (await isLetGoForImport(session, resource, managed)) return { replace: ["import"], update: [] };
  const { region } = existence.arn;
  const { replace: changed, update } = changesBetween({ ...state }, { ...inputs }, region);
  const replace = isAnothers ? [...changed, "marker" as const] : changed;
  const isCertain = isAnothers || changed.some((one) => !mayBeSame({ ...state, region }[one], inputs[one]));
  declarations.noteReplacement(key, replace.length === 0 ? "none" : isCertain ? "certain" : "possible");
  if (replace.length > 0) {
    const condition = isCertain ? "" : `${replace.join(", ")}: not known yet. If this changes, `;
    const refuse = async () => {
      await refuseToLoseByReplacement(existence, { resource, inputs }, condition);
      await refuseHopelessReplacement(existence, { resource, inputs }, replace);
    };
    await (isCertain ? refuse() : warning(session, condition, refuse));
    if (isCertain) declarations.noteReplaceable(key, managed);
  } else if (update.includes("answers") || update.includes("notes")) {
    await refuseUnfitChange(existence, inputs);
  }
  return { replace, update: [...update, ...unfinishedBusiness(existence.marker, state, inputs)] };
}

/** No start of this run may lead to it again: two stacks with equal keys would take it from each other for ever. */
function leaveToAnother({ session, id }: Existence): void {
  if (!session.holdings.isHeld(id)) session.holdings.leave(id);
  session.sayOnce(`${id}: ${hasAnothersMarker}; this one gets another. If no other resource has it, ${takeBack(id)}`);
}

// What differs.

type Property = keyof Inputs;

export interface Changed {
  /** Properties whose change needs another evaluation. */
  replace: Property[];
  /** Properties whose change this evaluation takes. */
  update: Property[];
}

/** Where a program says nothing of these, Amazon Connect or the stack decides: leaving them out is no change. */
const DECIDED_OTHERWISE: readonly Property[] = ["region", "evaluationFormVersion"];

/** Whether a change needs another evaluation, where that depends on the values. */
const REPLACES: Partial<Record<Property, (olds: Json, news: Json, region: string | undefined) => boolean>> = {
  region: (_olds, news, region) => news.region !== region,
  // Connect has no way back from a submission.
  submit: ({ submit, status }, news) =>
    submit === true && news.submit !== true && !isUnknown(news.submit) && status !== undefined && status !== "DRAFT",
  // The first ones, and none, say nothing about a change.
  triggers: (olds, news) => olds.triggers !== undefined && news.triggers !== undefined,
};

/**
 * The declared properties in which a program differs from the state; hidden and observed ones never count.
 * @param region the Region of the evaluation's ARN, which decides for an existing one: only another explicit one replaces.
 */
export function changesBetween(olds: Json, news: Json, region: string | undefined): Changed {
  const isDeclared = (property: Property) => news[property] !== undefined || !DECIDED_OTHERWISE.includes(property);
  const changed = INPUTS.filter(
    (property) => isDeclared(property) && !isDeepStrictEqual(olds[property], news[property]),
  );
  const replaces = (property: Property) =>
    REPLACES[property]?.(olds, news, region) ?? ON_CHANGE[property] === "replace";
  return { replace: changed.filter(replaces), update: changed.filter((property) => !replaces(property)) };
}

/** Whether a value that is not known yet, or has parts that are not, may turn out to be the one of before. */
function mayBeSame(old: unknown, value: unknown): boolean {
  if (isUnknown(value) || isDeepStrictEqual(old, value)) return true;
  if (Array.isArray(old) && Array.isArray(value)) {
    return old.length === value.length && value.every((item, index) => mayBeSame(old[index], item));
  }
  if (!isObject(old) || !isObject(value)) return false;
  return Object.keys({ ...old, ...value }).every((key) => mayBeSame(old[key], value[key]));
}

/** What update has to do even when the program says the same as before. */
export type Business = "status" | "unfinished" | "autoEvaluationStatus" | "marker";

export function unfinishedBusiness(marker: string, state: State, { waitForAutoEvaluation }: Inputs): Business[] {
  const { status, autoEvaluationStatus } = state;
  return [
    // Finish a start or a change.
    ...(status === undefined ? (["status"] as const) : []),
    // Remove what a change was to remove.
    ...(status !== undefined && isUnfinished(ledgerOf(state), state) ? (["unfinished"] as const) : []),
    // Wait on.
    ...(waitForAutoEvaluation && autoEvaluationStatus === "IN_PROGRESS" ? (["autoEvaluationStatus"] as const) : []),
    // Follow a rename; set a marker that somebody removed or changed.
    ...(isMarkerDue(state, marker) ? (["marker"] as const) : []),
  ];
}

// What stands against it. A replacement deletes first, so what could stop it afterwards is looked at before.

/** In preview, what may turn out to be no replacement stops nothing: in the run, all is known. */
async function warning(session: Session, condition: string, refuse: () => Promise<void>): Promise<void> {
  try {
    await refuse();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    session.sayOnce(`${condition}the run fails: ${error.message}`);
  }
}

/**
 * The old evaluation: a replacement must not lose somebody's work.
 * @param condition of a replacement that is not certain, as the beginning of a sentence.
 */
async function refuseToLoseByReplacement(
  existence: Existence,
  { resource, inputs }: Declaration,
  condition: string,
): Promise<void> {
  const { session, id } = existence;
  if (resource.isRetained === true || mayLoseWork(session.settings, inputs)) return;
  // Another's is kept.
  if (isKnownAsAnothers(existence)) return;
  const attempt = `replace evaluation ${id}`;
  await during(attempt, async () => {
    try {
      await refuseToLose(existence, await find(existence), attempt);
    } catch (error) {
      // Without the permission to look, delete refuses or fails.
      if (isDenied(error)) return;
      if (!(resource.isRetained === "unknown" && error instanceof UserError)) throw error;
      // So it does for whoever does not retain it.
      session.sayOnce(
        `${condition}unless the resource option retainOnDelete keeps ${id}, the run fails: ${error.message}`,
      );
    }
  });
}

/** The new evaluation: a replacement that cannot start one must not delete the old one. delete asks for a forced one. */
export async function refuseHopelessReplacement(
  { session, id }: Existence,
  { resource, inputs }: Declaration,
  replaces: readonly string[],
): Promise<void> {
  refuseToReplaceImported(resource, id, replaces);
  if (isUnknown(inputs.region)) return;
  const connect = session.connectIn(inputs.region);
  const attempt = replacing(id);
  const [obstacle] = await during(attempt, () => obstaclesTo(connect, inputs, orHidden));
  if (obstacle !== undefined) throw new Failure(attempt, obstacle);
  if (isUnknown(inputs.instanceId) || isUnknown(inputs.contactId) || isUnknown(inputs.evaluationFormId)) return;
  // Whether Connect allows a second evaluation of a contact with one form is not documented. This only warns, and where the
  // list is unknown it does not.
  const listed = (await orUnknown(connect.listContactEvaluations(inputs.instanceId, inputs.contactId))) ?? [];
  for (const { evaluationFormId, evaluationArn, status } of listed) {
    if (evaluationFormId !== inputs.evaluationFormId || evaluationArn === id) continue;
    if (session.holdings.isHeldByAnother(evaluationArn, resource.key)) continue;
    session.say(
      `contact ${inputs.contactId} already has evaluation ${evaluationArn} (${status}) with this form: if Amazon Connect refuses another one, the replacement of ${id} fails after the delete`,
    );
  }
}

const replacing = (id: string): string => `replace evaluation ${id}; nothing was deleted`;

/**
 * Right before the delete: now the form is as the start will find it, whatever `triggers` say. Only without the permission
 * to see it, Connect has the last word, after the delete.
 */
export async function refuseUnfitReplacement({ session, id }: Existence, { inputs }: Declaration): Promise<void> {
  const attempt = replacing(id);
  refuseUnfit(attempt, await during(attempt, () => faultsWithActive(session.connectIn, inputs, orHidden)));
}

/** What a program changes about an existing evaluation has to fit the version that this pinned. */
async function refuseUnfitChange({ connect, id, state }: Existence, inputs: Inputs): Promise<void> {
  const form = await connect.forms.version(state, state.evaluationFormVersion);
  refuseUnfit(`change the answers of evaluation ${id}`, form === undefined ? [] : faultsWith(form, inputs));
}
