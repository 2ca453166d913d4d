import { isDeepStrictEqual } from "node:util";
import { removeMarker } from "../identity/marker";
import { hasAnothersMarker, isKnownAsAnothers } from "../identity/ownership";
import { type Cause, Failure } from "../shared/errors";
import type { Inputs } from "../shared/model";
import { defined, pick } from "../shared/plain";
import type { Session } from "../verbs/session";
import { declaredBefore, declaredIn, hiddenIn, isJustImported, type Known, resourceOf } from "./properties";

/**
 * What an import owns: what its program names, and nothing else. The engine has the evaluation read before it knows the
 * program, so what was read names everything, other people's tags too.
 */

/** What the program declared before, as far as the state and the program of today tell it. */
export const ownedBefore = (known: Known, declared: Inputs): Inputs =>
  isJustImported(known) ? named(declaredIn(known.inputs), declared) : declaredBefore(known);

/** What of the imported evaluation counts as declared before. */
function named(found: Inputs, { autoEvaluationConfiguration: auto, tags = {}, ...declared }: Inputs): Inputs {
  const owned = pick(found.tags ?? {}, Object.keys(tags));
  return defined({
    ...pick(found, Object.keys(declared) as (keyof typeof declared)[]),
    // Amazon Connect may leave it out, where it means the same.
    autoEvaluationConfiguration: auto && (found.autoEvaluationConfiguration ?? { enabled: false }),
    tags: Object.keys(owned).length > 0 ? owned : undefined,
  }) as Inputs;
}

/** Whether the state says of an import what its program declares. */
export const isSettled = (known: Known, declared: Inputs): boolean =>
  !isJustImported(known) || isDeepStrictEqual({ ...declaredIn(known.inputs) }, { ...declared });

/** Why an import is not to have what it found, if so. */
export function whyNotImportable(session: Session, known: Known): Cause | undefined {
  if (!isJustImported(known)) return undefined;
  const { id, urn, outputs } = known;
  const { __foundMarker: foundMarker } = hiddenIn(known);
  const marker = session.markerFor(resourceOf(urn).key);
  if (isKnownAsAnothers({ session, id, marker, state: defined({ foundMarker }) })) {
    const remedy = `import one that no other resource has; or, if that resource is gone, ${removeMarker(id)}`;
    return { why: hasAnothersMarker, remedy };
  }
  if (outputs.value.evaluationType !== "CALIBRATION") return undefined;
  return {
    why: "it belongs to a calibration session, which manages it itself",
    remedy: "only read it: `ContactEvaluation.get`",
  };
}

/** The engine asks for what a program only reads in the same words; but it checks an import alone. */
export function refuseImport(session: Session, known: Known): void {
  const cause = whyNotImportable(session, known);
  if (cause !== undefined) throw new Failure(`import evaluation ${known.id}`, cause);
}

/** An import takes an evaluation as it is: to start another one in its place would delete it. */
export function refuseUnlike(id: string, unlike: readonly string[]): void {
  if (unlike.length === 0) return;
  throw new Failure(`import evaluation ${id}`, {
    why: `it has another ${unlike.join(", ")} than the program declares`,
    remedy:
      "declare what it has; or remove the resource option import and, if the state has it by now, let go of it: `pulumi state delete URN`, which deletes nothing in Amazon Connect",
  });
}
