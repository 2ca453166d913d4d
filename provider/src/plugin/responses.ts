import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Json } from "../shared/plain";
import type { Change, DetailedDiff, PropertyChange } from "./detailedDiff";
import { type Properties, sealed } from "./wire";
import { inPluginsWords } from "./words";

/** The messages that the engine is answered with. */

/** Without the names of properties: with one the engine prints its value, too, and `<nil>` for one that is missing. */
export function checked(inputs: Struct | undefined, faults: readonly string[]): rpc.CheckResponse {
  const response = new rpc.CheckResponse();
  response.setInputs(inputs);
  response.setFailuresList(
    faults.map((fault) => {
      const failure = new rpc.CheckFailure();
      failure.setReason(inPluginsWords(fault));
      return failure;
    }),
  );
  return response;
}

const { DIFF_SOME, DIFF_NONE } = rpc.DiffResponse.DiffChanges;
const { Kind } = rpc.PropertyDiff;

const KINDS: Readonly<Record<Change, { inPlace: rpc.PropertyDiff.Kind; replaces: rpc.PropertyDiff.Kind }>> = {
  add: { inPlace: Kind.ADD, replaces: Kind.ADD_REPLACE },
  delete: { inPlace: Kind.DELETE, replaces: Kind.DELETE_REPLACE },
  update: { inPlace: Kind.UPDATE, replaces: Kind.UPDATE_REPLACE },
};

/** What no change in place touches, so that none looks like a replacement to what depends on it. */
const STABLES = ["evaluationArn", "evaluationId", "evaluationType", "contactAgentId", "createdTime"];

export function differing(diff: DetailedDiff): rpc.DiffResponse {
  const response = new rpc.DiffResponse();
  const paths = [...diff.entries()];
  const topLevel = (entries: typeof paths) => [...new Set(entries.map(([path]) => propertyOf(path)))];
  response.setChanges(paths.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList(topLevel(paths));
  response.setReplacesList(topLevel(paths.filter(([, { replaces }]) => replaces)));
  response.setHasdetaileddiff(true);
  for (const [path, change] of paths) response.getDetaileddiffMap().set(path, propertyDiff(change));
  response.setStablesList(STABLES);
  // Where Connect takes one evaluation for each contact and form, the new one cannot be started beside the old one.
  response.setDeletebeforereplace(true);
  return response;
}

function propertyDiff({ change, replaces, isInput }: PropertyChange): rpc.PropertyDiff {
  const diff = new rpc.PropertyDiff();
  diff.setKind(replaces ? KINDS[change].replaces : KINDS[change].inPlace);
  diff.setInputdiff(isInput);
  return diff;
}

const propertyOf = (path: string): string => /^[^.[]*/.exec(path)?.[0] ?? path;

export function differingSettings(names: readonly string[]): rpc.DiffResponse {
  const response = new rpc.DiffResponse();
  response.setChanges(names.length > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...names]);
  return response;
}

export function configured(): rpc.ConfigureResponse {
  const response = new rpc.ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setSupportspreview(true);
  return response;
}

/** @param id none in a preview. */
export function created(id: string, outputs: Properties): rpc.CreateResponse {
  const response = new rpc.CreateResponse();
  response.setId(id);
  response.setProperties(sealed(outputs));
  return response;
}

/** An empty answer drops the resource from the state. */
export function found(id: string, there: { inputs: Properties; outputs: Properties } | undefined): rpc.ReadResponse {
  const response = new rpc.ReadResponse();
  if (there === undefined) return response;
  response.setId(id);
  response.setInputs(sealed(there.inputs));
  response.setProperties(sealed(there.outputs));
  return response;
}

export function updated(outputs: Properties): rpc.UpdateResponse {
  const response = new rpc.UpdateResponse();
  response.setProperties(sealed(outputs));
  return response;
}

export function returned(value: Json): rpc.InvokeResponse {
  const response = new rpc.InvokeResponse();
  response.setReturn(sealed({ value }));
  return response;
}
