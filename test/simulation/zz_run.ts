import { startConnectEmulator } from "../../emulator/src";
import { REGION } from "../support/lifecycle";
import { GradedWithPeople } from "./people";
import { Random } from "./random";
async function main() {
  const [from, to, show] = process.argv.slice(2).map(Number) as [number, number, number];
  const emulator = await startConnectEmulator({ region: REGION });
  const bad: string[] = []; let shown = 0;
  for (let seed = from; seed < to; seed++) {
    const s = new GradedWithPeople(emulator, new Random(seed));
    try { for (let n = 0; n < 8; n++) await s.step(); await s.end(); } catch (e) {
      const message = String((e as Error).message).split("\n")[0];
      bad.push(`${seed}: ${message}`);
      if (shown++ < show) console.log(`seed ${seed}: ${(e as Error).message}\n${s.log.join("\n")}\n${(e as Error).stack}`);
    }
  }
  console.log(`${to - from} sequences, bad ${bad.length}\n${bad.join("\n")}`);
  await emulator.close();
}
void main();
