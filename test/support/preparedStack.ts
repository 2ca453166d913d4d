import { rmSync } from "node:fs";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { expectExit, finished, start } from "./command";
import { engineTools } from "./engine";
import { isolatedEnvironment, type TestFolders, testFolders } from "./environment";
import { encrypted, SECRETS_PROVIDER } from "./keyService";

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
  const written = Object.entries(config).map(([name, value]) => [name, serialized(value, template.key)]);
  const settings = {
    secretsprovider: SECRETS_PROVIDER,
    encryptedkey: template.key,
    config: Object.fromEntries(written),
  };
  // JSON is YAML.
  await fs.writeFile(path.join(workDir, `Pulumi.${identity.stack}.yaml`), JSON.stringify(settings, null, 2));
}

function serialized(value: ConfigValue, key: string): unknown {
  if (typeof value === "string") return value;
  return value.secret ? { secure: encrypted(value.value, key) } : value.value;
}

/** An initialised, empty stack, from which others are copied: `stack init` takes longer than a copy. */
interface Template {
  readonly folders: TestFolders;
  /** Of the stack's secrets, encrypted. */
  readonly key: string;
}

const templates = new Map<string, Promise<Template>>();

function templateOf(identity: StackIdentity): Promise<Template> {
  const name = `${identity.project}/${identity.stack}`;
  const known = templates.get(name) ?? initialised(identity);
  templates.set(name, known);
  return known;
}

async function initialised({ project, stack }: StackIdentity): Promise<Template> {
  const root = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-template-"));
  process.once("exit", () => rmSync(root, { recursive: true, force: true }));
  const folders = testFolders(root);
  await fs.mkdir(folders.home);
  await fs.mkdir(folders.backend);
  await fs.writeFile(path.join(root, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
  const tools = await engineTools();
  const args = ["--non-interactive", "stack", "init", stack, "--secrets-provider", SECRETS_PROVIDER];
  const child = start(path.join(tools.bin, "pulumi"), args, root, isolatedEnvironment(folders, tools));
  expectExit(await finished(child), `pulumi ${args.join(" ")}`);
  const settings = await fs.readFile(path.join(root, `Pulumi.${stack}.yaml`), "utf8");
  const [, key] = /^encryptedkey: (.*)$/m.exec(settings) ?? [];
  if (key === undefined) throw new Error(`The stack that was initialised has no key: ${settings}`);
  return { folders, key };
}
