import { type Case, OPERATIONS, type Operation, type Plan } from "./plan";
import { type Cost, Stage, type StateSize } from "./stage";

/** What one command cost in one round. */
export interface Sample extends Case, Cost {
  operation: Operation;
}

export interface Comparison {
  samples: Sample[];
  states: (Case & StateSize)[];
}

/** Takes every case from its first `up` to its `destroy`, the contenders in turn. */
export async function compare({ cases }: Plan, tell: (line: string) => void): Promise<Comparison> {
  const samples: Sample[] = [];
  const states: Comparison["states"] = [];
  const most = Math.max(...cases.map(({ rounds }) => rounds));
  for (let round = 1; round <= most; round++) {
    for (const { rounds, ...one } of cases) {
      if (round > rounds) continue;
      const stage = await Stage.set(one);
      try {
        const seconds: string[] = [];
        for (const operation of Object.keys(OPERATIONS) as Operation[]) {
          const cost = await stage.run(operation);
          samples.push({ ...one, operation, ...cost });
          seconds.push(`${operation} ${cost.seconds.toFixed(1)} s`);
          if (operation === "up" && round === 1) states.push({ ...one, ...(await stage.stateSize()) });
        }
        tell(`round ${round}, ${one.count} × ${one.contender}, ${one.latency} ms: ${seconds.join(", ")}`);
      } finally {
        await stage.strike();
      }
    }
  }
  return { samples, states };
}
