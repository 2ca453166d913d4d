/** Which resource of this process has which evaluation, and which evaluations it deleted. */
export class Holdings {
  private readonly holders = new Map<string, string>();
  private readonly deleted = new Set<string>();
  private readonly deletedFor = new Set<string>();

  /** Takes the evaluation for the resource with this key; false when another one has it. */
  claim(evaluationArn: string, key = ""): boolean {
    const holder = this.holders.get(evaluationArn) ?? key;
    if (holder !== key) return false;
    this.holders.set(evaluationArn, key);
    return true;
  }

  /** What the state says: this resource has it, whoever had it before (a rename changes the key). */
  hold(evaluationArn: string, key = ""): void {
    this.holders.set(evaluationArn, key);
  }

  isHeldByAnother(evaluationArn: string, key = ""): boolean {
    return (this.holders.get(evaluationArn) ?? key) !== key;
  }

  /** The resource with this key deleted it. */
  release(evaluationArn: string, key = ""): void {
    this.holders.delete(evaluationArn);
    this.deleted.add(evaluationArn);
    this.deletedFor.add(key);
  }

  /** Whether a token of this resource is spent for certain: its evaluation was deleted in this run, to be replaced. */
  hasSpentToken(key = ""): boolean {
    return this.deletedFor.has(key);
  }

  isDeleted(evaluationArn: string): boolean {
    return this.deleted.has(evaluationArn);
  }
}
