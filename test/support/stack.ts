import { AssertionError } from "node:assert";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type {
  DestroyOptions,
  PreviewOptions,
  PulumiFn,
  RefreshOptions,
  Stack,
  UpOptions,
} from "@pulumi/pulumi/automation";
import { CommandError } from "@pulumi/pulumi/automation";
import { attachedProvider } from "./attachedProvider";
import { openStack } from "./automation";
import { type CommandResult, expectExit, finished, start } from "./command";
import { type Deployment, type ResourceState, readDeployment } from "./deployment";
import { type EngineTools, engineTools } from "./engine";
import { type Environment, isolatedEnvironment, repositoryRoot, type TestFolders, testFolders } from "./environment";
import { OperationRecord, type OperationResult } from "./operation";
import { emulatorConfig, prepareStack, type StackIdentity, type TestConfig, writeConfig } from "./preparedStack";
import { clearRpcs, type Rpc, readRpcs } from "./rpcs";
import type { MovableClock } from "./serviceTime";

/** How a test stack is made. */
export interface TestStackOptions {
  /** The program; it can be changed later, or given to each operation. */
  readonly program?: PulumiFn;
  /** The address of the emulator, from which the default configuration is made. */
  readonly emulator?: string;
  /** The service's clock: the provider waits in its time. */
  readonly clock?: MovableClock;
  /** What stands for `aws` in the keys of the configuration. */
  readonly namespace?: string;
  /** Configuration beside, or over, the default. */
  readonly config?: TestConfig;
  readonly project?: string;
  readonly stack?: string;
  /** Another test stack, in whose backend this one is to live as well. */
  readonly sharing?: TestStack;
  /** Environment variables of every operation. */
  readonly env?: Environment;
}

/** How an operation reports to the test. */
type Report = Required<Pick<UpOptions, "program" | "color" | "onEvent" | "onOutput" | "onError">>;

interface CommonOptions {
  /** The program from now on. */
  readonly program?: PulumiFn;
  /** Environment variables of this operation alone. */
  readonly env?: Environment;
  /** Flags that the Automation API has no option for, such as `--target-replace=<urn>`. */
  readonly flags?: readonly string[];
}

/** What `up` can be told. */
export type TestUpOptions = Omit<UpOptions, keyof Report | keyof CommonOptions> & CommonOptions;
/** What `preview` can be told. */
export type TestPreviewOptions = Omit<PreviewOptions, keyof Report | keyof CommonOptions> & CommonOptions;
/** What `refresh` can be told. */
export type TestRefreshOptions = Omit<RefreshOptions, keyof Report | keyof CommonOptions> & CommonOptions;
/** What `destroy` can be told. */
export type TestDestroyOptions = Omit<DestroyOptions, keyof Report | keyof CommonOptions> & CommonOptions;

/** What the engine's command line can be told beside its arguments. */
export interface CliOptions {
  readonly env?: Environment;
  readonly expectFailure?: boolean;
}

/** Makes an empty stack of its own on the real engine, with a program that runs in this process. */
export async function createTestStack(options: TestStackOptions = {}): Promise<TestStack> {
  const identity = { project: options.project ?? "test", stack: options.stack ?? "dev" };
  const root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-stack-"));
  const own = testFolders(root);
  const folders = { ...own, backend: options.sharing?.folders.backend ?? own.backend };
  const place = { identity, root, folders, workDir: path.join(root, "work"), tools: await engineTools() };
  await fs.mkdir(place.workDir);
  await writeProject(place);
  await prepareStack(identity, folders);
  const stack = new TestStack(place, options);
  await stack.configure(options.config ?? {});
  return stack;
}

interface Place {
  readonly identity: StackIdentity;
  readonly root: string;
  readonly folders: TestFolders;
  readonly workDir: string;
  readonly tools: EngineTools;
}

/** A stack of its own on the real engine, with a program that runs in this process. */
export class TestStack {
  /** The program of the next operations. */
  program: PulumiFn;
  /** Environment variables of every operation. */
  env: Environment;

  readonly folders: TestFolders;
  readonly workDir: string;
  private readonly place: Place;
  private readonly namespace: string;
  private readonly defaults: TestConfig;
  private readonly clock: MovableClock | undefined;

