import { INPUTS, type Inputs, OBSERVED, type State } from "../shared/model";
import { defined, pick } from "../shared/plain";
import { resourceKey } from "../shared/resourceKey";
import type { Managed, Resource } from "../verbs/declarations";
import type { Properties, SecretMembers } from "./wire";

/** What stands in the engine's state for an evaluation: inputs that were declared, and outputs that were observed. */

/** What the engine says of a resource that it has in its state. */
export interface Known {
  urn: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
}

/** What the outputs have beside what a program may read, under the names that the dynamic provider gives them, too. */
export interface HiddenOutputs {
  /** The key of the resource when it wrote the state. After an import there is none until the first update. */
  __key?: string;
  __marker?: string;
  __foundMarker?: string;
  __written?: string;
}

export const hiddenIn = ({ outputs }: Pick<Known, "outputs">): HiddenOutputs => outputs.value;

/** A plugin is told neither the organization of a stack nor the resource option `retainOnDelete`. */
export const resourceOf = (urn: string): Resource => ({ key: resourceKey(urn), isRetained: "unknown" });

/** Without what the dynamic provider's class passed, where the state was written by that. */
export const declaredIn = ({ value }: Properties): Inputs => pick(value as unknown as Inputs, INPUTS);

/** No update has written the state since the import. */
export const isJustImported = (known: Known): boolean => hiddenIn(known).__key === undefined;

/**
 * What the resource declared before. The outputs say it, as it wrote them: after a change that was not finished, the inputs
 * are the program's, and do not have what that may have set. But the outputs of an import have everybody's tags and answers.
 */
export function declaredBefore(known: Known): Inputs {
  const declared = declaredIn(known.inputs);
  if (isJustImported(known)) return declared;
  const { evaluationFormVersion } = declared;
  return defined({ ...declaredIn(known.outputs), evaluationFormVersion }) as Inputs;
}

/** @param declared before, by the resource. */
export function managed(known: Known, declared = declaredBefore(known)): Managed {
  const { __key, __marker: marker, __foundMarker: foundMarker, __written: written } = hiddenIn(known);
  const expectsVersion = declared.evaluationFormVersion === undefined ? undefined : true;
  const observed = pick(known.outputs.value as unknown as State, OBSERVED);
  const state = { ...declared, ...observed, evaluationArn: known.id, marker, foundMarker, written, expectsVersion };
  return {
    id: known.id,
    state: defined(state),
    recorded: { ...resourceOf(known.urn), ...(__key !== undefined && { key: __key }) },
  };
}

/** The outputs whole: what a verb returns replaces them. */
export function outputsOf(state: State, key: string | undefined, secrets?: SecretMembers): Properties {
  const { marker, foundMarker, written, expectsVersion, ...shown } = state;
  const hidden = { __key: key, __marker: marker, __foundMarker: foundMarker, __written: written };
  // From a fingerprint a short answer can be guessed.
  return { value: defined({ ...shown, ...hidden }), secrets: { ...secrets, __written: true } };
}
