import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { REGION } from "../support/lifecycle";
import { GradedWithPeople } from "./people";
import { Random } from "./random";

/** `SEQUENCES=10000 SEED=50000 npx mocha test/simulation/people.spec.ts` plays others. */
const SEQUENCES = Number(process.env.SEQUENCES ?? 150);
const FIRST_SEED = Number(process.env.SEED ?? 0);

describe("random sequences in which people grade beside a program", function () {
  this.timeout(0);

  let emulator: ConnectEmulator;

  before(async () => {
    emulator = await startConnectEmulator({ region: REGION });
  });

  after(() => emulator.close());

  it("change what the preview names and nothing else, lose nobody's work, never get stuck, and end in silence", async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed += 1) {
      const sequence = new GradedWithPeople(emulator, new Random(seed));
      try {
        for (let steps = 0; steps < 8; steps += 1) await sequence.step();
        await sequence.end();
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        throw new Error(`seed ${seed}: ${error.message}\n${sequence.log.join("\n")}`, { cause: error });
      }
    }
  });
});