  constructor(place: Place, options: TestStackOptions) {
    this.place = place;
    this.namespace = options.namespace ?? "aws";
    this.defaults = options.emulator === undefined ? {} : emulatorConfig(options.emulator, this.namespace);
    this.folders = place.folders;
    this.workDir = place.workDir;
    this.program = options.program ?? (async () => ({}));
    this.env = options.env ?? {};
    this.clock = options.clock;
  }

  /** The URN that a resource of this stack has without a parent. */
  urn(type: string, name: string): string {
    const { project, stack } = this.place.identity;
    return `urn:pulumi:${stack}::${project}::${type}::${name}`;
  }

  /** Replaces the configuration beside the default one. A key `aws:…` is one of the stack's namespace. */
  async configure(config: TestConfig): Promise<void> {
    const named = Object.entries(config).map(([key, value]) => [key.replace(/^aws(?=:)/, this.namespace), value]);
    await writeConfig(this.place.identity, this.workDir, { ...this.defaults, ...Object.fromEntries(named) });
  }

  /** `pulumi up`, which has to succeed. */
  up(options: TestUpOptions = {}): Promise<OperationResult> {
    return this.succeed("up", options, (stack, report) => stack.up({ ...options, ...report }));
  }

  /** `pulumi up`, which has to fail. */
  upFails(options: TestUpOptions = {}): Promise<OperationResult> {
    return this.fail("up", options, (stack, report) => stack.up({ ...options, ...report }));
  }

  /** `pulumi up`, whether it succeeds or not. */
  async tryUp(options: TestUpOptions = {}): Promise<OperationResult> {
    return (await this.run(options, (stack, report) => stack.up({ ...options, ...report }))).result;
  }

  /** `pulumi preview`, which has to succeed. */
  preview(options: TestPreviewOptions = {}): Promise<OperationResult> {
    return this.succeed("preview", options, (stack, report) => stack.preview({ ...options, ...report }));
  }

  /** `pulumi preview`, which has to fail. */
  previewFails(options: TestPreviewOptions = {}): Promise<OperationResult> {
    return this.fail("preview", options, (stack, report) => stack.preview({ ...options, ...report }));
  }

  /** `pulumi refresh`, which has to succeed. */
  refresh(options: TestRefreshOptions = {}): Promise<OperationResult> {
    return this.succeed("refresh", options, (stack, report) => stack.refresh({ ...options, ...report }));
  }

  /** `pulumi refresh`, which has to fail. */
  refreshFails(options: TestRefreshOptions = {}): Promise<OperationResult> {
    return this.fail("refresh", options, (stack, report) => stack.refresh({ ...options, ...report }));
  }

  /** `pulumi destroy`, which has to succeed. */
  destroy(options: TestDestroyOptions = {}): Promise<OperationResult> {
    return this.succeed("destroy", options, (stack, report) => stack.destroy({ ...options, ...report }));
  }

  /** `pulumi destroy`, which has to fail. */
  destroyFails(options: TestDestroyOptions = {}): Promise<OperationResult> {
    return this.fail("destroy", options, (stack, report) => stack.destroy({ ...options, ...report }));
  }

  /** Runs the real `pulumi` on this stack, for what the Automation API has no call for. */
  async cli(args: readonly string[], options: CliOptions = {}): Promise<CommandResult> {
    const env = { ...this.environment(options.env), PULUMI_STACK: this.place.identity.stack };
    const all = ["--non-interactive", "--color", "never", ...args];
    const child = start(path.join(this.place.tools.bin, "pulumi"), all, this.workDir, env);
    return expectExit(await finished(child), `pulumi ${args.join(" ")}`, options.expectFailure);
  }

  /** `pulumi import` of one resource, without the code that it writes. */
  async import(type: string, name: string, id: string, options: CliOptions = {}): Promise<CommandResult> {
    const provider = await attachedProvider(this.environment());
    try {
      const env = { ...options.env, ...provider.env };
      const args = ["import", type, name, id, "--yes", "--skip-preview", "--generate-code=false", "--protect=false"];
      return await this.cli(args, { ...options, env });
    } finally {
      provider.release();
    }
  }

  /** The state as it is stored, secrets encrypted. */
  state(): Promise<Deployment> {
    return readDeployment(this.folders.backend, this.place.identity);
  }

