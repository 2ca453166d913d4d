import * as path from "node:path";

/** Environment variables of a child process; `undefined` takes one away that the child would inherit. */
export type Environment = Record<string, string | undefined>;

/** Where a run of the engine keeps what would otherwise be in the user's home. */
export interface IsolatedFolders {
  readonly home: string;
  readonly backend: string;
  readonly awsConfig: string;
}

/** What a run must not inherit: the user's own cloud, engine, provider and proxy settings. */
const OWN_SETTINGS = /^(AWS_|PULUMI_|CONNECT_EVALUATIONS_|VAULT_)|^(https?|all|no)_proxy$/i;

/** The passphrase of every stack that is run so; none of them holds a real secret. */
const PASSPHRASE = "test";

/** The environment in which `pulumi` runs without the user's own login, stacks and settings. */
export function isolated(folders: IsolatedFolders, engine: string): Environment {
  return {
    ...withoutOwnSettings(),
    AWS_CONFIG_FILE: folders.awsConfig,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_SHARED_CREDENTIALS_FILE: folders.awsConfig,
    // The running node comes before any other, so that the provider runs on it.
    PATH: [engine, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
    PULUMI_BACKEND_URL: `file://${folders.backend}`,
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    PULUMI_HOME: folders.home,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

function withoutOwnSettings(): Environment {
  const own = Object.keys(process.env).filter((name) => OWN_SETTINGS.test(name));
  return Object.fromEntries(own.map((name) => [name, undefined]));
}
