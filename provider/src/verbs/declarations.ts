import type { Inputs, State } from "../shared/model";

/** What a verb is told of the resource beside its properties. */
export interface Resource {
  /** Stays the same however often the creation is repeated, and tells the resource from all others. */
  key: string;
  /** The resource option `import`: the ARN of an existing evaluation to adopt. */
  adopts?: string;
  /** The resource option `retainOnDelete`, where the front is told of it. */
  isRetained?: boolean | "unknown";
}

/** A resource that the state has. */
export interface Managed {
  /** The evaluation's ARN. */
  id: string;
  state: State;
  /** The resource as the last run knew it: a rename changes its key since. */
  recorded: Resource;
}

/** "possible": what is not known yet may turn out to be as before. */
export type Replacement = "none" | "possible" | "certain";

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
  private readonly replaceableBy = new Map<string, Managed>();
  private readonly replacements = new Map<string, Replacement>();

  note(declaration: Declaration): void {
    this.byKey.set(declaration.resource.key, declaration);
  }

  /**
   * The resource that the state knows by one key has another one now: it was renamed. Whoever renames a resource and
   * changes its contact in one run meets this: its delete would be refused as another resource's, and not know what the
   * program says now.
   */
  identify(evaluationArn: string, recordedKey: string, key: string): void {
    this.keys.set(`${evaluationArn} ${recordedKey}`, key);
  }

  /** What the program says of the resource that has the evaluation, if this run has checked it. */
  of(evaluationArn: string, recordedKey: string): Declaration | undefined {
    return this.byKey.get(this.keys.get(`${evaluationArn} ${recordedKey}`) ?? recordedKey);
  }

  /** What the replacement of the resource's evaluation needs was looked at, and is there. */
  noteReplaceable(key: string, managed: Managed): void {
    this.replaceableBy.set(key, managed);
  }

  /** What diff made of the resource's evaluation. */
  noteReplacement(key: string, replacement: Replacement): void {
    this.replacements.set(key, replacement);
  }

  /** Whether what the engine takes for a new resource may turn out to be no replacement. */
  mayStay(key: string): boolean {
    return this.replacements.get(key) === "possible";
  }

  /** The evaluation that is to be replaced, according to diff. */
  toReplace(key: string): Managed | undefined {
    return this.replaceableBy.get(key);
  }
}
