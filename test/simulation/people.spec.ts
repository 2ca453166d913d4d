import assert from "node:assert/strict";
import { type ConnectEmulator, startConnectEmulator } from "../../emulator/src";
import { REGION } from "../support/lifecycle";
import { sequences } from "../support/sequences";
import { simulatePeople } from "./people";

/** `npm run simulate -- --people` tries more of them. */
describe("random sequences in which people grade beside a program", () => {
  let emulator: ConnectEmulator;

  before(async () => {
    emulator = await startConnectEmulator({ region: REGION });
  });

  after(() => emulator.close());

  it("change what the preview names and nothing else, lose nobody's work, never get stuck, and end in silence", async () => {
    const stories: string[] = [];
    const onBad = (problem: string, seed: number, log: string) => stories.push(`${problem} (seed ${seed}): ${log}`);
    await simulatePeople({ emulator, sequences: sequences(36), onBad });
    assert.deepEqual(stories, []);
  }).timeout(180_000);
});
