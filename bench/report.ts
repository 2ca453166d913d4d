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
    `Four ways to declare the same evaluations, each with three tags ([program](${path.relative(folder, path.join(__dirname, "program")) || "."})):`,
    [
      "- _floor_: a resource of the same type, with the same inputs and an id of the same length, whose provider only keeps its inputs. This is what the engine takes by itself.",
      "- _class_: this package's `ContactEvaluation`, a dynamic provider's resource.",
      "- _plugin_: the same resource of this package's provider plugin, bundled, as `npm run plugin` makes it.",
      "- _documented_: a `pulumi.dynamic.Resource` with a provider class in the program that imports the AWS SDK inside its methods, as Pulumi's documentation teaches.",
    ].join("\n"),
    `Seconds of the whole command, medians of the rounds; the contenders take turns. _Emulator_ is the processor time of the benchmark's own process while the class's command runs, nearly all of it for the local Connect, on the same cores. With AWS it would not be there, so the ratios to the floor leave it out on both sides.`,
    "![Seconds of each operation by number of evaluations](plot.svg)",
    ...[...new Set(cells.map(({ latency }) => latency))].flatMap((latency) => [
      latency === 0 ? "Connect answers immediately:" : `Connect answers after ${latency} ms:`,
      times(cells.filter((cell) => cell.latency === latency)),
    ]),
    "### Calls",
    "Calls of Connect for each evaluation, as the local Connect counted them.",
    callsOfEach(near),
    ...growth(near),
    "### State",
    "Bytes of an evaluation in the state. The engine adds what is neither input nor output: URNs, dependencies, and where in the program the resource was declared.",
    stateSizes(states),
    "### Peak memory",
    "Megabytes of the provider process, the highest of all operations, including garbage that is not collected yet.",
    peaks(near),
  ].join("\n\n");
}

interface Cell extends Case {
  operation: Operation;
  seconds: number;
  emulatorSeconds: number;
  callsOf: Record<string, number>;
  providerMegabytes: number | undefined;
  rounds: number;
}

const contendersOf = (cells: readonly { contender: Contender }[]): Contender[] =>
  (Object.keys(CONTENDERS) as Contender[]).filter((contender) => cells.some((cell) => cell.contender === contender));

const countsOf = (cells: readonly { count: number }[]): number[] => [...new Set(cells.map(({ count }) => count))];

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
      providerMegabytes: middle(({ providerMegabytes }) => providerMegabytes),
      rounds: group.length,
    };
  });
}

function times(cells: readonly Cell[]): string {
  const contenders = contendersOf(cells);
  const rows = countsOf(cells).flatMap((count) =>
    (Object.keys(OPERATIONS) as Operation[]).map((operation) => {
      const of = (contender: Contender) =>
        cells.find((cell) => cell.contender === contender && cell.count === count && cell.operation === operation);
      const [floor, ours, plugin, documented] = [of("floor"), of("class"), of("plugin"), of("documented")];
      const fewer = documented && documented.rounds !== ours?.rounds ? `, documented ${documented.rounds}` : "";
      return [
        String(count),
        OPERATIONS[operation].title,
        `${ours?.rounds}${fewer}`,
        ...contenders.map((contender) => seconds(of(contender)?.seconds)),
        seconds(ours?.emulatorSeconds),
        ratio(net(ours), net(floor)),
        ratio(net(plugin), net(floor)),
        ratio(plugin?.seconds, ours?.seconds),
        ratio(ours?.seconds, documented?.seconds),
      ];
    }),
  );
  const ratios = ["class / floor", "plugin / floor", "plugin / class", "class / documented"];
  return table([["evaluations", "operation", "rounds", ...contenders, "emulator", ...ratios], ...rows]);
}

function callsOfEach(cells: readonly Cell[]): string {
  const contenders = contendersOf(cells);
  const calls = (contender: Contender, operation: Operation) => {
    const group = cells.filter((cell) => cell.contender === contender && cell.operation === operation);
    const evaluations = group.reduce((sum, { count }) => sum + count, 0);
    const names = [...new Set(group.flatMap(({ callsOf }) => Object.keys(callsOf)))];
    const each = names.map((name) => {
      const times = group.reduce((sum, { callsOf }) => sum + (callsOf[name] ?? 0), 0) / evaluations;
      return times === 1 ? name : `${times.toFixed(2)} × ${name}`;
    });
    return each.join(", ") || "none";
  };
  const rows = (Object.keys(OPERATIONS) as Operation[]).map((operation) => [
    OPERATIONS[operation].title,
    ...contenders.map((contender) => calls(contender, operation)),
  ]);
  return table([["operation", ...contenders], ...rows]);
}

/** Fewer evaluations say more about the start of processes than about evaluations. */
const GROWTH_FROM = 200;

function growth(cells: readonly Cell[]): string[] {
  const columns = contendersOf(cells).flatMap((contender) => {
    const counts = countsOf(cells.filter((cell) => cell.contender === contender && cell.count >= GROWTH_FROM));
    return counts.slice(1).map((to, at) => ({ contender, from: counts[at] ?? Number.NaN, to }));
  });
  if (columns.length === 0) return [];
  const each = (operation: Operation, { contender, from, to }: (typeof columns)[number]) => {
    const time = (count: number) =>
      net(cells.find((one) => one.contender === contender && one.operation === operation && one.count === count));
    const [less = Number.NaN, more = Number.NaN] = [time(from), time(to)];
    return (((more - less) / (to - from)) * 1000).toFixed(1);
  };
  const rows = (Object.keys(OPERATIONS) as Operation[]).map((operation) => [
    OPERATIONS[operation].title,
    ...columns.map((column) => each(operation, column)),
  ]);
  return [
    "### Growth",
    "Milliseconds that each additional evaluation takes, from one size to the next, without the emulator's processor time. The engine's share grows: it writes the whole state again and again, and this package keeps more bytes in it than the floor, the class more than the plugin.",
    table([["operation", ...columns.map(({ contender, from, to }) => `${contender}, ${from} to ${to}`)], ...rows]),
  ];
}

