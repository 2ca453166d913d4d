import { parseArgs } from "node:util";
import { startConnectEmulator } from "../../emulator/src";
import { REGION } from "../support/lifecycle";
import { simulateLives } from "./lives";
import { simulatePeople } from "./people";
import type { Operation } from "./service";
import { type Options, simulate } from "./simulate";

/**
 * `npm run simulate -- --sequences 40000 --lags 0,1,2,3` prints what goes wrong in how many sequences, and with `--show 3`
 * the stories of the first three. With `--lives`, the sequences are those of lives.ts, with `--people` those of people.ts. `TRACE=1 ... --seed 123 --sequences 1 --show 1` names each call of one of them.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sequences: { type: "string", default: "40000" },
      seed: { type: "string", default: "0" },
      lags: { type: "string", default: "0" },
      denied: { type: "string" },
      conflict: { type: "boolean", default: false },
      token: { type: "string" },
      lives: { type: "boolean", default: false },
      people: { type: "boolean", default: false },
      untagging: { type: "boolean", default: false },
      show: { type: "string", default: "0" },
    },
  });
  let shown = 0;
  const onBad: Options["onBad"] = (problem, seed, log) => {
    shown += 1;
    if (shown <= Number(values.show)) console.log(`${problem} (seed ${seed}): ${log}\n`);
  };
  const sequences = Number(values.sequences);
  const firstSeed = Number(values.seed);
  if (values.lives) {
    console.log(await simulateLives({ sequences, firstSeed, untagging: values.untagging, onBad }));
    return;
  }
  if (values.people) {
    const emulator = await startConnectEmulator({ region: REGION });
    console.log(await simulatePeople({ emulator, sequences, firstSeed, onBad }));
    await emulator.close();
    return;
  }
  const [first = 0, ...others] = values.lags.split(",").map(Number);
  const options: Options = {
    sequences,
    firstSeed,
    lags: [first, ...others],
    secondEvaluation: values.conflict ? "conflict" : "allowed",
    ...(values.denied !== undefined && { denied: values.denied as Operation }),
    ...(values.token !== undefined && { clientToken: values.token }),
    onBad,
  };
  console.log(process.argv.slice(2).join(" "), await simulate(options));
}

void main();
