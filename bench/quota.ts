import type { Contender, Operation, QuotaPlan } from "./plan";
import { Stage } from "./stage";

/** What a command came to under a quota. */
export interface QuotaResult {
  contender: Contender;
  count: number;
  quota: string;
  operation: Operation;
  seconds: number;
  /** The least time that the quota allows for the calls that are needed. */
  least: number;
  calls: number;
  throttled: number;
  /** Evaluations that the command should have started and did not, as far as the state knows. */
  failed: number;
  /** Evaluations that live at the service and that no state knows. */
  orphaned: number;
}

/** Calls that each evaluation needs. */
const CALLS: Partial<Record<Operation, number>> = { up: 2, refresh: 1, tags: 1, destroy: 2 };

export async function measureUnderQuota(
  { contenders, count, rate, burst, operations }: QuotaPlan,
  tell: (line: string) => void,
): Promise<QuotaResult[]> {
  const results: QuotaResult[] = [];
  for (const contender of contenders) {
    const stage = await Stage.set({ contender, count, latency: 0 });
    try {
      for (const operation of operations) {
        // Each command finds a full bucket, as one that comes some time after another does.
        stage.emulator.throttle = { evaluations: { rate, burst }, others: { rate, burst } };
        const { cost } = await stage.attempt(operation);
        const managed = new Set(await stage.managed());
        const live = stage.emulator.evaluations().map(({ arn }) => arn);
        const result = {
          contender,
          count,
          quota: `${rate}/${burst}`,
          operation,
          seconds: cost.seconds,
          least: ((CALLS[operation] ?? 0) * count - burst) / rate,
          calls: cost.calls,
          throttled: cost.throttled,
          failed: operation === "destroy" ? managed.size : count - managed.size,
          orphaned: live.filter((arn) => !managed.has(arn)).length,
        };
        results.push(result);
        tell(`${contender} at ${result.quota}: ${operation} ${cost.seconds.toFixed(1)} s, ${result.failed} failed`);
      }
    } finally {
      await stage.strike();
    }
  }
  return results;
}
