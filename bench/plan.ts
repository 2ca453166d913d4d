/** What is measured, as data. */

/** The ways to declare an evaluation, each a file of program/. */
export type Contender = "floor" | "class" | "plugin" | "documented";

export const CONTENDERS: Readonly<Record<Contender, string>> = {
  floor: "a resource that does nothing",
  class: "this package's class",
  plugin: "this package's plugin",
  documented: "the way of Pulumi's documentation",
};

const UP = ["up", "--yes", "--skip-preview"];

/** What a person does with a stack, in this order, and with which tags the program declares the evaluations then. */
export const OPERATIONS = {
  up: { title: "first `up`", args: UP, round: "1" },
  unchanged: { title: "`up` without changes", args: UP, round: "1" },
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
  /** In the order of each round, so that the contenders alternate. */
  cases: PlannedCase[];
  quota: QuotaPlan;
  startUpRounds: number;
  /** After how many evaluations the provider's memory is looked at, in rising order. */
  memoryCounts: number[];
  levers: LeverPlan;
}

export interface PlannedCase extends Case {
  rounds: number;
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

interface Measured {
  rounds: number;
  latency?: number;
}

const cases = (counts: number[], contenders: Contender[], { rounds, latency = 0 }: Measured): PlannedCase[] =>
  counts.flatMap((count) => contenders.map((contender) => ({ contender, count, latency, rounds })));

/** Without the way of the documentation, which with many evaluations takes longer than all others together. */
const FAST: Contender[] = ["floor", "class", "plugin"];

const ALL: Contender[] = [...FAST, "documented"];

/** Where nothing is called, latency makes no difference: the floor is measured without. */
const CALLING: Contender[] = ["class", "plugin", "documented"];

const AT_3_5 = {
  contenders: ["class", "documented"],
  rate: 3,
  burst: 5,
  operations: ["up"],
} satisfies Partial<QuotaPlan>;

export const PLANS = {
  /** Whether everything works. */
  quick: {
    cases: cases([1, 20], ALL, { rounds: 1 }),
    quota: { ...AT_3_5, count: 10 },
    startUpRounds: 3,
    memoryCounts: [1, 100],
    levers: { count: 20, latency: 100 },
  },
  usual: {
    cases: [
      ...cases([1], ALL, { rounds: 3 }),
      ...cases([200], FAST, { rounds: 3 }),
      ...cases([200], ["documented"], { rounds: 1 }),
      ...cases([500], FAST, { rounds: 1 }),
    ],
    quota: { ...AT_3_5, count: 60 },
    startUpRounds: 15,
    memoryCounts: [1, 500, 1000, 2000],
    levers: { count: 500, latency: 100 },
  },
  long: {
    cases: [
      ...cases([1, 50, 200, 500], ALL, { rounds: 3 }),
      ...cases([1000], FAST, { rounds: 3 }),
      ...cases([50], CALLING, { rounds: 3, latency: 50 }),
    ],
    quota: { ...AT_3_5, count: 300 },
    startUpRounds: 15,
    memoryCounts: [1, 500, 1000, 2000, 4000],
    levers: { count: 500, latency: 100 },
  },
} satisfies Record<string, Plan>;
