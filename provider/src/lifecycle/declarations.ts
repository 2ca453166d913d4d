import type { Inputs } from "../shared/model";
import type { Resource } from "./resource";

/** What the program says of a resource in this run. */
export interface Declaration {
  resource: Resource;
  inputs: Inputs;
  /** Whether diff has looked at what its replacement needs. A forced replacement never asks diff. */
  isLookedAt: boolean;
}

/**
 * What the program says in this run, by the resource's key. The engine tells delete only what the state recorded, and
 * not that a replacement follows: but a resource that is checked in the run that deletes it is replaced. (`destroy` and
 * the removal of a resource from the program call no check, not even with `--run-program`.)
 */
export class Declarations {
  private readonly byKey = new Map<string, Declaration>();

  note(resource: Resource, inputs: Inputs, isLookedAt = false): void {
    this.byKey.set(resource.key, { resource, inputs, isLookedAt });
  }

  of(key: string): Declaration | undefined {
    return this.byKey.get(key);
  }
}
