import { rmSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { expectExit, finished, start } from "./command";
import { engineTools } from "./engine";
import { isolatedEnvironment, type TestFolders, testFolders } from "./environment";
import { SECRETS_PROVIDER } from "./keyService";

/** A value of the stack's configuration: text, or anything that YAML can hold, or a secret text. */
type ConfigValue = string | { readonly value: unknown; readonly secret?: false } | SecretValue;

/** The configuration of a test stack. */
export type TestConfig = Readonly<Record<string, ConfigValue>>;

interface SecretValue {
  readonly value: string;
  readonly secret: true;
}

/** Which stack of which project. */
export interface StackIdentity {
  readonly project: string;
  readonly stack: string;
}

/** The configuration with which a program finds the emulator and nothing else. */
export function emulatorConfig(url: string, namespace = "aws"): TestConfig {
  return {
    [`${namespace}:region`]: "eu-central-1",
    [`${namespace}:endpoints`]: JSON.stringify([{ connect: url, sts: url }]),
    [`${namespace}:accessKey`]: "AKIATESTTESTTEST",
    // The engine masks a secret wherever it appears in its output, so no word of the tests may be one.
    [`${namespace}:secretKey`]: { value: "emulated-secret-key", secret: true },
  };
}

/** Makes the folders of a test and an empty stack in its backend. */
export async function prepareStack(identity: StackIdentity, folders: TestFolders): Promise<void> {
  const template = await templateOf(identity);
  await fs.mkdir(folders.home, { recursive: true });
  await fs.writeFile(folders.awsConfig, "");
  // Never over what is there: a second stack may share the backend of a first.
  await fs.cp(template.folders.backend, folders.backend, { recursive: true, force: false });
}

/** Writes the configuration of a stack into the folder of its program. */
export async function writeConfig(identity: StackIdentity, workDir: string, config: TestConfig): Promise<void> {
  const template = await templateOf(identity);
  const written: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    written[key] = await template.serialized(value);
  }
  const settings = { secretsprovider: SECRETS_PROVIDER, encryptedkey: template.key, config: written };
  // JSON is YAML.
  await fs.writeFile(path.join(workDir, `Pulumi.${identity.stack}.yaml`), JSON.stringify(settings, null, 2));
}

/** An initialised, empty stack, from which others are copied: `stack init` and encryption take longer than a copy. */
class Template {
  private readonly secrets = new Map<string, Promise<string>>();

  private constructor(
    readonly root: string,
    readonly identity: StackIdentity,
    readonly folders: TestFolders,
    /** Of the stack's secrets, encrypted. */
    readonly key: string,
  ) {}

  static async create(identity: StackIdentity): Promise<Template> {
    const root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-template-"));
    process.once("exit", () => rmSync(root, { recursive: true, force: true }));
    const folders = testFolders(root);
    await fs.mkdir(folders.home);
    await fs.mkdir(folders.backend);
    await fs.writeFile(path.join(root, "Pulumi.yaml"), `name: ${identity.project}\nruntime: nodejs\n`);
    await pulumi(root, folders, ["stack", "init", identity.stack, "--secrets-provider", SECRETS_PROVIDER]);
    return new Template(root, identity, folders, await match(settingsFile(root, identity), /^encryptedkey: (.*)$/m));
  }

  async serialized(value: ConfigValue): Promise<unknown> {
    if (typeof value === "string") {
      return value;
    }
    return value.secret ? { secure: await this.encrypted(value.value) } : value.value;
  }

  private encrypted(text: string): Promise<string> {
    const known = this.secrets.get(text) ?? this.queue(() => this.encrypt(text));
    this.secrets.set(text, known);
    return known;
  }

  // One after the other: all secrets go through the same file.
  private last: Promise<unknown> = Promise.resolve();
  private queue(task: () => Promise<string>): Promise<string> {
    const result = this.last.then(task);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async encrypt(text: string): Promise<string> {
    await pulumi(this.root, this.folders, ["config", "set", "--secret", "secret", "--", text]);
    return match(settingsFile(this.root, this.identity), /secure: (\S+)/);
  }
}

const templates = new Map<string, Promise<Template>>();

function templateOf(identity: StackIdentity): Promise<Template> {
  const key = `${identity.project}/${identity.stack}`;
  const known = templates.get(key) ?? Template.create(identity);
  templates.set(key, known);
  return known;
}

async function pulumi(cwd: string, folders: TestFolders, args: string[]): Promise<void> {
  const tools = await engineTools();
  const all = ["--non-interactive", ...args];
  const child = start(path.join(tools.bin, "pulumi"), all, cwd, isolatedEnvironment(folders, tools));
  expectExit(await finished(child), `pulumi ${args.join(" ")}`);
}

function settingsFile(root: string, identity: StackIdentity): string {
  return path.join(root, `Pulumi.${identity.stack}.yaml`);
}

async function match(file: string, pattern: RegExp): Promise<string> {
  const found = pattern.exec(await fs.readFile(file, "utf8"))?.[1];
  if (found === undefined) {
    throw new Error(`${file} has no ${pattern}.`);
  }
  return found;
}
