import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import type { Comparison, Sample } from "./compare";
import type { Levers } from "./levers";
import { median } from "./median";
import type { LiveHeap } from "./memory";
import { table, writePage } from "./page";
import { type Case, CONTENDERS, type Contender, OPERATIONS, type Operation } from "./plan";
import type { QuotaResult } from "./quota";
import type { Results } from "./results";
import type { StartUp } from "./startUp";

/** Writes README.md, and the plot beside it, from what the parts found. */
export async function writeReport(results: Results, folder: string): Promise<void> {
  const { about, minutes, comparison, memory, startUp, quota, levers } = results;
  const took = Object.values(minutes).reduce((sum, one) => sum + one, 0);
  const sections = [
    "# Benchmark",
    "`npm run bench` writes this page; `npm run bench -- --help` says how to run a part of it. The real engine, with its command line and a TypeScript program, runs against the local Connect of this repository, with the file backend, the engine's default parallelism, and nothing else on the machine. Nothing was measured with AWS.",
    about &&
      table([
        ["", ""],
        ["date", about.date],
        ["machine", about.machine],
        ...Object.entries(about.versions),
        ["the run took", `${took.toFixed(0)} minutes`],
      ]),
    comparison && (await compared(comparison, folder)),
    memory && held(memory),
    startUp && startedUp(startUp),
    quota && underQuota(quota),
    levers && tried(levers),
  ];
  const page = path.join(folder, "README.md");
  await writePage(page, sections);
}

async function compared({ samples, states }: Comparison, folder: string): Promise<string> {
  const { plot } = await import("./plot.mjs");
  const cells = medians(samples);
  const near = cells.filter(({ latency }) => latency === 0);
  await writeFile(path.join(folder, "plot.svg"), plot(near));
  return [
    "## Side by side",
    `Three ways to declare the same evaluations, each with three tags ([program](${path.relative(folder, path.join(__dirname, "program")) || "."})):`,
    [
      "- _floor_: a resource of the same type, with the same inputs and an id of the same length, whose provider only keeps its inputs. This is what the engine takes by itself.",
      "- _this package_.",
      "- _documented_: a `pulumi.dynamic.Resource` with a provider class in the program that imports the AWS SDK inside its methods, as Pulumi's documentation teaches. The tables have the calls of both to Connect.",
    ].join("\n"),
    `Seconds of the whole command, medians of ${rounds(samples)}; the contenders take turns. _Emulator_ is the processor time of the benchmark's own process during the command, nearly all of it for the local Connect, on the same two cores. With AWS it would not be there, so the ratio to the floor leaves it out on both sides.`,
    "![Seconds of each operation by number of evaluations](plot.svg)",
    ...[...new Set(cells.map(({ latency }) => latency))].flatMap((latency) => [
      latency === 0 ? "Connect answers immediately:" : `Connect answers after ${latency} ms:`,
      times(cells.filter((cell) => cell.latency === latency)),
    ]),
    "### Growth",
    "Milliseconds that each additional evaluation takes, from one size to the next, without the emulator's processor time. The engine's share grows: it writes the whole state again and again, and this package keeps more bytes in it than the floor.",
    growth(near),
    "### Memory and state",
    "Peak memory of the provider process over all six operations, including garbage that is not collected yet, and bytes of an evaluation in the state. _Engine_ is the part that is neither input nor output: URNs, dependencies, and where in the program the resource was declared.",
    sizes(cells, states),
  ].join("\n\n");
}

interface Cell extends Case {
  operation: Operation;
  seconds: number;
  emulatorSeconds: number;
  calls: number;
  providerMegabytes: number | undefined;
}

/** Without the processor time of this process, which with AWS is not there. */
const net = (cell: Cell | undefined): number | undefined => cell && cell.seconds - cell.emulatorSeconds;

