import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { type CommandResult, expectExit, finished, start } from "./command";
import { type Deployment, readDeployment } from "./deployment";
import { type EngineTools, engineTools } from "./engine";
import { type Environment, isolatedEnvironment, repositoryRoot, type TestFolders, testFolders } from "./environment";
import { emulatorConfig, prepareStack, type StackIdentity, type TestConfig, writeConfig } from "./preparedStack";
import { clearRpcs, type Rpc, readRpcs } from "./rpcs";

/** How a test project is made. */
export interface TestProjectOptions {
  /** The folder of a complete Pulumi project. It is copied, and the copy finds this repository's modules. */
  readonly folder: string;
  /** Runs the project where it is; its `Pulumi.<stack>.yaml` is written there, and removed at the end. */
  readonly inPlace?: boolean;
  readonly stack?: string;
  /** The address of the emulator, from which the default configuration is made. */
  readonly emulator?: string;
  /** Configuration beside, or over, the default. */
  readonly config?: TestConfig;
  readonly env?: Environment;
  /** What is run in place of `pulumi`, with the same arguments. */
  readonly command?: readonly [string, ...string[]];
}

/** What a command can be told beside its arguments. */
export interface CommandOptions {
  readonly expectFailure?: boolean;
  readonly env?: Environment;
}

/** Makes an empty stack of a project that the real command line runs, with its Node.js language host. */
export async function createTestProject(options: TestProjectOptions): Promise<TestProject> {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-project-"));
  const workDir = options.inPlace ? options.folder : await copyOf(options.folder, path.join(root, "work"));
  const identity = { project: await projectName(workDir), stack: options.stack ?? "dev" };
  const folders = testFolders(root);
  await prepareStack(identity, folders);
  if (options.inPlace) {
    await refuseToOverwrite(path.join(workDir, `Pulumi.${identity.stack}.yaml`));
  }
  const defaults = options.emulator === undefined ? {} : emulatorConfig(options.emulator);
  await writeConfig(identity, workDir, { ...defaults, ...options.config });
  const tools = await engineTools();
  const command = options.command ?? [path.join(tools.bin, "pulumi")];
  return new TestProject({ identity, root, folders, workDir, tools, command }, options);
}

interface Place {
  readonly identity: StackIdentity;
  readonly root: string;
  readonly folders: TestFolders;
  readonly workDir: string;
  readonly tools: EngineTools;
  readonly command: readonly [string, ...string[]];
}

/** A complete Pulumi project that the real command line runs, isolated from the user's own settings. */
export class TestProject {
  /** The folder of the program. */
  readonly workDir: string;
  /** Where the engine records its calls, for tests that watch them while they run. */
  readonly rpcLog: string;
  /** Environment variables of every command. */
  env: Environment;

  private readonly place: Place;
  private readonly inPlace: boolean;

  constructor(place: Place, options: TestProjectOptions) {
    this.place = place;
    this.inPlace = options.inPlace ?? false;
    this.workDir = place.workDir;
    this.rpcLog = place.folders.rpcLog;
    this.env = options.env ?? {};
  }

  /** `pulumi up` without questions, which has to succeed unless told otherwise. */
  up(options?: CommandOptions): Promise<CommandResult> {
    return this.pulumi(["up", "--yes", "--skip-preview"], options);
  }

  /** `pulumi destroy` without questions, which has to succeed unless told otherwise. */
  destroy(options?: CommandOptions): Promise<CommandResult> {
    return this.pulumi(["destroy", "--yes", "--skip-preview"], options);
  }

  /** Runs `pulumi` to its end, which has to be a success unless told otherwise. */
  async pulumi(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    const result = await finished(this.spawn(args, options.env));
    return expectExit(result, `pulumi ${args.join(" ")}`, options.expectFailure);
  }

  /** Starts `pulumi`, for tests that watch it or end it by its pid. */
  spawn(args: readonly string[], env: Environment = {}): ChildProcess {
    const { identity, folders, tools, command } = this.place;
    const [program, ...first] = command;
    const all = [...first, "--non-interactive", "--color", "never", ...args];
    const extra = { PULUMI_STACK: identity.stack, ...this.env, ...env };
    return start(program, all, this.workDir, isolatedEnvironment(folders, tools, extra));
  }

  /** The stack's outputs, secrets masked. */
  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.pulumi(["stack", "output", "--json"]);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  /** The state as it is stored, secrets encrypted. */
  state(): Promise<Deployment> {
    return readDeployment(this.place.folders.backend, this.place.identity);
  }

  /** The calls between engine, program and provider since the last `clearRpcs`, or those of one method, such as `Create`. */
  rpcs(method?: string): Promise<Rpc[]> {
    return readRpcs(this.place.folders.rpcLog, method);
  }

  /** Forgets the calls so far. */
  clearRpcs(): Promise<void> {
    return clearRpcs(this.place.folders.rpcLog);
  }

  /** Removes what this project wrote; what its program made elsewhere stays. */
  async dispose(): Promise<void> {
    if (this.inPlace) {
      await fs.rm(path.join(this.workDir, `Pulumi.${this.place.identity.stack}.yaml`), { force: true });
    }
    await fs.rm(this.place.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Copies a project without its own modules, and lets the copy find those of this repository. */
async function copyOf(folder: string, target: string): Promise<string> {
  const isOwn = (file: string) => path.basename(file) !== "node_modules" && path.basename(file) !== "dist";
  await fs.cp(folder, target, { recursive: true, filter: isOwn });
  await fs.symlink(path.join(repositoryRoot, "node_modules"), path.join(target, "node_modules"), "dir");
  return target;
}

/** A project that runs in place may have a configuration of its own. */
async function refuseToOverwrite(file: string): Promise<void> {
  if (await fs.stat(file).catch(() => undefined)) {
    throw new Error(`${file} exists already. Give the test stack another name.`);
  }
}

async function projectName(folder: string): Promise<string> {
  const yaml = await fs.readFile(path.join(folder, "Pulumi.yaml"), "utf8");
  const name = /^name:\s*["']?([\w.-]+)/m.exec(yaml)?.[1];
  if (name === undefined) {
    throw new Error(`${folder}/Pulumi.yaml has no name.`);
  }
  return name;
}
