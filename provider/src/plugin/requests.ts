import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Failure } from "../shared/errors";
import { inSentence } from "../shared/inSentence";
import { INPUTS } from "../shared/model";
import { pick } from "../shared/plain";
import { checkInputs } from "../verbs/check";
import type { Known } from "./properties";
import { hasUnknown, opened, type Properties } from "./wire";

/**
 * What the verbs take out of the engine's requests. The engine sends no wrong ones; those of anything else end here, before
 * Amazon Connect is called.
 */

type OfAnyResource = Pick<rpc.DiffRequest, "getUrn" | "getId">;
type OfResource = Pick<rpc.DiffRequest, "getUrn" | "getId" | "getOlds" | "getOldInputs">;

export const known = (request: OfResource): Known => knownFrom(request, request.getOldInputs(), request.getOlds());

export const knownInRead = (request: rpc.ReadRequest): Known =>
  knownFrom(request, request.getInputs(), request.getProperties());

export const knownInDelete = (request: rpc.DeleteRequest): Known =>
  knownFrom(request, request.getOldInputs(), request.getProperties());

function knownFrom(request: OfAnyResource, inputs: Struct | undefined, outputs: Struct | undefined): Known {
  return { urn: urnOf(request), id: request.getId(), inputs: recorded(inputs), outputs: recorded(outputs) };
}

/** What the state has. */
function recorded(struct: Struct | undefined): Properties {
  const properties = opened(struct);
  const { value } = properties;
  const wrong = [...IDS, ...OWN].find((name) => !["string", "undefined"].includes(typeof (value[name] ?? undefined)));
  if (wrong !== undefined) refuse(`${wrong} in the state is no text`);
  return properties;
}

/** Inputs for a comparison. In the refresh of an older state, today's rules may be against them. */
export function declared(struct: Struct | undefined): Properties {
  const inputs = opened(struct);
  const wrong = IDS.find((name) => typeof inputs.value[name] !== "string");
  if (wrong !== undefined) refuse(`it has no ${wrong}`);
  return inputs;
}

/** Inputs to create or update with. Only in a preview they may be unknown. */
export function checked(struct: Struct | undefined, isPreview: boolean): Properties {
  const inputs = opened(struct);
  const { faults } = checkInputs(pick(inputs.value, INPUTS), {});
  if (faults.length > 0) refuse(`check refuses its inputs: ${faults.map((fault) => inSentence(fault)).join("; ")}`);
  if (!isPreview && hasUnknown(inputs.value)) refuse("it is no preview, and has inputs that are not known yet");
  return inputs;
}

export function urnOf(request: Pick<OfAnyResource, "getUrn">): string {
  const urn = request.getUrn();
  if (!urn.startsWith("urn:pulumi:")) refuse(`${JSON.stringify(urn)} is not the URN of a resource`);
  return urn;
}

const IDS = ["instanceId", "contactId", "evaluationFormId"];

/** Texts that this package has put into the state. */
const OWN = ["evaluationArn", "__key", "__marker", "__foundMarker", "__written"];

/** google-protobuf keeps a map as a plain object, and loses a member of this name without a word. */
export const LOST = "__proto__";

/** As the name of a member, on the wire. */
const LOST_ON_WIRE = Buffer.from(`\n${String.fromCharCode(LOST.length)}${LOST}`);

/** Requests that were not read whole. */
const incomplete = new WeakSet<object>();

/** The protocol, with requests that cannot be read whole noted. */
export const PROTOCOL = Object.fromEntries(
  Object.entries(ResourceProviderService).map(([name, method]) => [
    name,
    { ...method, requestDeserialize: noting(method.requestDeserialize) },
  ]),
) as unknown as typeof ResourceProviderService;

function noting<T extends object>(read: (bytes: Buffer) => T): (bytes: Buffer) => T {
  return (bytes) => {
    const request = read(bytes);
    if (bytes.includes(LOST_ON_WIRE)) incomplete.add(request);
    return request;
  };
}

export function refuseIncomplete(request: object): void {
  if (incomplete.has(request))
    refuse(`it has something of the name ${LOST}, which cannot be read here`, "give it another name");
}

function refuse(why: string, remedy = "report it to whoever sent the request; Amazon Connect was not called"): never {
  throw new Failure("take the engine's request", { why, remedy });
}
