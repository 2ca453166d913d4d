/** Things that wait until enough time has passed, those that have waited longest first. */
export class Waiting<Thing> {
  private readonly queue: { thing: Thing; since: number }[] = [];
  private readonly known = new Map<Thing, number>();

  /** Has a thing wait since then, unless it has waited for longer. */
  add(thing: Thing, since: Date): void {
    const time = since.getTime();
    if ((this.known.get(thing) ?? Number.POSITIVE_INFINITY) <= time) return;
    this.known.set(thing, time);
    // From the end, where its place is unless the clock was set back.
    const before = this.queue.findLastIndex((entry) => entry.since <= time);
    this.queue.splice(before + 1, 0, { thing, since: time });
  }

  /** Takes out what has waited for so long by now. */
  take(now: Date, milliseconds: number): Thing[] {
    const latest = now.getTime() - milliseconds;
    const first = this.queue.findIndex(({ since }) => since > latest);
    const due = this.queue.splice(0, first === -1 ? this.queue.length : first).map(({ thing }) => thing);
    for (const thing of due) this.known.delete(thing);
    return due;
  }
}
