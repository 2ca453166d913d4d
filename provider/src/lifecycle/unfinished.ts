import type { State } from "../shared/model";

/** A change that was made and not finished. The engine keeps the state as it is now, and the next `up` goes on. */
export class Unfinished extends Error {
  constructor(
    readonly state: State,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}