  /** The resource of that name in the state, without those that only wait for their deletion. */
  async resource(name: string): Promise<ResourceState> {
    const { resources } = await this.state();
    const found = resources.find(({ urn, delete: gone }) => urn.endsWith(`::${name}`) && !gone);
    if (found === undefined) {
      throw new AssertionError({ message: `The state has no resource ${name}: ${resources.map((r) => r.urn)}` });
    }
    return found;
  }

  /** Changes the state as a user would: export, edit, import. */
  async editState(edit: (deployment: Deployment) => void): Promise<void> {
    const deployment = await this.state();
    edit(deployment);
    const file = path.join(this.place.root, "edited-state.json");
    await fs.writeFile(file, JSON.stringify({ version: 3, deployment }));
    await this.cli(["stack", "import", "--file", file]);
  }

  /** The calls between engine, program and provider since the last `clearRpcs`, or those of one method, such as `Create`. */
  rpcs(method?: string): Promise<Rpc[]> {
    return readRpcs(this.folders.rpcLog, method);
  }

  /** Forgets the calls so far. */
  clearRpcs(): Promise<void> {
    return clearRpcs(this.folders.rpcLog);
  }

  /** Removes the folders of this stack; what its program made elsewhere stays. */
  async dispose(): Promise<void> {
    await fs.rm(this.place.root, { recursive: true, force: true, maxRetries: 3 });
  }

  private async succeed(what: string, options: CommonOptions, run: Operation): Promise<OperationResult> {
    const { failed, result } = await this.run(options, run);
    if (failed) {
      throw new AssertionError({ message: `pulumi ${what} failed.\n${result.output}` });
    }
    return result;
  }

  private async fail(what: string, options: CommonOptions, run: Operation): Promise<OperationResult> {
    const { failed, result } = await this.run(options, run);
    if (!failed) {
      throw new AssertionError({ message: `pulumi ${what} was expected to fail and succeeded.\n${result.output}` });
    }
    return result;
  }

  private async run(options: CommonOptions, run: Operation): Promise<Ended> {
    const env = this.environment(options.env);
    if (needsOwnProcess(env)) return this.runWith(env, options, run);
    const provider = await attachedProvider(env, this.clock);
    try {
      return await this.runWith({ ...env, ...provider.env }, options, run);
    } finally {
      provider.release();
    }
  }

  private async runWith(env: Environment, options: CommonOptions, run: Operation): Promise<Ended> {
    this.program = options.program ?? this.program;
    const stack = await this.open(env, options.flags);
    const record = new OperationRecord();
    const { onEvent, onOutput } = record;
    const { program } = this;
    const failed = await fails(run(stack, { program, color: "never", onEvent, onOutput, onError: onOutput }));
    return { failed, result: record.result() };
  }

  private open(env: Environment, flags: readonly string[] = []): Promise<Stack> {
    const { workDir, program } = this;
    return openStack({ stackName: this.place.identity.stack, workDir, program, flags, env });
  }

  private environment(extra: Environment = {}): Environment {
    return isolatedEnvironment(this.folders, this.place.tools, { ...this.env, ...extra });
  }
}

/** What Node.js reads at its start reaches no process that runs already. */
const needsOwnProcess = (env: Environment): boolean =>
  env.NODE_OPTIONS !== undefined || process.env.TEST_OWN_PROCESSES === "true";

/** How an operation ended. */
interface Ended {
  failed: boolean;
  result: OperationResult;
}

type Operation = (stack: Stack, report: Report) => Promise<unknown>;

/** Tells whether `pulumi` failed; any other error is one of the test. */
async function fails(operation: Promise<unknown>): Promise<boolean> {
  try {
    await operation;
    return false;
  } catch (error) {
    if (error instanceof CommandError) {
      return true;
    }
    throw error;
  }
}

// The provider process starts in `main`, from where it has to find its modules.
async function writeProject({ identity, workDir }: Place): Promise<void> {
  const providers = [{ name: "connect-evaluations", path: path.join(__dirname, "plugin") }];
  const project = { name: identity.project, runtime: "nodejs", main: repositoryRoot, plugins: { providers } };
  await fs.writeFile(path.join(workDir, "Pulumi.yaml"), JSON.stringify(project));
}
