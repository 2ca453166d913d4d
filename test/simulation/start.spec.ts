import assert from "node:assert/strict";
import { type Options, simulate } from "./simulate";

/** The figures are the same in every run, since every sequence is seeded. `npm run simulate` tries more of them. */
async function problems(options: Partial<Options>): Promise<Record<string, number>> {
  const stories: string[] = [];
  const onBad = (problem: string, seed: number, log: string) => stories.push(`${problem} (seed ${seed}): ${log}`);
  const counts = await simulate({ sequences: 700, lags: [0], onBad, ...options });
  // The first story says more than a number.
  if (options.lags === undefined && stories.length > 0 && options.denied === undefined) assert.fail(stories[0]);
  return counts;
}

describe("random sequences of runs, interruptions, destroys and colleagues", () => {
  it("end with one evaluation for each resource, and no run fails without a cause, where no read lags", async () => {
    assert.deepEqual(await problems({ sequences: 2000 }), {});
  });

  it("end so where Connect refuses a second evaluation of a contact with a form", async () => {
    const { "undisturbed runs that failed": _, ...rest } = await problems({ secondEvaluation: "conflict" });
    assert.deepEqual(rest, {});
  });

  for (const denied of ["DescribeContact", "DeleteContactEvaluation", "ListEvaluationFormVersions"] as const) {
    it(`end so without the permission ${denied}, given in the end where the command names it`, async () => {
      assert.deepEqual(await problems({ denied }), {});
    });
  }

  for (const denied of ["DescribeContactEvaluation", "ListTagsForResource"] as const) {
    it(`start no second evaluation without the permission ${denied}, which an evaluation needs to be recognized`, async () => {
      const { doubled = 0, orphaned = 0, shared = 0 } = await problems({ denied, sequences: 200 });
      assert.deepEqual({ doubled, orphaned, shared }, { doubled: 0, orphaned: 0, shared: 0 });
    });
  }

  it("rarely end with two evaluations where reads lag by up to three seconds", async () => {
    const { "undisturbed runs that failed": _, ...rest } = await problems({ lags: [0, 1, 2, 3], sequences: 2000 });
    assert.deepEqual(rest, LAGS_OF_SECONDS);
  });

  it("seldom end with two evaluations where reads lag by up to ninety seconds", async () => {
    const { "undisturbed runs that failed": _, ...rest } = await problems({
      lags: [0, 0, 0, 2, 5, 25, 90],
      sequences: 1000,
    });
    assert.deepEqual(rest, LAGS_OF_MINUTES);
  });
});

/** Measured. Fewer are welcome: lower the number then. */
const LAGS_OF_SECONDS = {};
const LAGS_OF_MINUTES = { doubled: 4 };
