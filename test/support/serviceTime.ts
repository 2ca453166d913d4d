/** A clock that can be moved, as that of an emulator. */
export interface MovableClock {
  advance(milliseconds: number): void;
}

/**
 * The provider's waits for the service, in the service's time: they take none of ours. Waits that run side by side end in
 * their order, and the clock is moved once for what they have in common.
 */
export class ServiceTime {
  private passed = 0;
  private readonly waiting: { until: number; end: () => void }[] = [];

  private constructor(private readonly clock: MovableClock) {}

  /** All who work with one service have one time. */
  static of(clock: MovableClock): ServiceTime {
    const known = times.get(clock) ?? new ServiceTime(clock);
    times.set(clock, known);
    return known;
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((end) => {
      this.waiting.push({ until: this.passed + milliseconds, end });
      setImmediate(() => this.endNext());
    });
  }

  private endNext(): void {
    const [next, ...later] = this.waiting.toSorted((one, other) => one.until - other.until);
    if (next === undefined) return;
    this.waiting.splice(0, this.waiting.length, ...later);
    this.clock.advance(Math.max(0, next.until - this.passed));
    this.passed = Math.max(this.passed, next.until);
    next.end();
  }
}

const times = new WeakMap<MovableClock, ServiceTime>();
