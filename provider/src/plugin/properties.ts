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

/** A plugin is not told which organization a stack belongs to. */
export const resourceOf = (urn: string): Resource => ({ key: resourceKey(urn) });

/** Without what the dynamic provider's class passed, where the state was written by that. */
export const declaredIn = ({ value }: Properties): Inputs => pick(value as unknown as Inputs, INPUTS);

/** @param declared the inputs alone say it: the outputs of an import have everybody's answers and tags. */
export function managed(known: Known, declared: Inputs): Managed {
  const { __key, __marker: marker, __foundMarker: foundMarker, __written: written } = hiddenIn(known);
  const expectsVersion = declared.evaluationFormVersion === undefined ? undefined : true;
  const observed = pick(known.outputs.value as unknown as State, OBSERVED);
  const state = { ...declared, ...observed, evaluationArn: known.id, marker, foundMarker, written, expectsVersion };
  return {
    id: known.id,
    state: defined(state),
    recorded: __key === undefined ? resourceOf(known.urn) : { key: __key },
  };
}

/** The outputs whole: what a verb returns replaces them. */
export function outputsOf(state: State, key: string | undefined, secrets?: SecretMembers): Properties {
  const { marker, foundMarker, written, expectsVersion, ...shown } = state;
  const hidden = { __key: key, __marker: marker, __foundMarker: foundMarker, __written: written };
  // From a fingerprint a short answer can be guessed.
  return { value: defined({ ...shown, ...hidden }), secrets: { ...secrets, __written: true } };
}
