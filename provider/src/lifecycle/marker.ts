import { hash } from "../shared/hash";
import type { Tags } from "../shared/tags";

/**
 * The tag that says which resource an evaluation belongs to. It goes out with the start, so that a run that repeats an
 * interrupted one reads whose an evaluation is instead of inferring it. It is never among the `tags` of the state.
 */
export const MARKER = "pulumi-connect-evaluations";

const VALUE_LENGTH = 16;

/** The marker's value for the resource with this key: short, and the same in every release, since it is stored. */
export const markerOf = (namespace: string, key: string): string => hash(namespace, key).slice(0, VALUE_LENGTH);

/** The tags to send, with the marker if it is to go along. */
export function withMarker(tags: Tags | undefined, marker: string | undefined): Record<string, string> {
  return { ...tags, ...(marker !== undefined && { [MARKER]: marker }) };
}

export function withoutMarker(tags: Tags): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== MARKER));
}

export const isMarkedAs = (tags: Tags, marker: string): boolean => tags[MARKER] === marker;

/**
 * Whether another resource's marker is there; an evaluation without one may be anybody's.
 * @param ownMarkers the resource's own, and the one that it set last.
 */
export const isMarkedAsAnothers = (tags: Tags, ...ownMarkers: (string | undefined)[]): boolean =>
  Object.hasOwn(tags, MARKER) && !ownMarkers.includes(tags[MARKER]);
