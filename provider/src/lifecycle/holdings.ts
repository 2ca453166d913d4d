/** Which resource of this process has which evaluation, and which evaluations it deleted. */
export class Holdings {
  private readonly holders = new Map<string, string>();
  private readonly started = new Set<string>();
  private readonly deleted = new Set<string>();
  private readonly deletedFor = new Set<string>();

  /** Takes the evaluation for the resource with this key; false when another resource has it. */
  claim(evaluationArn: string, key: string): boolean {
    if (this.isHeldByAnother(evaluationArn, key)) return false;
    this.holders.set(evaluationArn, key);
    return true;
  }

  /** Takes the evaluation that a start answered with; false when a resource of this process has it already. */
  claimStarted(evaluationArn: string, key: string): boolean {
    if (this.isHeld(evaluationArn)) return false;
    this.started.add(evaluationArn);
    return this.claim(evaluationArn, key);
  }

  /** The resource that claimed the evaluation does not keep it. */
  letGo(evaluationArn: string): void {
    this.holders.delete(evaluationArn);
  }

  isHeld(evaluationArn: string): boolean {
    return this.holders.has(evaluationArn);
  }

  isHeldByAnother(evaluationArn: string, key: string): boolean {
    return (this.holders.get(evaluationArn) ?? key) !== key;
  }

  /** Whether this process started it, so that no earlier run can have been interrupted since. */
  isStartedHere(evaluationArn: string): boolean {
    return this.started.has(evaluationArn);
  }

  /** The resource with this key deleted it. */
  release(evaluationArn: string, key: string): void {
    this.holders.delete(evaluationArn);
    this.deleted.add(evaluationArn);
    this.deletedFor.add(key);
  }

  isDeleted(evaluationArn: string): boolean {
    return this.deleted.has(evaluationArn);
  }

  /** Whether this process deleted an evaluation of the resource with this key, to replace it. */
  hasDeletedFor(key: string): boolean {
    return this.deletedFor.has(key);
  }
}
