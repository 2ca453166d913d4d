import * as fs from "node:fs/promises";

/** A property bag, as it goes over the wire. */
type Properties = Readonly<Record<string, unknown>>;

/** A request, with what the calls to a provider carry. */
interface RpcRequest {
  readonly id?: string;
  readonly urn?: string;
  /** The inputs of Create, the outputs of Read and Delete. */
  readonly properties?: Properties;
  readonly olds?: Properties;
  readonly news?: Properties;
  readonly inputs?: Properties;
  readonly [other: string]: unknown;
}

/** One call between the engine, the program and the provider, as the engine records it. */
export interface Rpc {
  /** The full name, such as `/pulumirpc.ResourceProvider/Create`. */
  readonly method: string;
  readonly request: RpcRequest;
  readonly response?: Properties;
  readonly errors?: readonly string[];
}

interface LoggedRpc extends Rpc {
  readonly progress?: string;
}

/** Reads the calls that have ended, in the order in which they did; of one method only, when its short name is given. */
export async function readRpcs(file: string, method?: string): Promise<Rpc[]> {
  const lines = (await textOf(file)).split("\n").filter((line) => line !== "");
  // Each call is logged twice, when it starts and when it ends.
  const ended = lines.map(parse).filter((rpc) => rpc.progress !== "request_started");
  return method === undefined ? ended : ended.filter((rpc) => rpc.method.endsWith(`/${method}`));
}

/** Forgets the calls so far. */
export async function clearRpcs(file: string): Promise<void> {
  await fs.rm(file, { force: true });
}

function parse(line: string): LoggedRpc {
  return JSON.parse(line) as LoggedRpc;
}

async function textOf(file: string): Promise<string> {
  try {
    return await fs.readFile(file, "utf8");
  } catch {
    return "";
  }
}
