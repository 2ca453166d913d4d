import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import type { Comparison, Sample } from "./compare";
import type { Levers } from "./levers";
import { median } from "./median";
import type { LiveHeap } from "./memory";
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
    "Written by `npm run bench`; `npm run bench -- --help` says how to run a part of it. The real engine, with its command line and a TypeScript program, against the local Connect of this repository: file backend, the engine's default parallelism, nothing else running. What was measured with AWS: nothing.",
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
  await writeFile(page, `${sections.filter((section) => section !== undefined).join("\n\n")}\n`);
  // In the form in which the linter wants it.
  const root = path.join(__dirname, "..");
  const biome = require.resolve("@biomejs/biome/bin/biome");
  await promisify(execFile)(process.execPath, [biome, "format", "--write", "--vcs-enabled=false", page], {
    cwd: root,
  });
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
      "- _floor_: a resource of the same type, with the same inputs and as long an id, whose provider does nothing but keep its inputs: what the engine takes by itself;",
      "- _this package_;",
      "- _documented_: a `pulumi.dynamic.Resource` with a provider class in the program that imports the AWS SDK inside its methods, as Pulumi's documentation teaches, with the same calls of Connect.",
    ].join("\n"),
    `Seconds of the whole command, medians of ${rounds(samples)}; the contenders take turns. _Emulator_ is the processor time of the benchmark's own process meanwhile, nearly all of it the local Connect's, on the same two cores: with AWS it is not there. The ratio to the floor is without it, on both sides.`,
    "![Seconds of each operation over the number of evaluations](plot.svg)",
    ...[...new Set(cells.map(({ latency }) => latency))].flatMap((latency) => [
      latency === 0 ? "Connect answers at once:" : `Connect answers ${latency} ms later:`,
      times(cells.filter((cell) => cell.latency === latency)),
    ]),
    "### Growth",
    "Milliseconds that each further evaluation takes, from one size to the next, without the emulator's processor time. What grows is the engine's: it writes the whole state again and again, and this package has more bytes in it than the floor.",
    growth(near),
    "### Memory and state",
    "Peak memory of the provider's process over all six operations, garbage that waits for its collection included, and bytes of an evaluation in the state; _engine_ is what of them is neither input nor output (URNs, dependencies, where in the program it was declared).",
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
  const head = ["evaluations", "operation", "floor", "this package", "emulator", "to the floor"];
  return table([[...head, "documented", "to the documented", "calls", "its calls"], ...rows]);
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
    "## What the provider's process keeps",
    `The heap in use after one process has started so many evaluations and collected all garbage: ${each?.toFixed(0)} bytes for each.`,
    table([
      ["evaluations", ...heaps.map(({ count }) => String(count))],
      ["MB", ...heaps.map(({ megabytes }) => megabytes.toFixed(1))],
    ]),
  ].join("\n\n");
}

function startedUp({ rounds: times, firstCall, engineCalls, loadingSdk, sdkFirstCall }: StartUp): string {
  return [
    "## Start-up",
    `The engine's own provider process, called as the engine calls it (Configure, Check, Create); medians of ${times} rounds.`,
    table([
      ["", "ms", "to loading the SDK"],
      ["loading `@aws-sdk/client-connect`, and nothing else", ms(loadingSdk), "1"],
      ["the same, and its first call on the wire", ms(sdkFirstCall), ratio(sdkFirstCall, loadingSdk)],
      ["the engine's three calls of a provider that does nothing", ms(engineCalls), ratio(engineCalls, loadingSdk)],
      [
        "this package: from the engine's first call to the first call of Connect",
        ms(firstCall),
        ratio(firstCall, loadingSdk),
      ],
    ]),
    `So this package adds ${ms(firstCall - sdkFirstCall - engineCalls)} ms of its own to what the SDK and the engine's calls take. An \`up\` without changes loads no SDK at all.`,
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
  const head = ["", "evaluations", "quota", "operation", "seconds", "least", "to the least", "calls", "throttled"];
  return [
    "## Under a quota",
    "A service that allows so many calls a second, and so many at once; 3/5 is what Connect documents. _Least_ is the time that the quota takes for the calls that are needed. _Failed_ are evaluations that the state does not have afterwards, _orphaned_ those that live at the service unknown to it.",
    table([[...head, "failed", "orphaned"], ...rows]),
  ].join("\n\n");
}

function tried({ count, latency, settings, floorWithState: { padding, seconds: padded } }: Levers): string {
  const [usual] = settings;
  const operations = (Object.keys(padded) as Operation[]).map(
    (operation) => `${OPERATIONS[operation].title} ${padded[operation]?.toFixed(1)}`,
  );
  return [
    "## Where the engine is the floor",
    `The engine writes the whole state twice for each resource, so that its time grows with the square of the number of resources times the bytes of each. ${count} of the floor with the ${padding} bytes more that this package keeps take, in seconds: ${operations.join(", ")}.`,
    `What settings of the engine make of a first \`up\` of ${count} evaluations, where Connect answers ${latency} ms later; one run each:`,
    table([
      ["setting", "seconds", "to the defaults"],
      ...settings.map(({ setting, seconds: taken }) => [setting, taken.toFixed(1), ratio(taken, usual?.seconds)]),
    ]),
    "By itself the engine works at four resources at once for each core. Without checkpoints the state is written only at the end, after a failure or an interrupt too; a run that is killed leaves none of what it did: this package finds the evaluations again at the next `up`, other resources of a stack may not.",
  ].join("\n\n");
}

const seconds = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(2));
const ms = (value: number): string => value.toFixed(0);

function ratio(value: number | undefined, to: number | undefined): string {
  return value === undefined || to === undefined || to === 0 ? "" : (value / to).toFixed(2);
}

/** The first row is the head. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
