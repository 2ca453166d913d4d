import type { State } from "../shared/model";
import type { Resource } from "./resource";

/** A resource that the state has. */
export interface Managed {
  /** The evaluation's ARN. */
  id: string;
  state: State;
  /** The resource as the last run knew it: a rename changes its key since. */
  recorded: Resource;
}
