import type { Environment } from "../test/engine/support/environment";
import { median } from "./median";
import type { Case, Contender, Plan } from "./plan";
import { Stage, type StageOptions } from "./stage";

/** What of the time is the engine's own, and what a person can do about it. */
export interface Levers {
  count: number;
  /** A first `up` with each setting, in seconds. */
  settings: { setting: string; seconds: number }[];
  /** A first `up` of the floor with as many bytes of state as this package has. */
  floorWithState: { padding: number; seconds: number };
}

interface Setting {
  setting: string;
  env?: Environment;
  flags?: string[];
}

const SETTINGS: readonly Setting[] = [
  { setting: "the engine's own defaults" },
  { setting: "`--parallel 100`", flags: ["--parallel", "100"] },
  {
    setting: "`PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS=true`",
    env: { PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true" },
  },
  { setting: "`GOGC=400`", env: { GOGC: "400" } },
  {
    setting: "`PULUMI_EXPERIMENTAL=true PULUMI_SKIP_CHECKPOINTS=true`",
    env: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" },
  },
];

export async function tryLevers(
  { leverCount: count, leverRounds: rounds }: Plan,
  tell: (line: string) => void,
): Promise<Levers> {
  const padding = (await stateBytes("package")) - (await stateBytes("floor"));
  const taken = new Map<string, number[]>(SETTINGS.map(({ setting }) => [setting, []]));
  const padded: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    for (const { setting, env = {}, flags = [] } of SETTINGS) {
      const seconds = await firstUp({ contender: "package", count, latency: 0 }, { env }, flags);
      taken.get(setting)?.push(seconds);
      tell(`round ${round}, ${count} × package, ${setting}: ${seconds.toFixed(1)} s`);
    }
    const seconds = await firstUp({ contender: "floor", count, latency: 0 }, { padding });
    padded.push(seconds);
    tell(`round ${round}, ${count} × floor with ${padding} bytes more: ${seconds.toFixed(1)} s`);
  }
  return {
    count,
    settings: [...taken].map(([setting, seconds]) => ({ setting, seconds: median(seconds) })),
    floorWithState: { padding, seconds: median(padded) },
  };
}

async function firstUp(one: Case, options: StageOptions, flags: readonly string[] = []): Promise<number> {
  const stage = await Stage.set(one, options);
  try {
    return (await stage.run("up", flags)).seconds;
  } finally {
    await stage.strike();
  }
}

async function stateBytes(contender: Contender): Promise<number> {
  const stage = await Stage.set({ contender, count: 1, latency: 0 });
  try {
    await stage.run("up");
    return (await stage.stateSize()).bytes;
  } finally {
    await stage.strike();
  }
}