/** The medians of the rounds. */
function medians(samples: readonly Sample[]): Cell[] {
  const keyOf = ({ contender, count, latency, operation }: Sample) => [contender, count, latency, operation].join();
  return [...new Set(samples.map(keyOf))].flatMap((key) => {
    const group = samples.filter((sample) => keyOf(sample) === key);
    const [first] = group;
    if (first === undefined) return [];
    const middle = (of: (sample: Sample) => number | undefined) => median(group.map(of).filter((x) => x !== undefined));
    return {
      ...first,
      seconds: middle(({ seconds }) => seconds),
      emulatorSeconds: middle(({ emulatorSeconds }) => emulatorSeconds),
      calls: middle(({ calls }) => calls),
      providerMegabytes: middle(({ providerMegabytes }) => providerMegabytes),
    };
  });
}

function rounds(samples: readonly Sample[]): string {
  const [first] = samples;
  const same = samples.filter(
    (one) =>
      one.contender === first?.contender &&
      one.count === first.count &&
      one.latency === first.latency &&
      one.operation === first.operation,
  );
  return same.length === 1 ? "one round" : `${same.length} rounds`;
}

function times(cells: readonly Cell[]): string {
  const rows = [...new Set(cells.map(({ count }) => count))].flatMap((count) =>
    (Object.keys(OPERATIONS) as Operation[]).map((operation) => {
      const of = (contender: Contender) =>
        cells.find((cell) => cell.contender === contender && cell.count === count && cell.operation === operation);
      const [floor, ours, documented] = [of("floor"), of("package"), of("documented")];
      return [
        String(count),
        OPERATIONS[operation].title,
        seconds(floor?.seconds),
        seconds(ours?.seconds),
        seconds(ours?.emulatorSeconds),
        ratio(net(ours), net(floor)),
        seconds(documented?.seconds),
        ratio(ours?.seconds, documented?.seconds),
        String(ours?.calls ?? ""),
        String(documented?.calls ?? ""),
      ];
    }),
  );
  const head = ["evaluations", "operation", "floor", "this package", "emulator", "relative to the floor"];
  return table([[...head, "documented", "relative to documented", "calls", "documented, calls"], ...rows]);
}

/** Fewer evaluations say more about the start of processes than about evaluations. */
const GROWTH_FROM = 200;

function growth(cells: readonly Cell[]): string {
  const counts = [...new Set(cells.map(({ count }) => count))].filter((count) => count >= GROWTH_FROM);
  const steps = counts.slice(1).map((to, at) => [counts[at] ?? Number.NaN, to] as const);
  const each = (contender: Contender, operation: Operation, [from, to]: readonly [number, number]) => {
    const time = (count: number) => {
      const cell = cells.find(
        (one) => one.contender === contender && one.operation === operation && one.count === count,
      );
      return net(cell);
    };
    const [less, more] = [time(from), time(to)];
    return less === undefined || more === undefined ? "" : (((more - less) / (to - from)) * 1000).toFixed(1);
  };
  const contenders = Object.keys(CONTENDERS) as Contender[];
  const head = contenders.flatMap((contender) => steps.map(([from, to]) => `${contender}, ${from} to ${to}`));
  const rows = (Object.keys(OPERATIONS) as Operation[]).map((operation) => [
    OPERATIONS[operation].title,
    ...contenders.flatMap((contender) => steps.map((step) => each(contender, operation, step))),
  ]);
  return table([["operation", ...head], ...rows]);
}

function sizes(cells: readonly Cell[], states: Comparison["states"]): string {
  const near = states.filter(({ latency }) => latency === 0);
  const rows = [...new Set(near.map(({ count }) => count))].map((count) => [
    String(count),
    ...(Object.keys(CONTENDERS) as Contender[]).flatMap((contender) => {
      const state = near.find((one) => one.contender === contender && one.count === count);
      const peaks = cells.filter((cell) => cell.contender === contender && cell.count === count && cell.latency === 0);
      const peak = Math.max(...peaks.map(({ providerMegabytes = Number.NaN }) => providerMegabytes));
      return [
        Number.isFinite(peak) ? `${peak.toFixed(0)} MB` : "",
        state ? `${state.bytes} B, engine ${state.engineBytes} B` : "",
      ];
    }),
  ]);
  const head = ["floor", "this package", "documented"].flatMap((name) => [name, `${name}, state`]);
  return table([["evaluations", ...head], ...rows]);
}