/** At the largest size of each: an index of more digits makes no difference worth a table. */
function stateSizes(states: Comparison["states"]): string {
  const rows = contendersOf(states).map((contender) => {
    const sizes = states.filter((one) => one.contender === contender).sort((a, b) => b.count - a.count);
    const [{ bytes, engineBytes } = { bytes: Number.NaN, engineBytes: Number.NaN }] = sizes;
    return [contender, ...[bytes - engineBytes, engineBytes, bytes].map(String)];
  });
  return table([["", "inputs and outputs", "the engine's", "together"], ...rows]);
}

function peaks(cells: readonly Cell[]): string {
  const contenders = contendersOf(cells);
  const peak = (contender: Contender, count: number) => {
    const group = cells.filter((cell) => cell.contender === contender && cell.count === count);
    const most = Math.max(...group.map(({ providerMegabytes = Number.NaN }) => providerMegabytes));
    return Number.isFinite(most) ? most.toFixed(0) : "";
  };
  const rows = countsOf(cells).map((count) => [
    String(count),
    ...contenders.map((contender) => peak(contender, count)),
  ]);
  return table([["evaluations", ...contenders], ...rows]);
}

function held(heaps: readonly LiveHeap[]): string {
  const [first, last] = [heaps[0], heaps.at(-1)];
  const each = first && last && ((last.megabytes - first.megabytes) * 1e6) / (last.count - first.count);
  return [
    "## Memory that the provider process keeps",
    `The heap in use after one process of the class has started this many evaluations and collected all garbage: ${each?.toFixed(0)} bytes for each.`,
    table([
      ["evaluations", ...heaps.map(({ count }) => String(count))],
      ["MB", ...heaps.map(({ megabytes }) => megabytes.toFixed(1))],
    ]),
  ].join("\n\n");
}

function startedUp({ rounds, class: ours, plugin, engineCalls, loadingSdk, sdkFirstCall }: StartUp): string {
  const row = (what: string, of: (one: StartUp["class"]) => number | undefined) => {
    const [left, right] = [of(ours), of(plugin)];
    return [what, milliseconds(left), milliseconds(right), ratio(right, left)];
  };
  return [
    "## Start-up",
    `The provider's process; milliseconds, medians of ${rounds} rounds. It is ready when it tells the engine its port. The class's is Pulumi's own for dynamic providers, without the shell script by which the engine starts it; the plugin's is the bundle. The first call to Connect comes after Configure, Check, and Create, called as the engine calls them.`,
    table([
      ["", "class", "plugin", "plugin / class"],
      row("from the process's start until it is ready", ({ ready }) => ready),
      row("processor time until then", ({ readyProcessor }) => readyProcessor),
      row("from the engine's first call to the first call to Connect", ({ firstCall }) => firstCall),
    ]),
    "What of the class's last line is others':",
    table([
      ["", "ms", "relative to loading the SDK"],
      ["loading `@aws-sdk/client-connect` and nothing else", milliseconds(loadingSdk), "1"],
      ["the same, and its first call", milliseconds(sdkFirstCall), ratio(sdkFirstCall, loadingSdk)],
      [
        "the engine's three calls to a provider that does nothing",
        milliseconds(engineCalls),
        ratio(engineCalls, loadingSdk),
      ],
      [
        "the class: from the engine's first call to the first call to Connect",
        milliseconds(ours.firstCall),
        ratio(ours.firstCall, loadingSdk),
      ],
    ]),
    `So this package adds ${milliseconds(ours.firstCall - sdkFirstCall - engineCalls)} ms to what the SDK and the engine's calls take. An \`up\` without changes does not load the SDK.`,
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
    "The emulator allows a number of calls per second, and a number at once; 3/5 is what Connect documents. _Least_ is the least time in which the quota allows the calls of evaluations that are needed; _calls_ are all that were made. _Failed_ evaluations are not in the state afterwards. _Orphaned_ evaluations exist in the service, unknown to the state.",
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
    `The engine writes the whole state twice for each resource, so its time grows with the square of the number of resources, times the bytes of each. ${count} resources of the floor, padded with the ${padding} bytes more that the class keeps, take in seconds: ${operations.join(", ")}.`,
    `The first \`up\` of ${count} evaluations (class) with different settings of the engine, if Connect answers after ${latency} ms; one run each:`,
    table([
      ["setting", "seconds", "relative to the defaults"],
      ...settings.map(({ setting, seconds: taken }) => [setting, taken.toFixed(1), ratio(taken, usual?.seconds)]),
    ]),
    "By default, the engine works on four resources at once per core. Without checkpoints it writes the state only at the end, also after a failure or an interrupt. A run that is killed leaves none of what it did in the state: at the next `up` this package finds the evaluations again, and other resources of the stack may be lost.",
  ].join("\n\n");
}

const seconds = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(2));
const milliseconds = (value: number | undefined): string => value?.toFixed(0) ?? "";

function ratio(value: number | undefined, to: number | undefined): string {
  return value === undefined || to === undefined || to === 0 ? "" : (value / to).toFixed(2);
}

/** The first row is the head. */
