import type { Connect } from "../../connect/connect";
import type { Form } from "../../connect/evaluation";
import { type Cause, Failure } from "../../shared/errors";
import type { Fault } from "../../shared/fault";
import { inSentence } from "../../shared/inSentence";
import { type Inputs, isUnknown } from "../../shared/model";
import { parseEvaluationArn } from "../evaluationArn";
import type { Managed } from "../managed";
import type { Session } from "../session";
import { faultsWith } from "./fit";

/** What does not fit the form is refused before anything is started or changed. */

/** Everything in which the inputs do not fit the version of the form that a start would pin. */
export async function faultsWithActive(session: Session, inputs: Inputs): Promise<Fault[]> {
  const { answers = {}, notes = {}, evaluationFormVersion } = inputs;
  const isAsked = Object.keys({ ...answers, ...notes }).length > 0 || evaluationFormVersion !== undefined;
  if (!isAsked || [inputs.region, inputs.instanceId, inputs.evaluationFormId].some(isUnknown)) return [];
  const connect = session.connectIn(inputs.region);
  const faults = await faultsOf(session, connect, inputs, false);
  // This deployment may have changed the form since another resource looked at it.
  return faults.length === 0 ? [] : faultsOf(session, connect, inputs, true);
}

async function faultsOf(session: Session, connect: Connect, inputs: Inputs, again: boolean): Promise<Fault[]> {
  const form = await session.forms.active(connect, inputs, again);
  return form === undefined ? [] : [...faultsOfVersion(form, inputs), ...faultsWith(form, inputs)];
}

function faultsOfVersion({ version }: Form, { evaluationFormVersion: declared }: Inputs): Fault[] {
  if (declared === undefined || isUnknown(declared) || declared === version) return [];
  const expected = `${version}, which is the active version of the form`;
  return [{ kind: "value", property: "evaluationFormVersion", expected, got: String(declared) }];
}

/** The last word before a start: check saw the form as it was then, if it was there at all. */
export async function refuseUnfitStart(session: Session, inputs: Inputs): Promise<void> {
  const faults = await faultsWithActive(session, inputs);
  if (faults.length === 0) return;
  throw new Failure(`start an evaluation with evaluation form ${inputs.evaluationFormId}`, causeOf(faults));
}

/** What a program changes about an existing evaluation has to fit the version that this pinned. */
export async function refuseUnfitChange(session: Session, { id, state }: Managed, inputs: Inputs): Promise<void> {
  const connect = session.connectOf(parseEvaluationArn(id));
  const form = await session.forms.version(connect, state, state.evaluationFormVersion);
  const faults = form === undefined ? [] : faultsWith(form, inputs);
  if (faults.length > 0) throw new Failure(`change the answers of evaluation ${id}`, causeOf(faults));
}

const causeOf = (faults: readonly Fault[]): Cause => ({
  why: faults.map((fault) => inSentence(fault)).join("\n       "),
  remedy: "correct the program",
});