function held(heaps: readonly LiveHeap[]): string {
  const [first, last] = [heaps[0], heaps.at(-1)];
  const each = first && last && ((last.megabytes - first.megabytes) * 1e6) / (last.count - first.count);
  return [
    "## Memory that the provider process keeps",
    `The heap in use after one process has started this many evaluations and collected all garbage: ${each?.toFixed(0)} bytes for each.`,
    table([
      ["evaluations", ...heaps.map(({ count }) => String(count))],
      ["MB", ...heaps.map(({ megabytes }) => megabytes.toFixed(1))],
    ]),
  ].join("\n\n");
}

function startedUp({ rounds: times, firstCall, engineCalls, loadingSdk, sdkFirstCall }: StartUp): string {
  return [
    "## Start-up",
    `The provider process, called as the engine calls it (Configure, Check, Create); medians of ${times} rounds.`,
    table([
      ["", "ms", "relative to loading the SDK"],
      ["loading `@aws-sdk/client-connect` and nothing else", ms(loadingSdk), "1"],
      ["the same, and its first call", ms(sdkFirstCall), ratio(sdkFirstCall, loadingSdk)],
      ["the engine's three calls to a provider that does nothing", ms(engineCalls), ratio(engineCalls, loadingSdk)],
      [
        "this package: from the engine's first call to the first call to Connect",
        ms(firstCall),
        ratio(firstCall, loadingSdk),
      ],
    ]),
    `So this package adds ${ms(firstCall - sdkFirstCall - engineCalls)} ms to what the SDK and the engine's calls take. An \`up\` without changes does not load the SDK.`,
  ].join("\n\n");
}

function underQuota(results: readonly QuotaResult[]): string {
  const rows = results.map((one) => [
    CONTENDERS[one.contender],
    String(one.count),
    one.quota,
    OPERATIONS[one.operation].title,
    one.seconds.toFixed(1),
    one.least.toFixed(1),
    ratio(one.seconds, one.least),
    String(one.calls),
    String(one.throttled),
    String(one.failed),
    String(one.orphaned),
  ]);
  const head = [
    "",
    "evaluations",
    "quota",
    "operation",
    "seconds",
    "least",
    "relative to the least",
    "calls",
    "throttled",
  ];
  return [
    "## Under a quota",
    "The emulator allows a number of calls per second, and a number at once; 3/5 is what Connect documents. _Least_ is the least time in which the quota allows the calls that are needed. _Failed_ evaluations are not in the state afterwards. _Orphaned_ evaluations exist in the service, unknown to the state.",
    table([[...head, "failed", "orphaned"], ...rows]),
  ].join("\n\n");
}

function tried({ count, latency, settings, floorWithState: { padding, seconds: padded } }: Levers): string {
  const [usual] = settings;
  const operations = (Object.keys(padded) as Operation[]).map(
    (operation) => `${OPERATIONS[operation].title} ${padded[operation]?.toFixed(1)}`,
  );
  return [
    "## Where the engine is the bottleneck",
    `The engine writes the whole state twice for each resource, so its time grows with the square of the number of resources, times the bytes of each. ${count} resources of the floor, padded with the ${padding} bytes more that this package keeps, take in seconds: ${operations.join(", ")}.`,
    `The first \`up\` of ${count} evaluations with different settings of the engine, if Connect answers after ${latency} ms; one run each:`,
    table([
      ["setting", "seconds", "relative to the defaults"],
      ...settings.map(({ setting, seconds: taken }) => [setting, taken.toFixed(1), ratio(taken, usual?.seconds)]),
    ]),
    "By default, the engine works on four resources at once per core. Without checkpoints it writes the state only at the end, also after a failure or an interrupt. A run that is killed leaves none of what it did in the state: at the next `up` this package finds the evaluations again, and other resources of the stack may be lost.",
  ].join("\n\n");
}

const seconds = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(2));
const ms = (value: number): string => value.toFixed(0);

function ratio(value: number | undefined, to: number | undefined): string {
  return value === undefined || to === undefined || to === 0 ? "" : (value / to).toFixed(2);
}

/** The first row is the head. */
