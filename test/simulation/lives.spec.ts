import assert from "node:assert/strict";
import { sequences } from "../support/sequences";
import { simulateLives } from "./lives";

/** In docs/limits.md: nobody can tell these from another's. */
const TOLD = ["left alive after a run that was cut off", "deleted before its take-over was finished"];

/** `npm run simulate -- --lives` tries more of them. A marker's nonce is random and decides nothing here. */
describe("random sequences of take-overs, forced replacements, interruptions, and stacks with equal keys", () => {
  for (const untagging of [false, true]) {
    const told = untagging ? [...TOLD, "the evaluation of a later life deleted"] : TOLD;
    const where = untagging ? ", also where somebody removes markers" : ", and never delete what a later life has";
    it(`end with each evaluation in one state${where}`, async () => {
      const stories: string[] = [];
      await simulateLives({
        sequences: sequences(150),
        untagging,
        onBad: (problem, seed, log) => told.includes(problem) || stories.push(`${problem} (seed ${seed}): ${log}`),
      });
      assert.deepEqual(stories, []);
    }).timeout(60_000);
  }
});
