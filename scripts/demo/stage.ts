import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { type Environment, isolated } from "../engine/isolation";
import { COLOURS, DemoError, OutputPane, showCommand } from "./terminal";

/** What the user's own terminal needs no flags for. */
const DISPLAY_FLAGS = ["--suppress-progress", "--color", COLOURS ? "always" : "never"];
const WITH_DISPLAY = ["up", "preview", "refresh", "destroy", "import"];

const NODE_MODULES = path.resolve(__dirname, "../../node_modules");

/** A copy of a project in a temporary folder, beside all that `pulumi` keeps about it. */
export class Stage {
  /** The folder of the program. */
  readonly workDir: string;
  private readonly engine: string;
  private readonly env: Environment;

  private constructor(workDir: string, engine: string, env: Environment) {
    this.workDir = workDir;
    this.engine = engine;
    this.env = env;
  }

  /**
   * Copies a project, so that nothing is left behind in it.
   * @param programs folders of programs that the engine is to find.
   */
  static async open(project: string, programs: readonly string[], env: Environment): Promise<Stage> {
    const engine = await engineFolder();
    const root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-demo-"));
    const inside = (name: string) => path.join(root, name);
    const folders = { home: inside("home"), backend: inside("backend"), awsConfig: inside("aws-config") };
    const isolation = isolated(folders, engine);
    const PATH = [...programs, isolation.PATH].join(path.delimiter);
    const stage = new Stage(inside("project"), engine, { ...isolation, PATH, TMPDIR: inside("tmp"), ...env });
    await Promise.all([folders.home, folders.backend, inside("tmp")].map((folder) => fs.mkdir(folder)));
    await fs.writeFile(folders.awsConfig, "");
    await fs.cp(project, stage.workDir, { recursive: true, filter: isSource });
    await fs.symlink(NODE_MODULES, path.join(stage.workDir, "node_modules"), "dir");
    return stage;
  }

  /** Shows a command and its output; it has to succeed. */
  async run(line: string): Promise<void> {
    const code = await this.play(line);
    if (code !== 0) {
      throw new DemoError(`\`${line}\` should succeed, and ended with exit code ${code}.`);
    }
  }

  /** Shows a command and its output; it has to fail. */
  async runRefused(line: string): Promise<void> {
    if ((await this.play(line)) === 0) {
      throw new DemoError(`\`${line}\` should be refused, and succeeded.`);
    }
  }

  /** What a file of the project says. */
  read(name: string): Promise<string> {
    return fs.readFile(path.join(this.workDir, name), "utf8");
  }

  /** Changes a file of the project, as its author does. */
  write(name: string, text: string): Promise<void> {
    return fs.writeFile(path.join(this.workDir, name), text);
  }

  private play(line: string): Promise<number | null> {
    showCommand(line);
    const { variables, args } = parse(line);
    const flags = WITH_DISPLAY.includes(args[0] ?? "") ? DISPLAY_FLAGS : [];
    const child = spawn(path.join(this.engine, "pulumi"), [...args, ...flags], {
      cwd: this.workDir,
      env: { ...process.env, ...this.env, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return outputShown(child);
  }
}

/** Takes a command line without quotes apart: variables, `pulumi`, arguments. */
function parse(line: string): { variables: Environment; args: readonly string[] } {
  const words = line.split(" ");
  const pulumi = words.indexOf("pulumi");
  const variables = words.slice(0, pulumi).map((word) => word.split("="));
  return { variables: Object.fromEntries(variables), args: words.slice(pulumi + 1) };
}

/** Shows what a child prints, until it ends; resolves with its exit code. */
function outputShown(child: ChildProcess): Promise<number | null> {
  const pane = new OutputPane();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => pane.write(text));
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      pane.end();
      resolve(code);
    });
  });
}

async function engineFolder(): Promise<string> {
  const { findEngine } = await import("../engine.mjs");
  const found = await findEngine();
  if (found === undefined) {
    throw new DemoError("There is no Pulumi engine. `npm run demo` sets one up first.");
  }
  return found;
}

/** The user may have a stack of the project, and modules. */
function isSource(file: string): boolean {
  return !/^(node_modules|Pulumi\..+\.yaml)$/.test(path.basename(file));
}
