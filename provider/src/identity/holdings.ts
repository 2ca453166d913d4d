import { Failure } from "../shared/errors";
import { isLater } from "./marker";

/** No resource's key. */
const ANOTHER = "another's";

/**
 * Which resource of this process has which evaluation, and which evaluations it deleted. An evaluation belongs to one
 * resource, or removing one of two would delete the other's.
 */
export class Holdings {
  private readonly holders = new Map<string, string>();
  private readonly started = new Set<string>();
  /** The key of the resource for each evaluation that was deleted. */
  private readonly deletedFor = new Map<string, string>();
  /** The marker of the latest life of each evaluation. */
  private readonly lives = new Map<string, string>();

  /**
   * A resource has the evaluation in the life that the marker tells. The tag says so, too, but it may lag, be removed, or
   * not be written yet.
   */
  noteLife(evaluationArn: string, marker: string): void {
    if (!isLater(marker, this.lives.get(evaluationArn) ?? "")) return;
    this.lives.set(evaluationArn, marker);
    // Whoever has it since an earlier life has it no more.
    this.holders.delete(evaluationArn);
  }

  /** Whether a resource of this process has it in a later life than the one that the marker tells. */
  isOutlived(evaluationArn: string, marker = ""): boolean {
    const latest = this.lives.get(evaluationArn);
    return latest !== undefined && isLater(latest, marker);
  }

  /** Nothing of this process is to use the evaluation: another's, of which nothing more is known, has it. */
  leave(evaluationArn: string): void {
    this.holders.set(evaluationArn, ANOTHER);
  }

  isLeft(evaluationArn: string): boolean {
    return this.holders.get(evaluationArn) === ANOTHER;
  }

  /** Takes the evaluation for the resource with this key; false when another resource has it. */
  claim(evaluationArn: string, key: string): boolean {
    if (this.isHeldByAnother(evaluationArn, key)) return false;
    this.holders.set(evaluationArn, key);
    return true;
  }

  /** Takes the evaluation that the state has for the resource; another one in this run may have it too. */
  claimOrRefuse(evaluationArn: string, key: string, marker = ""): void {
    this.noteLife(evaluationArn, marker);
    if (this.claim(evaluationArn, key)) return;
    throw new Failure(`manage evaluation ${evaluationArn}`, {
      why: "two resources of this stack have it in their state",
      remedy: "let go of one of them: `pulumi state delete URN`, which deletes nothing in Amazon Connect",
    });
  }

  /** A start of this process answered with it. */
  noteStarted(evaluationArn: string): void {
    this.started.add(evaluationArn);
  }

  /** Whether this process started it, so that no run was interrupted since. */
  isStartedHere(evaluationArn: string): boolean {
    return this.started.has(evaluationArn);
  }

  isHeld(evaluationArn: string): boolean {
    return this.holders.has(evaluationArn);
  }

  isHeldByAnother(evaluationArn: string, key: string): boolean {
    return (this.holders.get(evaluationArn) ?? key) !== key;
  }

  /** The resource with this key deleted it. */
  noteDeleted(evaluationArn: string, key: string): void {
    this.holders.delete(evaluationArn);
    this.deletedFor.set(evaluationArn, key);
  }

  isDeleted(evaluationArn: string): boolean {
    return this.deletedFor.has(evaluationArn);
  }

  /** Whether this process deleted an evaluation of the resource with this key, to replace it. */
  hasDeletedFor(key: string): boolean {
    return [...this.deletedFor.values()].includes(key);
  }
}
