import type { Inputs } from "../shared/model";
import type { Resource } from "./resource";

/** What the program says of a resource in this run. */
export interface Declaration {
  resource: Resource;
  inputs: Inputs;
}

/**
 * What the program says in this run. The engine tells delete only what the state recorded, and not that a replacement
 * follows. But it checks a resource in the run that replaces it, and checks none that it destroys or that left the
 * program, not even with `--run-program`.
 */
export class Declarations {
  private readonly byKey = new Map<string, Declaration>();
  private readonly keys = new Map<string, string>();
  private readonly replaceableBy = new Map<string, string>();
  private readonly created = new Map<string, string>();

  note(declaration: Declaration): void {
    this.byKey.set(declaration.resource.key, declaration);
  }

  /** The resource that the state knows by one key has another one now: it was renamed. */
  identify(evaluationArn: string, recordedKey: string, key: string): void {
    this.keys.set(`${evaluationArn} ${recordedKey}`, key);
  }

  /** What the program says of the resource that has the evaluation, if this run has checked it. */
  of(evaluationArn: string, recordedKey: string): Declaration | undefined {
    return this.byKey.get(this.keys.get(`${evaluationArn} ${recordedKey}`) ?? recordedKey);
  }

  /** What the replacement of the resource's evaluation needs was looked at, and is there. */
  noteReplaceable(key: string, evaluationArn: string): void {
    this.replaceableBy.set(key, evaluationArn);
  }

  /** The evaluation that is to be replaced, according to diff. */
  replaceable(key: string): string | undefined {
    return this.replaceableBy.get(key);
  }

  noteCreated(key: string, evaluationArn: string): void {
    this.created.set(key, evaluationArn);
  }

  /** The evaluation that create gave the resource in this run. */
  createdFor(key: string): string | undefined {
    return this.created.get(key);
  }
}
