import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import { ConnectClient } from "@aws-sdk/client-connect";
import { connectConfig, stsConfig } from "../../provider/src/aws/clients";
import { credentialsOf } from "../../provider/src/aws/credentials";
import { readSettings } from "../../provider/src/aws/settings";

/** Whom a configuration acts for, in an environment that a test makes up. */

const OF_AWS = /^AWS_|^(https?|no)_proxy$|^HOME$/i;

export interface Given {
  /** The stack's configuration. */
  config?: Record<string, unknown>;
  environment?: Record<string, string>;
  /** Files under the home folder, by their path; `HOME` in any text stands for that folder. */
  files?: Record<string, string>;
}

interface Identity {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Runs with this environment and home folder and none of the user's own. */
async function within<T>({ environment = {}, files = {} }: Given, act: (home: string) => Promise<T>): Promise<T> {
  const home = await fs.mkdtemp(path.join(os.tmpdir(), "connect-evaluations-home-"));
  const before = process.env;
  const foreign = Object.entries(before).filter(([name]) => !OF_AWS.test(name));
  const inHome = (text: string) => text.replaceAll("HOME", home);
  const own = Object.entries(environment).map(([name, value]) => [name, inHome(value)]);
  process.env = {
    ...Object.fromEntries(foreign),
    HOME: home,
    AWS_EC2_METADATA_DISABLED: "true",
    ...Object.fromEntries(own),
  };
  try {
    for (const [file, content] of Object.entries(files)) {
      await fs.mkdir(path.dirname(path.join(home, file)), { recursive: true });
      await fs.writeFile(path.join(home, file), inHome(content));
    }
    return await act(home);
  } finally {
    process.env = before;
    await fs.rm(home, { recursive: true });
  }
}

const settingsOf = (config: Given["config"] = {}, home: string) =>
  readSettings((key) => {
    const value = config[key];
    return typeof value === "string" ? value.replaceAll("HOME", home) : value;
  });

/** Whose credentials the calls carry. */
export function identityOf(given: Given): Promise<Identity> {
  return within(given, async (home) => {
    const settings = settingsOf(given.config, home);
    const credentials = credentialsOf(settings, stsConfig(settings, settings.region));
    return typeof credentials === "function" ? credentials() : credentials;
  });
}

/** Looks at the SDK's client of Amazon Connect. */
export function clientOf<T>(given: Given, look: (client: ConnectClient) => Promise<T>): Promise<T> {
  return within(given, async (home) => {
    const settings = settingsOf(given.config, home);
    return look(new ConnectClient(connectConfig(settings, settings.region, undefined)));
  });
}

/** The Region that is called for a resource without one. */
export const regionOf = (given: Given) => clientOf(given, ({ config }) => config.region());
