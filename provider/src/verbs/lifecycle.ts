import type { Fault } from "../shared/fault";
import type { Inputs, State } from "../shared/model";
import type { Json } from "../shared/plain";
import { check } from "./check";
import { create } from "./create";
import type { Managed, Resource } from "./declarations";
import { remove } from "./delete";
import { diff } from "./diff";
import { read, readUnmanaged } from "./read";
import type { Session } from "./session";
import { update } from "./update";

/**
 * The life cycle of a contact evaluation, in the order in which the engine asks for it: plain values in, plain values
 * out. How they reach the engine is the front's business (provider.ts). Each verb is told in the file of its name.
 */
export class Lifecycle {
  constructor(private readonly session: Session) {}

  check(resource: Resource, declared: Json, isNew: boolean): Promise<{ inputs: Inputs; faults: Fault[] }> {
    return check(this.session, resource, declared, isNew);
  }

  diff(resource: Resource, managed: Managed, inputs: Inputs): Promise<{ replace: string[]; update: string[] }> {
    return diff(this.session, resource, managed, inputs);
  }

  create(resource: Resource, inputs: Inputs): Promise<State> {
    return create(this.session, resource, inputs);
  }

  read(managed: Managed): Promise<{ state: State; inputs: Inputs } | undefined> {
    return read(this.session, managed);
  }

  readUnmanaged(id: string): Promise<{ state: State; inputs: Inputs }> {
    return readUnmanaged(this.session, id);
  }

  update(resource: Resource, managed: Managed, inputs: Inputs): Promise<State> {
    return update(this.session, resource, managed, inputs);
  }

  delete(managed: Managed): Promise<void> {
    return remove(this.session, managed);
  }
}
