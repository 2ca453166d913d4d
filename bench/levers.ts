import type { Environment } from "../test/support/environment";
import type { Case, Contender, Operation, Plan } from "./plan";
import { Stage, type StageOptions } from "./stage";

/** What of the time is the engine's own, and what a person can do about it. */
export interface Levers {
  count: number;
  /** Milliseconds that each answer of the service takes longer. */
  latency: number;
  /** A first `up` with each setting, in seconds. */
  settings: { setting: string; seconds: number }[];
  /** The floor with as many bytes of state as the class has, in seconds. */
  floorWithState: { padding: number; seconds: Partial<Record<Operation, number>> };
}

interface Setting {
  setting: string;
  env?: Environment;
  flags?: string[];
}

const PARALLEL: Setting = { setting: "`--parallel 32`", flags: ["--parallel", "32"] };

const WITHOUT_CHECKPOINTS: Setting = {
  setting: "`PULUMI_SKIP_CHECKPOINTS=true`",
  env: { PULUMI_SKIP_CHECKPOINTS: "true" },
};

const SETTINGS: readonly Setting[] = [
  { setting: "the engine's own defaults" },
  PARALLEL,
  WITHOUT_CHECKPOINTS,
  { ...PARALLEL, ...WITHOUT_CHECKPOINTS, setting: `${WITHOUT_CHECKPOINTS.setting} and ${PARALLEL.setting}` },
];

export async function tryLevers({ levers: { count, latency } }: Plan, tell: (line: string) => void): Promise<Levers> {
  const settings: Levers["settings"] = [];
  for (const { setting, env = {}, flags = [] } of SETTINGS) {
    const seconds = await firstUp({ contender: "class", count, latency }, { env }, flags);
    settings.push({ setting, seconds });
    tell(`${count} × class, ${latency} ms, ${setting}: ${seconds.toFixed(1)} s`);
  }
  return { count, latency, settings, floorWithState: await floorWithState(count, tell) };
}

async function firstUp(one: Case, options: StageOptions, flags: readonly string[] = []): Promise<number> {
  const stage = await Stage.set(one, options);
  try {
    return (await stage.run("up", flags)).seconds;
  } finally {
    await stage.strike();
  }
}

async function floorWithState(count: number, tell: (line: string) => void): Promise<Levers["floorWithState"]> {
  const padding = (await stateBytes("class")) - (await stateBytes("floor"));
  const stage = await Stage.set({ contender: "floor", count, latency: 0 }, { padding });
  try {
    const seconds: Levers["floorWithState"]["seconds"] = {};
    for (const operation of ["up", "tags", "destroy"] as const) {
      seconds[operation] = (await stage.run(operation)).seconds;
      tell(`${count} × floor with ${padding} bytes more: ${operation} ${seconds[operation]?.toFixed(1)} s`);
    }
    return { padding, seconds };
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
