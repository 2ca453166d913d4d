import * as path from "node:path";

/** Environment variables of a child process; `undefined` takes one away that the child would inherit. */
export type Environment = Record<string, string | undefined>;

/** The root of this repository, from where the provider process finds its modules. */
export const repositoryRoot = path.resolve(__dirname, "../../..");

/** The passphrase of every test stack. */
const PASSPHRASE = "test";

/** What the tests must not inherit: the user's own cloud, engine, provider and proxy settings. */
const OWN_SETTINGS = /^(AWS_|PULUMI_|CONNECT_EVALUATIONS_)|^(https?|all|no)_proxy$/i;

/** Where a test keeps what would otherwise be in the user's home. */
export interface TestFolders {
  readonly home: string;
  readonly backend: string;
  readonly awsConfig: string;
  readonly rpcLog: string;
}

/** The folders of a test, inside a temporary folder of its own. */
export function testFolders(root: string): TestFolders {
  return {
    home: path.join(root, "home"),
    backend: path.join(root, "backend"),
    awsConfig: path.join(root, "aws-config"),
    rpcLog: path.join(root, "rpcs.jsonl"),
  };
}

/** The environment in which a test runs `pulumi`: nothing of the user's own settings reaches it. */
export function isolatedEnvironment(folders: TestFolders, engine: string, extra: Environment = {}): Environment {
  return {
    ...withoutOwnSettings(),
    AWS_CONFIG_FILE: folders.awsConfig,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SHARED_CREDENTIALS_FILE: folders.awsConfig,
    // The running node comes before any other, so that the provider runs on the Node that is being tested.
    PATH: [engine, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
    PULUMI_BACKEND_URL: `file://${folders.backend}`,
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    PULUMI_DEBUG_GRPC: folders.rpcLog,
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_HOME: folders.home,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...extra,
  };
}

function withoutOwnSettings(): Environment {
  const own = Object.keys(process.env).filter((name) => OWN_SETTINGS.test(name));
  return Object.fromEntries(own.map((name) => [name, undefined]));
}
