import { isRegionConfigured } from "../aws/profiles";
import type { Settings } from "../aws/settings";
import type { Fault } from "../shared/fault";
import { type Inputs, isUnknown } from "../shared/model";
import type { Resource } from "./resource";

const REGION =
  "the name of an AWS Region, or set the stack's aws:region (`pulumi config set aws:region us-west-2`), AWS_REGION, or a profile";

/** Whether anything says where a new evaluation is to be started; an ARN that is not known yet may still say it. */
export async function faultsOfRegion(settings: Settings, { adopts }: Resource, inputs: Inputs): Promise<Fault[]> {
  const { region, instanceId, contactId, evaluationFormId } = inputs;
  const isToCome = adopts !== undefined || [instanceId, contactId, evaluationFormId].some(isUnknown);
  if (isToCome || region !== undefined || (await isRegionConfigured(settings))) return [];
  return [{ kind: "missing", property: "region", expected: REGION, got: "nothing" }];
}
