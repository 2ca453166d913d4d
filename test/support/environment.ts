import * as path from "node:path";
import { type Environment, type IsolatedFolders, isolated } from "../../scripts/engine/isolation";
import type { EngineTools } from "./engine";

export type { Environment };

/** The root of this repository, from where the provider process finds its modules. */
export const repositoryRoot = path.resolve(__dirname, "../..");

/** Where a test keeps what would otherwise be in the user's home. */
export interface TestFolders extends IsolatedFolders {
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
export function isolatedEnvironment(folders: TestFolders, tools: EngineTools, extra: Environment = {}): Environment {
  // An operation of a test is over before the engine, written in Go, has garbage that is worth collecting.
  const uncollected = { GOGC: "off", GOMEMLIMIT: "1GiB" };
  const keys = { VAULT_SERVER_URL: tools.keyService };
  return { ...isolated(folders, tools.bin), ...uncollected, ...keys, PULUMI_DEBUG_GRPC: folders.rpcLog, ...extra };
}
