import { Random } from "./random";
import { type Circumstances, Sequence } from "./sequence";
import type { Operation } from "./service";

/** Many sequences, and what went wrong in how many of them. */

export interface Options {
  sequences: number;
  firstSeed?: number;
  /** The lags to choose from for each read, in seconds; none is [0]. */
  lags: readonly [number, ...number[]];
  denied?: Operation;
  secondEvaluation?: "allowed" | "conflict";
  clientToken?: string;
  /** Gets the story of each sequence that ends badly. */
  onBad?: (problem: string, seed: number, log: string) => void;
}

/** How often each problem came up, by its name; nothing when all went well. */
export async function simulate({
  sequences,
  firstSeed = 0,
  lags,
  onBad,
  ...options
}: Options): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const count = (what: string, by = 1) => {
    if (by > 0) counts[what] = (counts[what] ?? 0) + by;
  };
  for (let seed = firstSeed; seed < firstSeed + sequences; seed += 1) {
    const random = new Random(seed);
    const sequence = new Sequence(random, circumstances(random, lags, options));
    for (let n = 0; n < 8; n += 1) await sequence.step();
    const problem = await sequence.end();
    if (problem !== undefined) {
      count(problem);
      onBad?.(problem, seed, sequence.log);
    }
    count("undisturbed runs that failed", sequence.failedUps);
  }
  return counts;
}

function circumstances(
  random: Random,
  lags: readonly [number, ...number[]],
  options: Omit<Options, "sequences" | "firstSeed" | "lags" | "onBad">,
): Circumstances {
  const lag = () => 1000 * random.pick(lags);
  const lagOf = {
    DescribeContactEvaluation: lag(),
    ListContactEvaluations: lag(),
    DescribeContact: lag(),
    ListTagsForResource: lag(),
  };
  return {
    behaviour: {
      lag: lagOf,
      tagLagMs: 0,
      spentToken: random.pick(["old id", "new evaluation", "conflict", "not found"]),
      otherParameters: random.pick(["ignored", "IdempotencyException", "ResourceConflictException"]),
      otherParametersOfDeleted: random.happens(0.5),
      tokenLifetimeMs: random.pick([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 600_000, 7_200_000]),
      secondEvaluation: options.secondEvaluation ?? "allowed",
      recorded: random.pick(["latest", "latest alive"]),
      describesDeleted: random.happens(0.5),
      tooEarly: random.pick(["ResourceNotFoundException", "InvalidRequestException"]),
      describesTags: random.happens(0.7),
      submits: random.happens(0.3),
    },
    keys: options.secondEvaluation === "conflict" ? ["A"] : random.pick([["A"], ["A"], ["A", "B"]]),
    denied: options.denied,
    clientToken: options.clientToken,
  };
}
