/** What is measured, as data. */

/** The ways to declare an evaluation, each a file of program/. */
export type Contender = "floor" | "package" | "documented";

export const CONTENDERS: Readonly<Record<Contender, string>> = {
  floor: "a resource that does nothing",
  package: "this package",
  documented: "the way of Pulumi's documentation",
};

const UP = ["up", "--yes", "--skip-preview"];

/** What a person does with a stack, in this order, and with which tags the program declares the evaluations then. */
export const OPERATIONS = {
  up: { title: "first `up`", args: UP, round: "1" },
  unchanged: { title: "`up` without changes", args: UP, round: "1" },
  preview: { title: "`preview` without changes", args: ["preview"], round: "1" },
  refresh: { title: "`refresh`", args: ["refresh", "--yes", "--skip-preview"], round: "1" },
  tags: { title: "a tag edit on all", args: UP, round: "2" },
  destroy: { title: "`destroy`", args: ["destroy", "--yes", "--skip-preview"], round: "2" },
} as const;

export type Operation = keyof typeof OPERATIONS;

/** One way, so many evaluations, so far away a service. */
export interface Case {
  contender: Contender;
  count: number;
  /** Milliseconds that each answer of the service takes longer. */
  latency: number;
}

export interface Plan {
  rounds: number;
  /** In the order of each round, so that the contenders alternate. */
  cases: Case[];
  quota: QuotaPlan;
  startUpRounds: number;
  /** After how many evaluations the provider's memory is looked at, in rising order. */
  memoryCounts: number[];
  levers: LeverPlan;
}

export interface QuotaPlan {
  contenders: Contender[];
  count: number;
  /** Calls a second, and calls at once. */
  rate: number;
  burst: number;
  operations: Operation[];
}

/** What the engine's settings are tried with. */
interface LeverPlan {
  count: number;
  latency: number;
}

const cases = (counts: number[], latency: number, contenders: Contender[]): Case[] =>
  counts.flatMap((count) => contenders.map((contender) => ({ contender, count, latency })));

const ALL: Contender[] = ["floor", "package", "documented"];

/** Where nothing is called, latency makes no difference: the floor is measured without. */
const CALLING: Contender[] = ["package", "documented"];

export const FULL: Plan = {
  rounds: 3,
  cases: [...cases([1, 50, 200, 500], 0, ALL), ...cases([1000], 0, ["floor", "package"]), ...cases([50], 50, CALLING)],
  quota: { contenders: CALLING, count: 300, rate: 3, burst: 5, operations: ["up"] },
  startUpRounds: 15,
  memoryCounts: [1, 500, 1000, 2000, 4000],
  levers: { count: 500, latency: 100 },
};

export const QUICK: Plan = {
  rounds: 1,
  cases: [...cases([1, 50, 200], 0, ALL), ...cases([50], 50, CALLING)],
  quota: { contenders: CALLING, count: 30, rate: 3, burst: 5, operations: ["up"] },
  startUpRounds: 5,
  memoryCounts: [1, 500, 1000],
  levers: { count: 200, latency: 100 },
};
