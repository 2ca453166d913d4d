import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { type ConnectEmulator, startConnectEmulator } from "../emulator/src";
import type { CommandResult } from "../test/support/command";
import { expectExit, finished } from "../test/support/command";
import type { Environment } from "../test/support/environment";
import { emulatorConfig } from "../test/support/preparedStack";
import { Processes } from "../test/support/processes";
import { createTestProject, type TestProject } from "../test/support/project";
import { type Case, OPERATIONS, type Operation } from "./plan";
import { bundledPlugin } from "./plugin";

/** What one command of the engine cost. */
export interface Cost {
  seconds: number;
  /** Processor time of this process while the command ran, nearly all of it the emulator's. */
  emulatorSeconds: number;
  /** Calls of Connect, repeated ones included. */
  calls: number;
  /** How many of each operation of Connect. */
  callsOf: Record<string, number>;
  throttled: number;
  /** Peak memory of the provider's process; unknown where the system does not tell (`/proc`). */
  providerMegabytes: number | undefined;
}

/** Bytes of an evaluation in the state, on average, and how many of them are neither its inputs nor its outputs. */
export interface StateSize {
  bytes: number;
  engineBytes: number;
}

export interface StageOptions {
  /** Bytes that the floor's state has more. */
  padding?: number;
  env?: Environment;
}

/** A Connect with contacts, and a stack whose program evaluates each of them in one of the ways. */
export class Stage {
  private constructor(
    readonly emulator: ConnectEmulator,
    private readonly project: TestProject,
    private readonly processes: Processes,
  ) {}

  static async set({ contender, count, latency }: Case, { padding = 0, env = {} }: StageOptions = {}): Promise<Stage> {
    // For each contender: the engine refuses a project that names a folder which is not there.
    await bundledPlugin();
    const emulator = await startConnectEmulator({ region: "eu-central-1" });
    if (latency > 0) emulator.faults.add({ times: Number.POSITIVE_INFINITY, fault: { delayMs: latency } });
    const { instanceId } = emulator.addInstance();
    const { evaluationFormId } = emulator.addEvaluationForm(instanceId);
    const contactIds = Array.from({ length: count }, () => emulator.addContact(instanceId).contactId);
    const settings = { contender, instanceId, evaluationFormId, contactIds: JSON.stringify(contactIds), padding };
    const config = Object.entries(settings).map(([key, value]) => [`connect-evaluations-bench:${key}`, String(value)]);
    const processes = await Processes.record();
    const project = await createTestProject({
      folder: path.join(__dirname, "program"),
      inPlace: true,
      stack: `bench-${process.pid}`,
      config: {
        ...emulatorConfig(emulator.url, contender === "plugin" ? "connect-evaluations" : "aws"),
        ...Object.fromEntries(config),
      },
      // The record of all calls, which tests read, would be a cost of its own.
      env: { ...processes.env, PULUMI_DEBUG_GRPC: undefined, ...env },
    });
    return new Stage(emulator, project, processes);
  }

  /** Runs a command that has to succeed. */
  async run(operation: Operation, flags: readonly string[] = []): Promise<Cost> {
    const { cost, result } = await this.attempt(operation, flags);
    expectExit(result, operation);
    return cost;
  }

  /** Runs a command, however it ends. */
  async attempt(operation: Operation, flags: readonly string[] = []): Promise<{ cost: Cost; result: CommandResult }> {
    const { args, round } = OPERATIONS[operation];
    this.emulator.clearRequests();
    await this.processes.forget();
    const memory = new PeakMemory(this.processes);
    const processor = process.cpuUsage();
    const began = performance.now();
    const result = await finished(this.project.spawn([...args, ...flags], { BENCH_ROUND: round }));
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(processor);
    const cost = {
      seconds,
      emulatorSeconds: (user + system) / 1e6,
      calls: this.emulator.calls(),
      callsOf: this.callsOf(),
      throttled: this.emulator.requests.filter(({ status }) => status === 429).length,
      providerMegabytes: await memory.end(),
    };
    return { cost, result };
  }

  /** The ids of the evaluations that the state knows. */
  async managed(): Promise<string[]> {
    return (await this.evaluations()).map(({ id = "" }) => id);
  }

  async stateSize(): Promise<StateSize> {
    const evaluations = await this.evaluations();
    const mean = (of: (one: (typeof evaluations)[number]) => unknown) =>
      Math.round(evaluations.reduce((sum, one) => sum + JSON.stringify(of(one)).length, 0) / evaluations.length);
    const { inputs, outputs } = { inputs: mean((one) => one.inputs), outputs: mean((one) => one.outputs) };
    const bytes = mean((one) => one);
    return { bytes, engineBytes: bytes - inputs - outputs };
  }

  async strike(): Promise<void> {
    await this.emulator.close();
    await this.project.dispose();
    await this.processes.dispose();
  }

  private callsOf(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { operation = "unknown" } of this.emulator.requests) counts[operation] = (counts[operation] ?? 0) + 1;
    return counts;
  }

  private async evaluations() {
    const { resources } = await this.project.state();
    return resources.filter(({ type }) => !type.startsWith("pulumi:"));
  }
}

const LOOK_EVERY_MS = 100;

/** The most memory that a provider's process has had, which Linux keeps for as long as the process runs. */
class PeakMemory {
  private peak: number | undefined;
  private readonly timer = setInterval(() => void this.look(), LOOK_EVERY_MS);

  constructor(private readonly processes: Processes) {}

  async end(): Promise<number | undefined> {
    clearInterval(this.timer);
    return this.peak;
  }

  private async look(): Promise<void> {
    for (const pid of await this.processes.providers()) {
      // One that has ended meanwhile, or a system that has no such file, has nothing to tell.
      const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
      const kilobytes = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
      if (kilobytes !== undefined) this.peak = Math.max(this.peak ?? 0, Number(kilobytes) / 1024);
    }
  }
}
